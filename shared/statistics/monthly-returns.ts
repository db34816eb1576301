import type { EquityColumns } from '../backtest/result.ts';

export interface MonthlyReturns {
  readonly year: number;
  /** Twelve returns in percent, January first; null where the run has no bar. */
  readonly months: readonly (number | null)[];
  /** Return of the year, in percent. */
  readonly total: number;
}

/** Simple returns per UTC calendar month: last equity of the month against the last before it (or starting cash). */
export function monthlyReturns(
  { time, equity, length }: EquityColumns,
  startingCash: number,
): MonthlyReturns[] {
  const years = new Map<number, { months: (number | null)[]; start: number; end: number }>();
  let before = startingCash;
  for (let step = 0; step < length; step++) {
    const date = new Date(time[step]!);
    const month = date.getUTCMonth();
    const next = step + 1 < length ? new Date(time[step + 1]!) : null;
    if (next !== null && next.getUTCMonth() === month && next.getUTCFullYear() === date.getUTCFullYear())
      continue;
    const year = date.getUTCFullYear();
    const row = years.get(year) ?? {
      months: new Array<number | null>(12).fill(null),
      start: before,
      end: before,
    };
    row.end = equity[step]!;
    row.months[month] = 100 * (row.end / before - 1);
    years.set(year, row);
    before = row.end;
  }
  return [...years].map(([year, { months, start, end }]) => ({
    year,
    months,
    total: 100 * (end / start - 1),
  }));
}
