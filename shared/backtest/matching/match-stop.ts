import type { Attempt } from './attempt.ts';
import type { Quote } from './quote.ts';
import type { Slipping } from './slipping.ts';

/** A stop order fills at the open when that is at or beyond its stop, else at the stop when the bar reaches it. */
export function matchStop(
  side: number,
  stop: number,
  quote: Quote,
  slipping: Slipping,
  attempt: Attempt,
): void {
  const { open } = quote;
  const cap = side > 0 ? quote.high : quote.low;
  if (side > 0 ? open >= stop : open <= stop) {
    attempt.fill(slipping.slipsAtOpen ? slipping.slipped(side, open, cap, false) : open, open, true);
  } else if (side > 0 ? quote.high >= stop : quote.low <= stop) {
    attempt.fill(slipping.slipped(side, stop, cap, false), stop, false);
  }
}
