import { Position } from '../../backtest/account/position.ts';
import type { FillColumns } from '../../backtest/result.ts';

/** What one step's fills of one instrument come to, as a row of backtrader's: amount, price, sid, symbol, value. */
export type Transaction = readonly [
  amount: number,
  price: number,
  sid: number,
  symbol: string,
  value: number,
];

/**
 * backtrader's Transactions: for every step with fills and every instrument, the position that these fills alone would make
 * out of none (nothing where they cancel out), with its price and what it brought in. By number of the step.
 */
export function transactions(
  { length, feed, bar, size, price }: Pick<FillColumns, 'length' | 'feed' | 'bar' | 'size' | 'price'>,
  tickers: readonly string[],
): ReadonlyMap<number, readonly Transaction[]> {
  const byStep = new Map<number, Transaction[]>();
  for (let fill = 0; fill < length; ) {
    const step = bar[fill]!;
    const positions = tickers.map(() => new Position());
    for (; fill < length && bar[fill] === step; fill++)
      positions[feed[fill]!]!.update(size[fill]!, price[fill]!);
    const rows = positions.flatMap((position, sid): Transaction[] =>
      position.size === 0
        ? []
        : [[position.size, position.price, sid, tickers[sid]!, -position.size * position.price]],
    );
    if (rows.length > 0) byStep.set(step, rows);
  }
  return byStep;
}
