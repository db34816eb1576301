import { type ParameterValues, resolveParameters } from '../../shared/strategy/parameters.ts';
import { type LoadedStrategy, loadStrategy } from '../resources/load-strategy.ts';
import type { Scenario } from './backtrader-scenario.ts';

/** The built-in strategy that stands for each of the scenarios' strategies. */
const FILES: Readonly<Record<string, string>> = {
  BollTrail: 'bollinger-trail',
  CheatOpen: 'cheat-open',
  EmaStochClose: 'ema-stochastic-close',
  MacdAdx: 'macd-adx',
  MultiTf: 'multi-timeframe',
  PairLimits: 'pair-limits',
  Rebalance: 'rebalance',
  RsiBracket: 'rsi-bracket',
  ScaleInOut: 'scale-in-out',
  Script: 'orders-from-file',
  SmaCross: 'sma-cross',
};

/** What the reference's strategies take where a scenario does not say. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  BollTrail: { trailamount: 0 },
  Rebalance: { weights: [0.5, 0.45] },
};

export async function strategyOf({
  strategy,
  calls,
  resample,
}: Scenario): Promise<{ strategy: LoadedStrategy; params: ParameterValues }> {
  const file = FILES[strategy.name];
  if (file === undefined) throw new Error(`No strategy stands for ${strategy.name}`);
  const loaded = await loadStrategy(file);
  const given = {
    ...DEFAULTS[strategy.name],
    ...strategy.params,
    ...(strategy.name === 'Script' ? { orders: JSON.stringify(calls) } : {}),
    ...(strategy.name === 'MultiTf' ? resampling(resample[0]!) : {}),
  };
  const values = Object.fromEntries(
    Object.entries(given)
      // `size` is recorded for every scenario, also where the strategy has no use for it.
      .filter(([name]) => name !== 'size' || 'size' in loaded.params)
      .map(([name, value]) => [name, ourValue(value)]),
  );
  return { strategy: loaded, params: resolveParameters(loaded.params, values) };
}

/** Ours have no null and no lists: 0 stands for absent, a comma-separated text for a list. */
function ourValue(value: unknown): unknown {
  if (value === null) return 0;
  return Array.isArray(value) ? value.join(',') : value;
}

function resampling(resample: Readonly<Record<string, unknown>>) {
  const { timeframe, compression, bar2edge = true, adjbartime = true, rightedge = true } = resample;
  const minutes = Number(compression);
  const every =
    timeframe === 'Days' ? `${minutes}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
  return { every, rule: 'backtrader', bar2edge, adjbartime, rightedge };
}
