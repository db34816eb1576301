import type { AnnualRate } from '../annual-rate.ts';
import { perPeriod } from '../annual-rate.ts';
import type { Timeframe } from '../periods.ts';
import { average, standardDeviation } from './average.ts';

/** Periods per year of the timeframes that have a factor. */
const FACTORS: Readonly<Partial<Record<Timeframe, number>>> = { Days: 252, Weeks: 52, Months: 12, Years: 1 };

export interface SharpeOptions {
  readonly timeframe: Timeframe;
  readonly riskFreeRate: AnnualRate;
  /** `rate`: the rate is converted to the period. `returns`: the returns are compounded to years and the rate stays. */
  readonly convert: 'rate' | 'returns';
  /** Times the root of the periods per year; only where the rate was converted. */
  readonly annualize: boolean;
  readonly divisor: 'population' | 'sample';
}

/**
 * backtrader's SharpeRatio over the returns of TimeReturn: average of (return - rate) over its deviation. Null with one
 * period and where the returns do not vary.
 */
export function sharpeRatio(timeReturns: Float64Array, options: SharpeOptions): number | null {
  const { timeframe, riskFreeRate, convert, annualize, divisor } = options;
  const factor = FACTORS[timeframe] ?? null;
  const isYearly = convert === 'returns' || factor === null;
  const rate = perPeriod(riskFreeRate, isYearly ? 1 : factor);
  const excess = timeReturns.map(
    (value) => (convert === 'returns' && factor !== null ? (1 + value) ** factor - 1 : value) - rate,
  );
  const deviation = standardDeviation(excess, divisor);
  if (excess.length < 2 || deviation === 0) return null;
  const ratio = average(excess) / deviation;
  return annualize && convert === 'rate' && factor !== null ? ratio * Math.sqrt(factor) : ratio;
}
