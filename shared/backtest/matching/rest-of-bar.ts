import type { SameBarPolicy } from '../settings.ts';
import type { Quote } from './quote.ts';

/** Which extremes an uncertain bar is given: those that hurt the position just opened, those that help it, or by path. */
export type Reading = 'worst' | 'best' | 'path';

export function readingOf(policy: SameBarPolicy): Reading {
  if (policy === 'optimistic') return 'best';
  return policy === 'open-proximity' ? 'path' : 'worst';
}

/**
 * What is left of a bar after an entry of `side` at `price`. After a fill at the open that is the whole bar. After one
 * inside it, the extreme on the far side of the price was certainly reached later (the price came from the open), the
 * one on the near side perhaps before: then the reading decides whether it counts.
 */
export function restOfBar(
  reading: Reading,
  side: number,
  price: number,
  isAtOpen: boolean,
  bar: Quote,
  rest: Quote,
): void {
  const { open, high, low, close } = bar;
  if (isAtOpen) {
    rest.set(price, high, low, close);
    return;
  }
  const cameFromAbove = price < open;
  const near = cameFromAbove ? Math.max(price, close) : Math.min(price, close);
  const counts =
    reading === 'path'
      ? cameFromAbove
        ? !highComesFirst(bar)
        : highComesFirst(bar)
      : (reading === 'best') === (side > 0 === cameFromAbove);
  if (cameFromAbove) rest.set(price, counts ? high : near, low, close);
  else rest.set(price, high, counts ? low : near, close);
}

/** The assumption of TradingView's broker: a bar first goes to the extreme that lies nearer to its open. */
export function highComesFirst({ open, high, low }: Quote): boolean {
  return high - open < open - low;
}
