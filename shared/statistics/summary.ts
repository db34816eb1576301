import type { BacktestResult } from '../backtest/result.ts';
import { annualRate } from './annual-rate.ts';
import { timeReturn } from './backtrader/time-return.ts';
import { type Benchmark, benchmarkStatistics } from './benchmark.ts';
import { calmarRatio } from './calmar-ratio.ts';
import { capacityStatistics, type FeedVolume } from './capacity.ts';
import { costStatistics } from './cost-statistics.ts';
import { type DailyReturns, dailyReturns } from './daily-returns.ts';
import { distributionShape } from './distribution-shape.ts';
import { drawdownOf, drawdownStatistics } from './drawdown.ts';
import { excursionStatistics } from './excursions.ts';
import { exposureOf, exposureStatistics } from './exposure.ts';
import { extremeReturns } from './extreme-returns.ts';
import { annualGrowth, growthStatistics, yearsOf } from './growth.ts';
import { holdingStatistics } from './holding-time.ts';
import { omegaRatio } from './omega-ratio.ts';
import { periodsOf } from './periods.ts';
import { probabilisticStatistics, type Trials } from './probabilistic-sharpe.ts';
import { sharpeRatio } from './sharpe-ratio.ts';
import { sortinoRatio } from './sortino-ratio.ts';
import { STATISTIC_IDS, type Statistic } from './statistic.ts';
import { tailStatistics } from './tail-statistics.ts';
import { openTrades, tradeStatistics } from './trade-statistics.ts';
import { turnoverStatistic } from './turnover.ts';
import { ulcerStatistics } from './ulcer-index.ts';
import { volatility } from './volatility.ts';

export interface SummaryOptions {
  /** Per year, 0.02 is 2 %. */
  readonly riskFreeRate: number;
  readonly benchmark?: Benchmark;
  /** The search that found the strategy, for the deflated Sharpe ratio. */
  readonly trials?: Trials;
  /** By feed, for capacity and turnover: the bars' volumes and the money per point and unit (1 where not given). */
  readonly feeds?: readonly (FeedVolume & { readonly multiplier?: number })[];
}

/** Every figure of a run in the order of STATISTIC_IDS. */
export function summarise(result: BacktestResult, options: SummaryOptions): Statistic[] {
  const { equity, trades, fills, ledger } = result;
  const { benchmark = null, trials = null, feeds = [] } = options;
  const { startingCash, finalEquity } = ledger;
  const riskFreeRate = annualRate(options.riskFreeRate);
  const daily = dailyReturns(equity.time, equity.equity, startingCash);
  const growth = annualGrowth(equity, ledger);
  const drawdown = drawdownOf(equity.time, equity.equity, startingCash);
  const exposure = exposureOf(equity);
  const multipliers = feeds.map(({ multiplier = 1 }) => multiplier);
  const figures = [
    ...growthStatistics(ledger, growth),
    ...extremeReturns(daily.returns, monthsOf(daily, startingCash)),
    sharpeRatio(daily, riskFreeRate),
    ...probabilisticStatistics(daily, riskFreeRate, trials),
    sortinoRatio(daily, riskFreeRate),
    omegaRatio(daily, riskFreeRate),
    calmarRatio(growth, drawdown),
    ...ulcerStatistics(daily, startingCash, growth, riskFreeRate),
    ...tailStatistics(daily),
    volatility(daily),
    ...distributionShape(daily),
    ...drawdownStatistics(drawdown, finalEquity - startingCash),
    ...tradeStatistics(trades, 'closed'),
    openTrades(trades),
    ...tradeStatistics(trades, 'with-open'),
    ...excursionStatistics(trades),
    ...holdingStatistics(trades),
    ...exposureStatistics(exposure),
    ...costStatistics(result),
    turnoverStatistic(fills, exposure.averageEquity, yearsOf(equity), multipliers),
    ...capacityStatistics(result, feeds),
    ...benchmarkStatistics(daily, riskFreeRate, benchmark),
  ];
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  return STATISTIC_IDS.map((id) => byId.get(id)!);
}

/** Monthly returns from the daily closes, so that the steps are not gone through again. */
function monthsOf({ day, equity }: DailyReturns, startingCash: number): Float64Array {
  return timeReturn({ time: day, equity, startingCash }, periodsOf(day, 'Months'));
}
