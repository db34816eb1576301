import type { EquityColumns, LedgerCheck } from '../backtest/result.ts';
import type { Statistic } from './statistic.ts';

const YEAR = 365.25 * 86_400_000;
const MINIMUM_DAYS = 30;

/** Starting cash, final equity, net profit, total return and compound annual growth. Money in the account's unit. */
export function growthStatistics({ time }: EquityColumns, ledger: LedgerCheck): Statistic[] {
  const { startingCash, finalEquity } = ledger;
  const growth = finalEquity / startingCash;
  return [
    {
      id: 'startingCash',
      label: 'Starting cash',
      unit: 'money',
      value: startingCash,
      convention: 'Cash before the first bar, in the unit in which the instrument is quoted.',
    },
    {
      id: 'finalEquity',
      label: 'Final equity',
      unit: 'money',
      value: finalEquity,
      convention: 'Cash plus open positions at the last close.',
    },
    {
      id: 'netProfit',
      label: 'Net profit',
      unit: 'money',
      value: finalEquity - startingCash,
      convention:
        'Final equity less starting cash; open positions count at the last close, without closing costs.',
    },
    {
      id: 'totalReturn',
      label: 'Return',
      unit: 'percent',
      value: 100 * (growth - 1),
      convention: 'Net profit as a percentage of starting cash; not annualised.',
    },
    compoundGrowth(growth, (time.at(-1) ?? 0) - (time[0] ?? 0)),
  ];
}

function compoundGrowth(growth: number, elapsed: number): Statistic {
  const days = elapsed / 86_400_000;
  const note =
    days < MINIMUM_DAYS
      ? `not enough data: ${days.toFixed(1)} days, ${MINIMUM_DAYS} needed`
      : growth <= 0
        ? 'undefined: equity ended at or below zero'
        : null;
  return {
    id: 'cagr',
    label: 'CAGR',
    unit: 'percent',
    value: note === null ? 100 * (growth ** (YEAR / elapsed) - 1) : null,
    convention:
      'Compound annual growth over the calendar time from the first to the last bar, years of 365.25 days.',
    ...(note === null ? {} : { note }),
  };
}
