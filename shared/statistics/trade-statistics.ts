import type { TradeColumns } from '../backtest/result.ts';
import { figure } from './figure.ts';
import { isConstant, meanOf, populationDeviation } from './moments.ts';
import type { Statistic, StatisticId, StatisticUnit } from './statistic.ts';

const MINIMUM_TRADES_SQN = 30;
const MINIMUM_TRADES_CONCENTRATION = 20;
const BEST_SHARE = 0.05;

/** Which trades count: the closed ones, or also those still open, with their result at the last close. */
export type TradeScope = 'closed' | 'with-open';

type NameOf<Id> = Id extends `${infer Name}WithOpen` ? Name : never;
type TradeFigure = NameOf<StatisticId> & StatisticId;

/** Counts, sums and ratios over the net results of trades, once per scope. */
export function tradeStatistics(trades: TradeColumns, scope: TradeScope): Statistic[] {
  const results = resultsOf(trades, scope);
  const { nets, won, lost, gains, losses, best, worst, winStreak, lossStreak } = results;
  const n = nets.length;
  const which = scope === 'closed' ? 'Closed trades' : 'All trades, open ones at the last close';
  const netOf = `${which}, net of slippage, commission and financing`;
  const one = (
    name: TradeFigure,
    label: string,
    unit: StatisticUnit,
    convention: string,
    value: number,
    missing: string | null = null,
    warning: string | null = null,
  ) =>
    figure(
      {
        id: scope === 'closed' ? name : `${name}WithOpen`,
        label: scope === 'closed' ? label : `${label}, open included`,
        group: scope === 'closed' ? 'trade' : 'trade-with-open',
        unit,
        convention,
      },
      value,
      missing,
      warning,
    );
  const noTrades = n === 0 ? `not enough data: no ${scope === 'closed' ? 'closed ' : ''}trade` : null;
  const noWins = noTrades ?? (won === 0 ? 'undefined: no winning trade' : null);
  const noLosses = noTrades ?? (lost === 0 ? 'undefined: no losing trade' : null);
  const strikeRate = won / n;
  const total = gains + losses;
  const payoff = gains / won / (-losses / lost);
  return [
    one('trades', 'Trades', 'count', `${which}; a trade is a position from flat to flat.`, n),
    one('won', 'Won', 'count', `${netOf}: above zero. Break-even trades are neither won nor lost.`, won),
    one('lost', 'Lost', 'count', `${netOf}: below zero.`, lost),
    one(
      'strikeRate',
      'Strike rate',
      'percent',
      `${which}: how many of 100 are won.`,
      100 * strikeRate,
      noTrades,
    ),
    one(
      'winStreak',
      'Longest win streak',
      'count',
      `${which}, in order of entry: most won in a row; break-even ends a streak.`,
      winStreak,
    ),
    one(
      'lossStreak',
      'Longest loss streak',
      'count',
      `${which}, in order of entry: most lost in a row; break-even ends a streak.`,
      lossStreak,
    ),
    one(
      'profitFactor',
      'Profit factor',
      'ratio',
      `${netOf}: sum of the won over sum of the lost.`,
      gains / -losses,
      noLosses,
    ),
    one('expectancy', 'Expectancy per trade', 'money', `${netOf}: average.`, meanOf(nets), noTrades),
    one('averageWin', 'Average win', 'money', `${netOf}: average of the won.`, gains / won, noWins),
    one('averageLoss', 'Average loss', 'money', `${netOf}: average of the lost.`, losses / lost, noLosses),
    one('largestWin', 'Largest win', 'money', `${netOf}: best of the won.`, best, noWins),
    one('largestLoss', 'Largest loss', 'money', `${netOf}: worst of the lost.`, worst, noLosses),
    one(
      'payoffRatio',
      'Payoff ratio',
      'ratio',
      `${netOf}: average of the won over average of the lost.`,
      payoff,
      noLosses ?? noWins,
    ),
    one(
      'kelly',
      'Kelly fraction',
      'percent',
      `${which}: p - (1 - p) / b, with p the share won and b the payoff ratio; below zero there is nothing to bet on. Kelly (1956).`,
      100 * (strikeRate - (1 - strikeRate) / payoff),
      noLosses ?? noWins,
    ),
    one(
      'profitConcentration',
      'Profit from the best 5 %',
      'percent',
      `${netOf}: sum of the best 5 % of the trades (rounded up) over the sum of all; above 100 % the others lost.`,
      (100 * bestOf(nets)) / total,
      n < MINIMUM_TRADES_CONCENTRATION
        ? `not enough data: ${n} trades, ${MINIMUM_TRADES_CONCENTRATION} needed`
        : total > 0
          ? null
          : 'undefined: no net profit',
    ),
    one(
      'sqn',
      'SQN',
      'ratio',
      `System quality number: square root of the number of trades times mean over population deviation (n) of their results. ${netOf}, as backtrader computes it. Tharp (2008).`,
      (Math.sqrt(n) * meanOf(nets)) / populationDeviation(nets),
      n < 2
        ? `not enough data: ${n} ${scope === 'closed' ? 'closed ' : ''}trades, 2 needed`
        : isConstant(nets)
          ? 'not enough data: all trades have the same result'
          : null,
      n < MINIMUM_TRADES_SQN ? `fewer than ${MINIMUM_TRADES_SQN} trades: read with care` : null,
    ),
  ];
}

/** Sum of the best 5 % of the results, at least one. */
function bestOf(nets: Float64Array): number {
  const sorted = nets.toSorted();
  return sorted
    .subarray(nets.length - Math.ceil(BEST_SHARE * nets.length))
    .reduce((sum, net) => sum + net, 0);
}

function resultsOf(trades: TradeColumns, scope: TradeScope) {
  const nets: number[] = [];
  let [won, lost, gains, losses] = [0, 0, 0, 0];
  let [best, worst] = [0, 0];
  let [streak, winStreak, lossStreak] = [0, 0, 0];
  for (let row = 0; row < trades.length; row++) {
    if (scope === 'closed' && trades.isOpen[row] === 1) continue;
    const net = trades.net[row]!;
    nets.push(net);
    if (net > 0) {
      won++;
      gains += net;
      streak = Math.max(streak, 0) + 1;
    } else if (net < 0) {
      lost++;
      losses += net;
      streak = Math.min(streak, 0) - 1;
    } else streak = 0;
    best = Math.max(best, net);
    worst = Math.min(worst, net);
    winStreak = Math.max(winStreak, streak);
    lossStreak = Math.max(lossStreak, -streak);
  }
  return { nets: Float64Array.from(nets), won, lost, gains, losses, best, worst, winStreak, lossStreak };
}

/** Positions still held at the end of the run. */
export function openTrades({ isOpen }: TradeColumns): Statistic {
  return figure(
    {
      id: 'openTrades',
      label: 'Open trades',
      group: 'trade',
      unit: 'count',
      convention:
        'Positions still held at the end of the run; the figures with open trades count them at the last close.',
    },
    isOpen.reduce((sum, one) => sum + one, 0),
  );
}
