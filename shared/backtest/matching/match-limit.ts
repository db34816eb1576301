import type { Attempt } from './attempt.ts';
import type { Quote } from './quote.ts';
import type { Slipping } from './slipping.ts';

/**
 * A limit order fills at the open when that is at or better than its limit, else at the limit itself when the bar
 * reaches it; touching is enough. Only a fill at the open can slip, and not beyond the limit.
 */
export function matchLimit(
  side: number,
  limit: number,
  quote: Quote,
  slipping: Slipping,
  attempt: Attempt,
): void {
  const { open } = quote;
  if (side > 0 ? limit >= open : limit <= open) {
    const cap = slipping.limitCap(side, limit, quote);
    attempt.fill(slipping.slipsAtOpen ? slipping.slipped(side, open, cap, true) : open, open, true);
  } else if (side > 0 ? limit >= quote.low : limit <= quote.high) {
    attempt.fill(limit, limit, false);
    attempt.isMaker = true;
  }
}
