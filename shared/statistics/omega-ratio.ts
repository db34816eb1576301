import type { AnnualRate } from './annual-rate.ts';
import { type DailyReturns, excessReturns, rateText, unusableReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import type { Statistic } from './statistic.ts';

/** Omega ratio: sum of the daily returns above the threshold over the sum of those below it. Keating & Shadwick (2002). */
export function omegaRatio(daily: DailyReturns, riskFreeRate: AnnualRate): Statistic {
  let above = 0;
  let below = 0;
  for (const value of excessReturns(daily, riskFreeRate)) {
    if (value > 0) above += value;
    else below -= value;
  }
  return figure(
    {
      id: 'omega',
      label: 'Omega ratio',
      group: 'ratio',
      unit: 'ratio',
      convention: `Daily returns (last step of each UTC day), threshold the ${rateText(riskFreeRate)}: sum of the excesses over sum of the shortfalls. Keating & Shadwick (2002).`,
    },
    above / below,
    unusableReturns(daily) ?? (below === 0 ? 'undefined: no daily return below the risk-free rate' : null),
  );
}
