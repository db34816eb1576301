import type {
  Commission,
  CommissionBounds,
  Margin,
  Sizer,
  Slippage,
} from '../../shared/backtest/settings.ts';
import type { ParameterValue } from '../../shared/strategy/parameters.ts';
import { UsageError } from './usage-error.ts';

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

/**
 * `0.1%`, `0.01/share`, `5/trade`, `maker=0.02%,taker=0.05%` or `none`; the first two may be followed by `,min=1` and
 * `,max=50`.
 */
export function parseCommission(text: string | undefined): Commission | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return { kind: 'none' };
  const [head = '', ...rest] = text.split(',');
  const named = Object.fromEntries(rest.map((part) => part.split('=', 2) as [string, string]));
  const unit = new RegExp(`^${NUMBER}/(share|contract|trade)$`).exec(head);
  const rate = percentOf(head);
  const bounds = boundsOf(named);
  if (bounds !== null) {
    if (rate !== null) return { kind: 'percent', rate, ...bounds };
    if (unit?.[2] === 'trade' && rest.length === 0) return { kind: 'per-trade', amount: Number(unit[1]) };
    if (unit != null && unit[2] !== 'trade') return { kind: 'per-share', amount: Number(unit[1]), ...bounds };
  }
  const maker = /^maker=(.+)$/.exec(head);
  if (maker !== null && rest.length === 1 && named.taker !== undefined) {
    const makerRate = percentOf(maker[1]!);
    const takerRate = percentOf(named.taker);
    if (makerRate !== null && takerRate !== null) {
      return { kind: 'maker-taker', maker: makerRate, taker: takerRate };
    }
  }
  throw new UsageError(
    '--commission takes 0.1%, 0.01/share, 5/trade, maker=0.02%,taker=0.05% or none; the first two also ,min=1 and ,max=50.',
  );
}

/** `min` and `max` and nothing else, or null. */
function boundsOf(named: Readonly<Record<string, string>>): CommissionBounds | null {
  const bounds: { minimum?: number; maximum?: number } = {};
  for (const [name, value] of Object.entries(named)) {
    const amount = Number(value);
    if ((name !== 'min' && name !== 'max') || value === '' || !(amount >= 0)) return null;
    bounds[name === 'min' ? 'minimum' : 'maximum'] = amount;
  }
  return bounds;
}

/** `0.01%`, `2ticks`, `volume:0.1`, an amount in price units, or `none`. */
export function parseSlippage(text: string | undefined): Slippage | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return { kind: 'none' };
  const rate = percentOf(text);
  if (rate !== null) return { kind: 'percent', rate };
  const ticks = new RegExp(`^${NUMBER}ticks?$`).exec(text);
  if (ticks) return { kind: 'ticks', ticks: Number(ticks[1]) };
  const volume = new RegExp(`^volume:${NUMBER}$`).exec(text);
  if (volume) return { kind: 'volume-share', impact: Number(volume[1]) };
  if (new RegExp(`^${NUMBER}$`).test(text)) return { kind: 'fixed', amount: Number(text) };
  throw new UsageError(
    '--slippage takes 0.01%, an amount in price units such as 0.5, 2ticks, volume:0.1 or none.',
  );
}

/** `fixed:100`, `percent:50`, `all-in`, `risk:1` or `volatility:15,500` (percent a year, bars looked back). */
export function parseSizer(text: string | undefined): Sizer | undefined {
  if (text === undefined) return undefined;
  if (text === 'all-in') return { kind: 'percent', percent: 100, whole: true };
  const [, kind, first = '', second] =
    /^(fixed|percent|risk|volatility):([\d.]+)(?:,(\d+))?$/.exec(text) ?? [];
  const figure = Number(first);
  if (figure > 0) {
    if (kind === 'fixed' && second === undefined) return { kind, size: figure };
    if ((kind === 'percent' || kind === 'risk') && second === undefined)
      return { kind, percent: figure, whole: true };
    if (kind === 'volatility') return { kind, percent: figure, lookback: Number(second ?? 500), whole: true };
  }
  throw new UsageError('--sizer takes fixed:100, percent:50, all-in, risk:1 or volatility:15,500.');
}

/** `1500` a contract, `1500x10` with a multiplier, `0.1*price` or `price`. */
export function parseMargin(text: string | undefined): { margin: Margin; multiplier?: number } | undefined {
  if (text === undefined) return undefined;
  const [, margin = '', multiplier] = /^(.+?)(?:x([\d.]+))?$/.exec(text) ?? [];
  const times = multiplier === undefined ? {} : { multiplier: Number(multiplier) };
  if (margin === 'price') return { margin: { kind: 'price' }, ...times };
  const factor = /^([\d.]+)\*price$/.exec(margin);
  if (factor && Number(factor[1]) > 0)
    return { margin: { kind: 'factor', factor: Number(factor[1]) }, ...times };
  if (Number(margin) > 0) return { margin: { kind: 'amount', amount: Number(margin) }, ...times };
  throw new UsageError('--margin takes 1500 (a contract), 1500x10 (with a multiplier), 0.1*price or price.');
}

/** A rate in percent, `2%`, as a fraction. */
export function parsePercent(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = percentOf(text);
  if (rate !== null && rate >= 0) return rate;
  throw new UsageError(`${option} takes a percentage such as 2%, not "${text}".`);
}

/** One of a few words. */
export function parseChoice<Word extends string>(
  option: string,
  text: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (text === undefined) return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new UsageError(`${option} takes ${words.join(', ')}, not "${text}".`);
}

/** Tickers separated by commas, each with a length of its bars where that differs: `AAL.L,HSBA.L:5m`. */
export function parseData(
  text: string | undefined,
  every: string,
): { ticker: string; every: string }[] | undefined {
  return text?.split(',').map((part) => {
    const [, ticker = part, own] = /^(.*?)(?::(\d+[smhdw]))?$/.exec(part.trim()) ?? [];
    return { ticker, every: own ?? every };
  });
}

export function parseNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} takes a number, not "${text}".`);
  return value;
}

/**
 * `fast=10`, `mode=long`, `reverse=true`, `orders=@FILE` for the text of a file; the strategy's own declaration checks
 * names and ranges.
 */
export function parseSettings(
  settings: readonly string[],
  readFile: (path: string) => string,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at < 1) throw new UsageError(`--set takes name=value, not "${setting}".`);
      const text = setting.slice(at + 1);
      if (text.startsWith('@')) return [setting.slice(0, at), readFile(text.slice(1))];
      const number = Number(text);
      const value =
        text === 'true'
          ? true
          : text === 'false'
            ? false
            : text.trim() !== '' && !Number.isNaN(number)
              ? number
              : text;
      return [setting.slice(0, at), value];
    }),
  );
}

/** Decimal shift on the text, so that 0.1 % is exactly the double 0.001 and not 0.1 / 100; null for anything else. */
function percentOf(text: string): number | null {
  const percent = /^(-?\d+(?:\.\d+)?)%$/.exec(text);
  return percent === null ? null : Number(`${percent[1]}e-2`);
}
