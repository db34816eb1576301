import type { BarCursor } from '../../strategy/bar-cursor.ts';

/** What an instrument is worth now: the close of the current bar, or the last one that is a number; else `fallback`. */
export function markPrice({ bar, bars: { close } }: BarCursor, fallback: number): number {
  for (let i = bar; i >= 0; i--) {
    const price = close[i]!;
    if (!Number.isNaN(price)) return price;
  }
  return fallback;
}
