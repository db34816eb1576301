const DAY = 86_400_000;
const MINIMUM_RETURNS = 20;

export interface DailyReturns {
  /** One simple return per UTC day with at least one bar; the first against the starting cash. */
  readonly returns: Float64Array;
  /** 365 when the data trade on Saturdays or Sundays, else 252. */
  readonly periodsPerYear: 252 | 365;
}

/**
 * Equity sampled at the last step of each UTC day, as simple returns. `time` in epoch ms, ascending; `equity` in money.
 * The year has 365 periods for markets that never close and 252 for exchanges.
 */
export function dailyReturns(time: Float64Array, equity: Float64Array, startingCash: number): DailyReturns {
  const returns: number[] = [];
  let before = startingCash;
  let isWeekendMarket = false;
  for (let step = 0; step < time.length; step++) {
    const day = Math.floor(time[step]! / DAY);
    if (step + 1 < time.length && Math.floor(time[step + 1]! / DAY) === day) continue;
    returns.push(equity[step]! / before - 1);
    before = equity[step]!;
    // 1 January 1970 was a Thursday: days 2 and 3 of the epoch were a weekend.
    if (day % 7 === 2 || day % 7 === 3) isWeekendMarket = true;
  }
  return { returns: Float64Array.from(returns), periodsPerYear: isWeekendMarket ? 365 : 252 };
}

/** What to say when a figure over daily returns has too few of them; null when there are enough. */
export function tooFewReturns({ returns }: DailyReturns): string | null {
  return returns.length < MINIMUM_RETURNS
    ? `not enough data: ${returns.length} daily returns, ${MINIMUM_RETURNS} needed`
    : null;
}
