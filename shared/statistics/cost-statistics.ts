import { type BacktestResult, ORDER_STATUSES } from '../backtest/result.ts';
import type { Statistic } from './statistic.ts';

/** What trading cost, over all fills of the run (trades still open included), and the orders that were refused. */
export function costStatistics({ fills, trades, orders }: BacktestResult): Statistic[] {
  const rejected = ORDER_STATUSES.indexOf('rejected');
  const money = { group: 'cost', unit: 'money' } as const;
  return [
    {
      id: 'grossProfit',
      label: 'Profit before costs',
      ...money,
      value: sum(trades.gross),
      convention:
        'All trades, open ones at the last close, at prices before slippage and without commission or financing.',
    },
    {
      id: 'totalCommission',
      label: 'Commission',
      ...money,
      value: sum(fills.commission),
      convention: 'Paid on all fills.',
    },
    {
      id: 'totalSlippage',
      label: 'Slippage',
      ...money,
      value: sum(fills.slippage),
      convention: 'Lost on all fills against the price before slippage.',
    },
    {
      id: 'totalFinancing',
      label: 'Financing',
      ...money,
      value: sum(trades.financing),
      convention: 'Interest and borrow fees less dividends of all trades, open ones up to the last bar.',
    },
    {
      id: 'rejectedOrders',
      label: 'Rejected orders',
      group: 'cost',
      unit: 'count',
      value: orders.status.reduce((count, status) => count + (status === rejected ? 1 : 0), 0),
      convention: 'Orders the broker refused; the reason of each is in the order list.',
    },
  ];
}

const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
