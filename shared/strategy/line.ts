import { AppError } from '../contract/errors.ts';
import type { BarCursor } from './bar-cursor.ts';
import { sealClass } from './seal-class.ts';

/** What a line is made of, for the engine and the indicators; strategy code cannot reach it. */
export interface LineParts {
  readonly column: Float64Array;
  readonly cursor: BarCursor;
  /** Bars needed for the first value. */
  readonly minimumPeriod: number;
}

let partsOf: (line: Line) => LineParts;

/** A value per bar: a column of the data or an indicator, read at the current bar and back from it, never ahead. */
export class Line {
  readonly #column: Float64Array;
  readonly #cursor: BarCursor;
  readonly #minimumPeriod: number;

  static {
    partsOf = (line) => {
      if (typeof line === 'object' && line !== null && #column in line) {
        return { column: line.#column, cursor: line.#cursor, minimumPeriod: line.#minimumPeriod };
      }
      throw new AppError('strategy-error', `An indicator reads a line, not ${String(line)}`, {
        hint: 'Pass a line such as this.data.close or another indicator, without .value.',
      });
    };
  }

  constructor({ column, cursor, minimumPeriod }: LineParts) {
    this.#column = column;
    this.#cursor = cursor;
    this.#minimumPeriod = minimumPeriod;
    Object.freeze(this);
  }

  /** The value at the current bar; NaN while the indicator warms up and before the first bar. */
  get value(): number {
    const { bar } = this.#cursor;
    return bar < 0 ? Number.NaN : this.#column[bar]!;
  }

  /** The value `bars` bars back: 0 is the current one. NaN before the first bar. */
  ago(bars: number): number {
    if (!Number.isInteger(bars) || bars < 0) throw unreadable(bars);
    const bar = this.#cursor.bar - bars;
    return bar < 0 ? Number.NaN : this.#column[bar]!;
  }
}
sealClass(Line, { hideConstructor: true });

export { partsOf };

function unreadable(bars: number): AppError {
  if (bars < 0) {
    return new AppError('strategy-error', `ago(${bars}) reads ahead: that bar has not happened yet`, {
      hint: 'ago(n) looks back n bars; n is 0 or more.',
    });
  }
  return new AppError('strategy-error', `ago(${String(bars)}) is not a whole number of bars`, {
    hint: 'ago(n) looks back n bars; n is 0, 1, 2, …',
  });
}
