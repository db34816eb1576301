import type { BacktestResult } from '../backtest/result.ts';
import { costStatistics } from './cost-statistics.ts';
import { dailyReturns } from './daily-returns.ts';
import { drawdownOf, drawdownStatistics } from './drawdown.ts';
import { exposureStatistic } from './exposure.ts';
import { growthStatistics } from './growth.ts';
import { sharpeRatio } from './sharpe-ratio.ts';
import { STATISTIC_IDS, type Statistic } from './statistic.ts';
import { systemQuality, tradeStatistics } from './trade-statistics.ts';

/** Every figure of a run in the order of STATISTIC_IDS. `riskFreeRate` per year, 0.02 is 2 %. */
export function summarise(
  result: BacktestResult,
  { riskFreeRate }: { readonly riskFreeRate: number },
): Statistic[] {
  const { equity, trades, ledger } = result;
  const { time, equity: values } = equity;
  const figures = [
    ...growthStatistics(equity, ledger),
    sharpeRatio(dailyReturns(time, values, ledger.startingCash), riskFreeRate),
    ...drawdownStatistics(drawdownOf(time, values, ledger.startingCash)),
    ...tradeStatistics(trades),
    exposureStatistic(equity),
    systemQuality(trades),
    ...costStatistics(result),
  ];
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  return STATISTIC_IDS.map((id) => byId.get(id)!);
}
