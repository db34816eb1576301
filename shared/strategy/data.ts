import { AppError } from '../contract/errors.ts';
import type { BarColumns } from '../market/bar.ts';
import type { BarCursor } from './bar-cursor.ts';
import { Line } from './line.ts';
import { sealClass } from './seal-class.ts';

let cursorOf: (data: Data) => BarCursor;

/** One instrument's bars, or longer ones made of them, up to the current one. Prices in the unit in which the instrument is quoted. */
export class Data {
  readonly #cursor: BarCursor;
  readonly #open: Line;
  readonly #high: Line;
  readonly #low: Line;
  readonly #close: Line;
  readonly #volume: Line | null;
  readonly #trades: Line | null;
  readonly #vwap: Line | null;
  readonly #twap: Line | null;

  static {
    cursorOf = (data) => {
      if (typeof data === 'object' && data !== null && #cursor in data) return data.#cursor;
      throw new AppError('strategy-error', `${String(data)} is not an instrument of this run`, {
        hint: 'Pass one of this.datas, or what this.resample() gave.',
      });
    };
  }

  constructor(cursor: BarCursor) {
    const line = (column: Float64Array) => new Line({ column, cursor, minimumPeriod: 1 });
    const lineOrNull = (column: Float64Array | null) => (column === null ? null : line(column));
    const { bars } = cursor;
    this.#cursor = cursor;
    this.#open = line(bars.open);
    this.#high = line(bars.high);
    this.#low = line(bars.low);
    this.#close = line(bars.close);
    this.#volume = lineOrNull(bars.volume);
    this.#trades = lineOrNull(bars.trades);
    this.#vwap = lineOrNull(bars.vwap);
    this.#twap = lineOrNull(bars.twap);
    Object.freeze(this);
  }

  get ticker(): string {
    return this.#cursor.ticker;
  }
  /** Smallest price step, from the run's terms; null where they do not say. */
  get tick(): number | null {
    return this.#cursor.tick;
  }
  /** Start of the current bar, epoch milliseconds UTC; NaN before the first bar. */
  get time(): number {
    const { bar, bars } = this.#cursor;
    return bar < 0 ? Number.NaN : bars.time[bar]!;
  }
  /** Number of bars so far, the current one included. */
  get length(): number {
    return this.#cursor.bar + 1;
  }
  /** Open of the bar that has just begun, inside `nextOpen()`; NaN elsewhere, and where no bar has begun. */
  get newOpen(): number {
    const { isOpening, bar, bars } = this.#cursor;
    return isOpening ? bars.open[bar + 1]! : Number.NaN;
  }
  get open(): Line {
    return this.#open;
  }
  get high(): Line {
    return this.#high;
  }
  get low(): Line {
    return this.#low;
  }
  get close(): Line {
    return this.#close;
  }
  /** Shares, lots or coins traded. Throws `data-missing` where the bars have no such column, as do the next three. */
  get volume(): Line {
    return this.#volume ?? this.#absent('volume');
  }
  /** Number of trades in the bar. */
  get trades(): Line {
    return this.#trades ?? this.#absent('trades');
  }
  /** Volume-weighted average price of the bar. */
  get vwap(): Line {
    return this.#vwap ?? this.#absent('vwap');
  }
  /** Time-weighted average price of the bar. */
  get twap(): Line {
    return this.#twap ?? this.#absent('twap');
  }

  #absent(column: keyof BarColumns): never {
    throw new AppError('data-missing', `The bars of ${this.ticker} have no ${column}`, {
      field: column,
      hint: `Import bars with a ${column} column, or choose another instrument.`,
    });
  }
}
sealClass(Data, { hideConstructor: true });

export { cursorOf };
