import type { EquityColumns, LedgerCheck } from '../backtest/result.ts';
import { type FigureHead, figure } from './figure.ts';
import type { Statistic } from './statistic.ts';

const YEAR = 365.25 * 86_400_000;
const MINIMUM_DAYS = 30;

/** Compound annual growth in percent; null with the reason where the run is too short or lost everything. */
export type AnnualGrowth =
  | { readonly percent: number; readonly missing: null }
  | { readonly percent: null; readonly missing: string };

/** Growth per year of 365.25 days over the calendar time from the first to the last step. At least 30 days. */
export function annualGrowth(
  { time }: EquityColumns,
  { startingCash, finalEquity }: LedgerCheck,
): AnnualGrowth {
  const elapsed = (time.at(-1) ?? 0) - (time[0] ?? 0);
  const days = elapsed / 86_400_000;
  if (days < MINIMUM_DAYS) {
    return { percent: null, missing: `not enough data: ${days.toFixed(1)} days, ${MINIMUM_DAYS} needed` };
  }
  if (finalEquity <= 0) return { percent: null, missing: 'undefined: equity ended at or below zero' };
  return { percent: 100 * ((finalEquity / startingCash) ** (YEAR / elapsed) - 1), missing: null };
}

/** Length of a run in years of 365.25 days. */
export function yearsOf({ time }: EquityColumns): number {
  return ((time.at(-1) ?? 0) - (time[0] ?? 0)) / YEAR;
}

/** Starting cash, final equity, net profit, total return and compound annual growth. Money in the account's unit. */
export function growthStatistics(
  { startingCash, finalEquity }: LedgerCheck,
  growth: AnnualGrowth,
): Statistic[] {
  const money = { group: 'return', unit: 'money' } as const;
  const percent = { group: 'return', unit: 'percent' } as const;
  const cagr: FigureHead = {
    id: 'cagr',
    label: 'CAGR',
    ...percent,
    convention:
      'Compound annual growth over the calendar time from the first to the last bar, years of 365.25 days.',
  };
  return [
    {
      id: 'startingCash',
      label: 'Starting cash',
      ...money,
      value: startingCash,
      convention: 'Cash before the first bar, in the unit in which the instrument is quoted.',
    },
    {
      id: 'finalEquity',
      label: 'Final equity',
      ...money,
      value: finalEquity,
      convention: 'Cash plus open positions at the last close.',
    },
    {
      id: 'netProfit',
      label: 'Net profit',
      ...money,
      value: finalEquity - startingCash,
      convention:
        'Final equity less starting cash; open positions count at the last close, without closing costs.',
    },
    {
      id: 'totalReturn',
      label: 'Return',
      ...percent,
      value: 100 * (finalEquity / startingCash - 1),
      convention: 'Net profit as a percentage of starting cash; not annualised.',
    },
    figure(cagr, growth.percent ?? Number.NaN, growth.missing),
  ];
}
