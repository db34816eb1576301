import { BAR_COLUMN_NAMES, type BarColumns } from '../market/bar.ts';
import { sortPermutation } from '../market/sort-permutation.ts';

export interface OrderedBars {
  /** Strictly ascending in time. */
  readonly bars: BarColumns;
  /** Line of each bar. */
  readonly lines: Uint32Array;
  readonly wasOutOfOrder: boolean;
}

export type DuplicateFound = (line: number, isIdentical: boolean, bars: BarColumns, index: number) => void;

/**
 * Sorts bars by time where they are not, and takes out bars whose time occurs before in the file: the first one
 * stays, each other is handed to `onDuplicate`. Bars in order are returned as they are, without a copy.
 */
export function orderBars(bars: BarColumns, lines: Uint32Array, onDuplicate: DuplicateFound): OrderedBars {
  const { isAscending, hasRepeats } = scan(bars.time);
  if (isAscending && !hasRepeats) return { bars, lines, wasOutOfOrder: false };
  const order = isAscending ? null : sortPermutation(bars.time);
  const sorted = order === null ? bars : permuted(bars, order);
  const sortedLines = order === null ? lines : lines.map((_, index) => lines[order[index]!]!);
  const kept = withoutRepeats(sorted, sortedLines, onDuplicate);
  return { ...kept, wasOutOfOrder: !isAscending };
}

function scan(time: Float64Array): { isAscending: boolean; hasRepeats: boolean } {
  let hasRepeats = false;
  for (let index = 1; index < time.length; index++) {
    if (time[index]! < time[index - 1]!) return { isAscending: false, hasRepeats: true };
    if (time[index] === time[index - 1]) hasRepeats = true;
  }
  return { isAscending: true, hasRepeats };
}

/** Whether bar `a` of one set equals bar `b` of another in every column; a missing column equals missing values. */
export function sameBar(left: BarColumns, a: number, right: BarColumns, b: number): boolean {
  for (const name of BAR_COLUMN_NAMES) {
    const one = left[name]?.[a] ?? Number.NaN;
    const other = right[name]?.[b] ?? Number.NaN;
    if (one !== other && !(Number.isNaN(one) && Number.isNaN(other))) return false;
  }
  return true;
}

/** Copies the bars at `order`'s indexes into new columns. */
export function permuted(bars: BarColumns, order: Uint32Array): BarColumns {
  const pick = (column: Float64Array) => {
    const picked = new Float64Array(order.length);
    for (let index = 0; index < order.length; index++) picked[index] = column[order[index]!]!;
    return picked;
  };
  const pickOptional = (column: Float64Array | null) => (column === null ? null : pick(column));
  return {
    length: order.length,
    time: pick(bars.time),
    open: pick(bars.open),
    high: pick(bars.high),
    low: pick(bars.low),
    close: pick(bars.close),
    volume: pickOptional(bars.volume),
    trades: pickOptional(bars.trades),
    vwap: pickOptional(bars.vwap),
    twap: pickOptional(bars.twap),
  };
}

function withoutRepeats(bars: BarColumns, lines: Uint32Array, onDuplicate: DuplicateFound) {
  const keep = new Uint32Array(bars.length);
  let count = 0;
  for (let index = 0; index < bars.length; index++) {
    const last = keep[count - 1];
    if (last !== undefined && bars.time[last] === bars.time[index]) {
      onDuplicate(lines[index]!, sameBar(bars, last, bars, index), bars, index);
    } else {
      keep[count++] = index;
    }
  }
  if (count === bars.length) return { bars, lines };
  const order = keep.subarray(0, count);
  return { bars: permuted(bars, order), lines: Uint32Array.from(order, (index) => lines[index]!) };
}
