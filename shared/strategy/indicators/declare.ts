import { AppError } from '../../contract/errors.ts';
import { memoised } from '../../indicators/column-memo.ts';
import type { BarCursor } from '../bar-cursor.ts';
import { Line, type LineParts, partsOf } from '../line.ts';

/** The common cursor of several lines. Throws strategy-error for lines of different instruments. */
export function commonCursor(name: string, lines: readonly LineParts[]): BarCursor {
  const [first, ...others] = lines;
  for (const { cursor } of others) {
    if (cursor === first!.cursor) continue;
    const tickers = `${first!.cursor.ticker} and ${cursor.ticker}`;
    throw new AppError('strategy-error', `${name}() got lines of two instruments, ${tickers}`, {
      hint: 'Their bars need not match: compare their values in next() instead.',
    });
  }
  return first!.cursor;
}

export function requireDeclaring(name: string, cursor: BarCursor): void {
  if (cursor.isDeclaring) return;
  throw new AppError('strategy-error', `${name}() was called after init()`, {
    hint: `Indicators cover the whole run: write this.line = ${name}(…) in init() and read this.line.value in next().`,
  });
}

/** The lines that a computation gives over others; `ownPeriod` is what it needs beyond the first value of the longest. */
export function declare(
  name: string,
  inputs: readonly Line[],
  ownPeriod: number,
  parameters: readonly number[],
  compute: (columns: readonly Float64Array[]) => readonly Float64Array[],
): Line[] {
  const parts = inputs.map(partsOf);
  const cursor = commonCursor(name, parts);
  requireDeclaring(name, cursor);
  const columns = parts.map(({ column }) => column);
  const results = memoised(columns, `${name}(${parameters.join(',')})`, () => compute(columns));
  return linesOf(results, cursor, parts, ownPeriod);
}

export function linesOf(
  columns: readonly Float64Array[],
  cursor: BarCursor,
  inputs: readonly LineParts[],
  ownPeriod: number,
): Line[] {
  const minimumPeriod = Math.max(...inputs.map((input) => input.minimumPeriod)) + ownPeriod - 1;
  cursor.minimumPeriod = Math.max(cursor.minimumPeriod, minimumPeriod);
  return columns.map((column) => new Line({ column, cursor, minimumPeriod }));
}
