import { AppError } from '../../shared/contract/errors.ts';
import type { FetchRequest } from '../../shared/contract/schemas.ts';
import { firstInstant, instantAfter } from '../../shared/market/time-range.ts';

/** A range of time, [from, to), epoch milliseconds UTC. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type CellSize = 'day' | 'month' | 'year' | 'all';

/** A day, month or year of a range; whole unless the range cuts it off. */
export interface Cell extends Range {
  readonly isWhole: boolean;
}

/** A range cut along days, months or years, so that the parts of overlapping requests are the same parts. */
export function cellsOf(range: Range, size: CellSize): Cell[] {
  if (size === 'all') return range.from < range.to ? [{ ...range, isWhole: false }] : [];
  const cells: Cell[] = [];
  for (let start = startOf(range.from, size); start < range.to; ) {
    const end = startOf(start + LONGER_THAN[size], size);
    const from = Math.max(start, range.from);
    const to = Math.min(end, range.to);
    if (from < to) cells.push({ from, to, isWhole: from === start && to === end });
    start = end;
  }
  return cells;
}

/** Longer than any such cell and shorter than two. */
const DAY = 86_400_000;
const LONGER_THAN = { day: DAY, month: 31 * DAY, year: 366 * DAY } as const;

function startOf(time: number, size: Exclude<CellSize, 'all'>): number {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  if (size === 'year') return Date.UTC(year, 0);
  return Date.UTC(year, date.getUTCMonth(), size === 'month' ? 1 : date.getUTCDate());
}

/** `2024-01-05` or `2024-01-05 09:30`: a time without what is zero. */
export function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T00:00', '').replace('T', ' ');
}

/** `2024-01` for a whole month, else `2024-01-05 to 2024-01-09`, with the last day that is in it. */
export function rangeText({ from, to }: Range): string {
  const isMonth = startOf(from, 'month') === from && startOf(from + LONGER_THAN.month, 'month') === to;
  if (isMonth) return timeText(from).slice(0, 7);
  const last = to % DAY === 0 ? to - DAY : to;
  return last <= from && to % DAY === 0 ? timeText(from) : `${timeText(from)} to ${timeText(last)}`;
}

/** What a request asks for; null: that side is open. Throws bad-request. */
export function requestedRange({ from, to }: FetchRequest): { from: number | null; to: number | null } {
  try {
    const range = {
      from: from === null ? null : firstInstant(from),
      to: to === null ? null : instantAfter(to),
    };
    if (range.from === null || range.to === null || range.from < range.to) return range;
  } catch (thrown) {
    throw new AppError('bad-request', (thrown as RangeError).message, { field: 'from' }, { cause: thrown });
  }
  throw new AppError('bad-request', `The range ends (${to}) before it begins (${from})`, { field: 'to' });
}
