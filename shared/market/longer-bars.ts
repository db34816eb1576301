import type { BarColumns } from './bar.ts';

/** Longer bars made of shorter ones, and when each of them was over. */
export interface LongerBars {
  readonly bars: BarColumns;
  /** By longer bar: index of the source bar with which it is known; the source's length where only its end tells. */
  readonly knownAt: Int32Array;
}

/** Collects longer bars as ranges of source bars, in order. */
export class LongerBarsBuilder {
  readonly #source: BarColumns;
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #time: number[] = [];
  readonly #knownAt: number[] = [];

  constructor(source: BarColumns) {
    this.#source = source;
  }

  /** Source bars `from` (inclusive) to `to` (exclusive, at least one) as a bar with the stamp `time`. */
  add(from: number, to: number, time: number, knownAt: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#time.push(time);
    this.#knownAt.push(knownAt);
  }

  /** Prices: first open, highest high, lowest low, last close; sums of volume and trades; averages of the rest. */
  build(): LongerBars {
    const { open, high, low, close, volume, trades, vwap, twap } = this.#source;
    const { length } = this.#from;
    const per = (value: (from: number, to: number) => number) =>
      Float64Array.from({ length }, (_, i) => value(this.#from[i]!, this.#to[i]!));
    const sums = (column: Float64Array | null) =>
      column === null ? null : per((from, to) => sumOf(column, from, to));
    return {
      bars: {
        length,
        time: Float64Array.from(this.#time),
        open: per((from) => open[from]!),
        high: per((from, to) => extremeOf(high, from, to, 1)),
        low: per((from, to) => extremeOf(low, from, to, -1)),
        close: per((_, to) => close[to - 1]!),
        volume: sums(volume),
        trades: sums(trades),
        vwap: vwap === null ? null : per((from, to) => weightedMean(vwap, volume, from, to)),
        twap: twap === null ? null : per((from, to) => weightedMean(twap, null, from, to)),
      },
      knownAt: Int32Array.from(this.#knownAt),
    };
  }
}

function sumOf(column: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += column[i]!;
  return sum;
}

/** Highest (`sign` 1) or lowest (-1) number; NaN where there is none. */
function extremeOf(column: Float64Array, from: number, to: number, sign: 1 | -1): number {
  let extreme = Number.NaN;
  for (let i = from; i < to; i++) {
    const value = column[i]!;
    if (!Number.isNaN(value) && !(value * sign <= extreme * sign)) extreme = value;
  }
  return extreme;
}

function weightedMean(column: Float64Array, weights: Float64Array | null, from: number, to: number): number {
  let sum = 0;
  let weight = 0;
  for (let i = from; i < to; i++) {
    const share = weights === null ? 1 : weights[i]!;
    sum += column[i]! * share;
    weight += share;
  }
  return sum / weight;
}
