import type { BarCursor } from '../../strategy/bar-cursor.ts';
import type { Attempt } from './attempt.ts';

/**
 * A market-on-close order. On a bar that ends with its session it fills at that bar's close. Where the session turns out
 * to be over, because no bar ended with it, it fills at the last close that was seen before, on the bar before this one;
 * the cash moves now. An order that has seen no bar of the session takes the close of the first one after it.
 */
export function matchOnClose(
  order: {
    readonly createdTime: Float64Array;
    readonly sessionEnd: Float64Array;
    readonly notedClose: Float64Array;
  },
  row: number,
  { bar, bars }: BarCursor,
  interval: number,
  attempt: Attempt,
): void {
  const time = bars.time[bar]!;
  const end = time + interval;
  if (!(time > order.createdTime[row]!) || end < order.sessionEnd[row]!) return;
  const noted = order.notedClose[row]!;
  if (!Number.isNaN(noted) && end > order.sessionEnd[row]!) {
    attempt.fill(noted, noted, false);
    attempt.isOnBarBefore = true;
    return;
  }
  const close = bars.close[bar]!;
  if (!Number.isNaN(close)) attempt.fill(close, close, false);
}
