import type { FillColumns } from '../../backtest/result.ts';

/**
 * backtrader's PositionsValue for one instrument: its market value at every step, negative when short. `worth` is that value
 * without its sign. (backtrader counts margins, and short sales that bring in no cash, at other values.)
 */
export function positionsValue(
  { length, feed: feeds, bar, positionSize }: Pick<FillColumns, 'length' | 'feed' | 'bar' | 'positionSize'>,
  feed: number,
  worth: Float64Array,
): Float64Array {
  let size = 0;
  let fill = 0;
  return worth.map((value, step) => {
    for (; fill < length && bar[fill]! <= step; fill++) if (feeds[fill] === feed) size = positionSize[fill]!;
    return size < 0 ? -value : value;
  });
}
