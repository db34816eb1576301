import type { Attempt } from './attempt.ts';
import type { Quote } from './quote.ts';
import type { Slipping } from './slipping.ts';

/** A market order fills at the open, or with cheat-on-close at `price`, the close it was made on. */
export function matchMarket(
  side: number,
  price: number,
  quote: Quote,
  slipping: Slipping,
  attempt: Attempt,
): void {
  const cap = side > 0 ? quote.high : quote.low;
  // Never at prices that are missing.
  if (Number.isNaN(price) || Number.isNaN(cap)) return;
  attempt.fill(slipping.slipsAtOpen ? slipping.slipped(side, price, cap, false) : price, price, true);
}
