import { lowerBound } from './bar.ts';

const DAY = 86_400_000;

/**
 * Indexes [from, to) of the bars between two UTC dates or times, both inclusive; a date alone means its whole day.
 * `null` leaves that side open. Dates are `YYYY-MM-DD`, times `YYYY-MM-DD[T ]HH:MM[:SS][Z]`. Throws a RangeError for a
 * day that does not exist.
 */
export function barRange(
  time: Float64Array,
  from: string | null,
  to: string | null,
): { from: number; to: number } {
  const start = from === null ? 0 : lowerBound(time, instant(from).start);
  const end = to === null ? time.length : lowerBound(time, instant(to).end);
  return { from: start, to: Math.max(start, end) };
}

/** First instant of a UTC date or time as `barRange` takes them, epoch ms. Throws a RangeError as it does. */
export const firstInstant = (text: string): number => instant(text).start;

/** First instant after a UTC date or time as `barRange` takes them, epoch ms. Throws a RangeError as it does. */
export const instantAfter = (text: string): number => instant(text).end;

/** First instant of a date or time, and the first instant after it. Epoch ms. */
function instant(text: string): { start: number; end: number } {
  const isDate = text.length === 10;
  const iso = isDate ? `${text}T00:00:00Z` : `${text.replace(' ', 'T').replace('Z', '')}Z`;
  const start = Date.parse(iso);
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(text.slice(0, 10))) {
    throw new RangeError(`${text} is not a date that exists`);
  }
  return { start, end: start + (isDate ? DAY : 1) };
}
