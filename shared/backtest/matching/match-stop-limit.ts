import type { Attempt } from './attempt.ts';
import { matchLimit } from './match-limit.ts';
import type { Quote } from './quote.ts';
import type { Slipping } from './slipping.ts';

/**
 * A stop-limit order that has not been triggered. Triggered at the open it is a limit order on this very bar. Triggered
 * inside the bar it fills at the stop when the limit lies beyond it; when the limit lies before it, only where the bar's
 * close proves that the price came back to it (a falling bar for a buy, a rising or flat one for a sale: the reference's
 * asymmetry). Otherwise it stays triggered, a limit order from the next bar on.
 */
export function matchStopLimit(
  side: number,
  stop: number,
  limit: number,
  quote: Quote,
  slipping: Slipping,
  attempt: Attempt,
): void {
  const { open, close } = quote;
  if (side > 0 ? open >= stop : open <= stop) {
    attempt.triggers = true;
    matchLimit(side, limit, quote, slipping, attempt);
    return;
  }
  const cap = side > 0 ? quote.high : quote.low;
  if (!(side > 0 ? cap >= stop : cap <= stop)) return;
  attempt.triggers = true;
  if (side > 0 ? limit >= stop : limit <= stop) {
    attempt.fill(slipping.slipped(side, stop, cap, true), stop, false);
  } else if (side > 0 ? open > close && limit >= close : open <= close && limit <= close) {
    attempt.fill(limit, limit, false);
    attempt.isMaker = true;
  }
}
