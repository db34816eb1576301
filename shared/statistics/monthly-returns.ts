import type { EquityColumns } from '../backtest/result.ts';
import { timeReturn } from './backtrader/time-return.ts';
import { periodsOf } from './periods.ts';

export interface MonthlyReturns {
  readonly year: number;
  /** Twelve returns in percent, January first; null where the run has no bar. */
  readonly months: readonly (number | null)[];
  /** Return of the year, in percent. */
  readonly total: number;
}

/** Simple returns per UTC calendar month: last equity of the month against the last before it (or starting cash). */
export function monthlyReturns({ time, equity }: EquityColumns, startingCash: number): MonthlyReturns[] {
  const curve = { time, equity, startingCash };
  const months = periodsOf(time, 'Months');
  const years = periodsOf(time, 'Years');
  const yearReturns = timeReturn(curve, years);
  const rows = Array.from(yearReturns, (total, index) => ({
    year: new Date(years.key[index]!).getUTCFullYear(),
    months: new Array<number | null>(12).fill(null),
    total: 100 * total,
  }));
  const byYear = new Map(rows.map((row) => [row.year, row]));
  for (const [index, value] of timeReturn(curve, months).entries()) {
    const date = new Date(months.key[index]!);
    byYear.get(date.getUTCFullYear())!.months[date.getUTCMonth()] = 100 * value;
  }
  return rows;
}
