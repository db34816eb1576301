import type { BarColumns } from './bar.ts';

/** Longer bars made of shorter ones, and when each of them was over. */
export interface LongerBars {
  readonly bars: BarColumns;
  /** By longer bar: index of the source bar with which it is known; the source's length where only its end tells. */
  readonly knownAt: Int32Array;
}

/** A longer bar as a range of source bars and of time. */
export interface BucketColumns {
  /** First source bar. */
  readonly from: Int32Array;
  /** Behind the last source bar. */
  readonly to: Int32Array;
  /** Bounds of the bucket, epoch ms UTC: start inclusive, end exclusive. */
  readonly start: Float64Array;
  readonly end: Float64Array;
}

export type AllocateColumn = (length: number) => Float64Array;
const ownMemory: AllocateColumn = (length) => new Float64Array(length);

/** Collects longer bars as ranges of source bars, in order. */
export class LongerBarsBuilder {
  readonly #source: BarColumns;
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];
  readonly #knownAt: number[] = [];

  constructor(source: BarColumns) {
    this.#source = source;
  }

  /** Source bars `from` (inclusive) to `to` (exclusive, at least one) as a bar with the stamp `start`. */
  add(from: number, to: number, start: number, knownAt: number, end = Number.NaN): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#start.push(start);
    this.#end.push(end);
    this.#knownAt.push(knownAt);
  }

  /**
   * First open and last close that are numbers, highest high, lowest low; sums of volume and trades; vwap by volume, twap
   * by time. Single values that are missing (NaN) are passed over; where all are, the result is NaN.
   */
  build(allocate: AllocateColumn = ownMemory): LongerBars {
    const { open, high, low, close, volume, trades, vwap, twap } = this.#source;
    const from = this.#from;
    const to = this.#to;
    const { length } = from;
    const per = (fill: (target: Float64Array, from: number[], to: number[]) => void) => {
      const target = allocate(length);
      fill(target, from, to);
      return target;
    };
    const optional = (column: Float64Array | null, fill: Parameters<typeof per>[0]) =>
      column === null ? null : per(fill);
    return {
      bars: {
        length,
        time: per((target) => target.set(this.#start)),
        open: per((target) => firsts(target, open, from, to)),
        high: per((target) => highs(target, high, from, to)),
        low: per((target) => lows(target, low, from, to)),
        close: per((target) => lasts(target, close, from, to)),
        volume: optional(volume, (target) => sums(target, volume!, from, to)),
        trades: optional(trades, (target) => sums(target, trades!, from, to)),
        vwap: optional(vwap, (target) => weightedMeans(target, vwap!, volume, from, to)),
        twap: optional(twap, (target) => weightedMeans(target, twap!, null, from, to)),
      },
      knownAt: Int32Array.from(this.#knownAt),
    };
  }

  buckets(): BucketColumns {
    return {
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
      start: Float64Array.from(this.#start),
      end: Float64Array.from(this.#end),
    };
  }
}

type Bounds = readonly number[];

function firsts(target: Float64Array, column: Float64Array, from: Bounds, to: Bounds): void {
  for (let bar = 0; bar < target.length; bar++) {
    let i = from[bar]!;
    const last = to[bar]! - 1;
    while (i < last && Number.isNaN(column[i]!)) i++;
    target[bar] = column[i]!;
  }
}

function lasts(target: Float64Array, column: Float64Array, from: Bounds, to: Bounds): void {
  for (let bar = 0; bar < target.length; bar++) {
    let i = to[bar]! - 1;
    const first = from[bar]!;
    while (i > first && Number.isNaN(column[i]!)) i--;
    target[bar] = column[i]!;
  }
}

function highs(target: Float64Array, column: Float64Array, from: Bounds, to: Bounds): void {
  for (let bar = 0; bar < target.length; bar++) {
    const end = to[bar]!;
    let extreme = Number.NEGATIVE_INFINITY;
    // A comparison with NaN is false: what is missing is passed over.
    for (let i = from[bar]!; i < end; i++) if (column[i]! > extreme) extreme = column[i]!;
    target[bar] = extreme === Number.NEGATIVE_INFINITY ? Number.NaN : extreme;
  }
}

function lows(target: Float64Array, column: Float64Array, from: Bounds, to: Bounds): void {
  for (let bar = 0; bar < target.length; bar++) {
    const end = to[bar]!;
    let extreme = Number.POSITIVE_INFINITY;
    for (let i = from[bar]!; i < end; i++) if (column[i]! < extreme) extreme = column[i]!;
    target[bar] = extreme === Number.POSITIVE_INFINITY ? Number.NaN : extreme;
  }
}

function sums(target: Float64Array, column: Float64Array, from: Bounds, to: Bounds): void {
  for (let bar = 0; bar < target.length; bar++) {
    const end = to[bar]!;
    let sum = 0;
    let isKnown = false;
    for (let i = from[bar]!; i < end; i++) {
      const value = column[i]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      isKnown = true;
    }
    target[bar] = isKnown ? sum : Number.NaN;
  }
}

/** Without weights every source bar counts the same: they are of one length. */
function weightedMeans(
  target: Float64Array,
  column: Float64Array,
  weights: Float64Array | null,
  from: Bounds,
  to: Bounds,
): void {
  for (let bar = 0; bar < target.length; bar++) {
    const end = to[bar]!;
    let sum = 0;
    let weight = 0;
    for (let i = from[bar]!; i < end; i++) {
      const share = weights === null ? 1 : weights[i]!;
      const part = column[i]! * share;
      if (Number.isNaN(part)) continue;
      sum += part;
      weight += share;
    }
    target[bar] = sum / weight;
  }
}
