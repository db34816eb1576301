import { BAR_COLUMN_NAMES, type BarColumns } from '../market/bar.ts';

/** A power of two, as all capacities are. */
const FIRST_CAPACITY = 512;

/** Arrays that are not in use, by their length: bars of many tickers grow and shrink without leaving garbage behind. */
export class ArrayPool {
  readonly #columns = new Map<number, Float64Array[]>();
  readonly #lines = new Map<number, Uint32Array[]>();

  column(length: number): Float64Array {
    return this.#columns.get(length)?.pop() ?? new Float64Array(length);
  }

  lines(length: number): Uint32Array {
    return this.#lines.get(length)?.pop() ?? new Uint32Array(length);
  }

  /** Takes an array back. */
  release(array: Float64Array | Uint32Array): void {
    if (array instanceof Float64Array) held(this.#columns, array);
    else held(this.#lines, array);
  }
}

function held<T extends { readonly length: number }>(lists: Map<number, T[]>, array: T): void {
  const list = lists.get(array.length);
  if (list === undefined) lists.set(array.length, [array]);
  else list.push(array);
}

/** Bars and the line each stood in, in file order. */
export interface CollectedBars {
  readonly bars: BarColumns;
  readonly lines: Uint32Array;
}

/**
 * The bars of one ticker as a parser collects them: columns that double, and the line of each bar. A column that a bar
 * can miss comes into being with its first value.
 */
export class GrowingBars {
  readonly ticker: string;
  length = 0;
  lines: Uint32Array;
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array | null = null;
  trades: Float64Array | null = null;
  vwap: Float64Array | null = null;
  twap: Float64Array | null = null;
  /** Called when there is no room left; it may take bars away, else the columns double. */
  readonly #onFull: ((bars: GrowingBars) => void) | null;
  readonly #pool: ArrayPool;

  constructor(
    ticker: string,
    onFull: ((bars: GrowingBars) => void) | null = null,
    pool: ArrayPool = new ArrayPool(),
  ) {
    this.ticker = ticker;
    this.#onFull = onFull;
    this.#pool = pool;
    this.lines = pool.lines(FIRST_CAPACITY);
    this.time = pool.column(FIRST_CAPACITY);
    this.open = pool.column(FIRST_CAPACITY);
    this.high = pool.column(FIRST_CAPACITY);
    this.low = pool.column(FIRST_CAPACITY);
    this.close = pool.column(FIRST_CAPACITY);
  }

  /** Room for bars. */
  get capacity(): number {
    return this.lines.length;
  }

  /** `row`: one value per name of BAR_COLUMN_NAMES, NaN for none. `line`: number of the line. */
  append(row: Float64Array, line: number): void {
    if (this.length === this.lines.length) this.#makeRoom();
    const at = this.length++;
    this.lines[at] = line;
    this.time[at] = row[0]!;
    this.open[at] = row[1]!;
    this.high[at] = row[2]!;
    this.low[at] = row[3]!;
    this.close[at] = row[4]!;
    const volume = row[5]!;
    if (this.volume !== null) this.volume[at] = volume;
    else if (!Number.isNaN(volume)) this.volume = this.#columnFrom(at, volume);
    const trades = row[6]!;
    if (this.trades !== null) this.trades[at] = trades;
    else if (!Number.isNaN(trades)) this.trades = this.#columnFrom(at, trades);
    const vwap = row[7]!;
    if (this.vwap !== null) this.vwap[at] = vwap;
    else if (!Number.isNaN(vwap)) this.vwap = this.#columnFrom(at, vwap);
    const twap = row[8]!;
    if (this.twap !== null) this.twap[at] = twap;
    else if (!Number.isNaN(twap)) this.twap = this.#columnFrom(at, twap);
  }

  /** The bars so far as views on the collected columns, in file order. */
  view(): CollectedBars {
    const { length } = this;
    const cut = (column: Float64Array | null) => column?.subarray(0, length) ?? null;
    return {
      bars: {
        length,
        time: this.time.subarray(0, length),
        open: this.open.subarray(0, length),
        high: this.high.subarray(0, length),
        low: this.low.subarray(0, length),
        close: this.close.subarray(0, length),
        volume: cut(this.volume),
        trades: cut(this.trades),
        vwap: cut(this.vwap),
        twap: cut(this.twap),
      },
      lines: this.lines.subarray(0, length),
    };
  }

  /** Takes the first `count` bars away. */
  drop(count: number): void {
    this.lines.copyWithin(0, count, this.length);
    for (const column of this.#columns()) column?.copyWithin(0, count, this.length);
    this.length -= count;
  }

  /** Puts other bars behind these. */
  appendAll({ bars, lines }: CollectedBars): void {
    const row = new Float64Array(BAR_COLUMN_NAMES.length);
    for (let index = 0; index < bars.length; index++) {
      BAR_COLUMN_NAMES.forEach((name, column) => {
        row[column] = bars[name]?.[index] ?? Number.NaN;
      });
      this.append(row, lines[index]!);
    }
  }

  /** Puts other bars in place of all, no more than there were. */
  replace({ bars, lines }: CollectedBars): void {
    this.lines.set(lines);
    this.time.set(bars.time);
    this.open.set(bars.open);
    this.high.set(bars.high);
    this.low.set(bars.low);
    this.close.set(bars.close);
    if (bars.volume !== null) this.volume?.set(bars.volume);
    if (bars.trades !== null) this.trades?.set(bars.trades);
    if (bars.vwap !== null) this.vwap?.set(bars.vwap);
    if (bars.twap !== null) this.twap?.set(bars.twap);
    this.length = bars.length;
  }

  /** Gives back the room that is not used. */
  trim(): void {
    let capacity = FIRST_CAPACITY;
    while (capacity < this.length) capacity *= 2;
    if (capacity < this.capacity) this.#resize(capacity);
  }

  #columns(): (Float64Array | null)[] {
    const { time, open, high, low, close, volume, trades, vwap, twap } = this;
    return [time, open, high, low, close, volume, trades, vwap, twap];
  }

  #columnFrom(at: number, value: number): Float64Array {
    const column = this.#pool.column(this.capacity).fill(Number.NaN, 0, at);
    column[at] = value;
    return column;
  }

  #makeRoom(): void {
    this.#onFull?.(this);
    if (this.length === this.capacity) this.#resize(this.capacity * 2);
  }

  #resize(capacity: number): void {
    const lines = this.#pool.lines(capacity);
    lines.set(this.lines.subarray(0, this.length));
    this.#pool.release(this.lines);
    this.lines = lines;
    // One column after the other, so that only one of them is held twice at any time.
    const moved = <Column extends Float64Array | null>(column: Column): Column => {
      if (column === null) return column;
      const other = this.#pool.column(capacity);
      other.set(column.subarray(0, this.length));
      this.#pool.release(column);
      return other as Column;
    };
    this.time = moved(this.time);
    this.open = moved(this.open);
    this.high = moved(this.high);
    this.low = moved(this.low);
    this.close = moved(this.close);
    this.volume = moved(this.volume);
    this.trades = moved(this.trades);
    this.vwap = moved(this.vwap);
    this.twap = moved(this.twap);
  }
}
