import { type AnnualRate, perPeriod } from './annual-rate.ts';
import { lastStepOf, periodsOf } from './periods.ts';

const MINIMUM_RETURNS = 20;

export interface DailyReturns {
  /** UTC days with at least one bar, midnights in epoch ms. */
  readonly day: Float64Array;
  /** Equity at the last step of each day. */
  readonly equity: Float64Array;
  /** One simple return per day; the first against the starting cash. */
  readonly returns: Float64Array;
  /** 365 when the data trade on Saturdays or Sundays, else 252. */
  readonly periodsPerYear: 252 | 365;
}

/**
 * Equity sampled at the last step of each UTC day, as simple returns. `time` in epoch ms, ascending; `equity` in money.
 * The year has 365 periods for markets that never close and 252 for exchanges.
 */
export function dailyReturns(time: Float64Array, equity: Float64Array, startingCash: number): DailyReturns {
  const days = periodsOf(time, 'Days');
  const closes = days.key.map((_, index) => equity[lastStepOf(days, index, time.length)]!);
  const isWeekendMarket = days.key.some((midnight) => new Date(midnight).getUTCDay() % 6 === 0);
  return {
    day: days.key,
    equity: closes,
    returns: closes.map((value, index) => value / (closes[index - 1] ?? startingCash) - 1),
    periodsPerYear: isWeekendMarket ? 365 : 252,
  };
}

/** Daily returns less the risk-free rate of a day. */
export function excessReturns(
  { returns, periodsPerYear }: DailyReturns,
  riskFreeRate: AnnualRate,
): Float64Array {
  const daily = perPeriod(riskFreeRate, periodsPerYear);
  return returns.map((value) => value - daily);
}

/** Why a figure over daily returns cannot be computed; null when it can. */
export function unusableReturns({ returns, equity }: DailyReturns): string | null {
  if (returns.length < MINIMUM_RETURNS) {
    return `not enough data: ${returns.length} daily returns, ${MINIMUM_RETURNS} needed`;
  }
  return equity.some((value) => value <= 0) ? 'undefined: equity fell to zero or below' : null;
}

/** The risk-free rate in the words of a convention. */
export function rateText({ fraction }: AnnualRate): string {
  return `risk-free rate ${Number((fraction * 100).toPrecision(12))} % a year compounded to days`;
}
