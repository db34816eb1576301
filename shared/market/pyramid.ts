/**
 * Bars drawn together, one entry per bucket. `time` is the start of the bucket's first bar (epoch ms UTC); `volume` the
 * sum over the bars that have one, NaN where none has, null where the series has no such column.
 */
export interface Buckets {
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array | null;
}

/** One level of a chunk: bucket b holds its bars b * barsPerBucket to (b + 1) * barsPerBucket, the last what is left. */
export interface ChunkLevel extends Buckets {
  readonly barsPerBucket: number;
}

/** Finer buckets than these are made of the bars themselves: a few thousand of them lie in a few chunks. */
export const FINEST_LEVEL = 64;
const FACTOR = 8;

/** Bars per bucket of the levels that a chunk of `count` bars has: 64, 512, …, the last one a single bucket. */
export function levelSizes(count: number): number[] {
  if (count === 0) return [];
  const sizes = [FINEST_LEVEL];
  while (sizes.at(-1)! < count) sizes.push(sizes.at(-1)! * FACTOR);
  return sizes;
}

/** The levels of a chunk, finest first, each made of the one before. */
export function buildLevels(bars: Buckets): ChunkLevel[] {
  const levels: ChunkLevel[] = [];
  let source: Buckets = bars;
  let step = FINEST_LEVEL;
  for (const barsPerBucket of levelSizes(bars.length)) {
    const level = { ...emptyBuckets(Math.ceil(source.length / step), bars.volume !== null), barsPerBucket };
    for (let bucket = 0; bucket < level.length; bucket++) {
      const from = bucket * step;
      fillBucket(level, bucket, source, from, Math.min(from + step, source.length));
    }
    levels.push(level);
    source = level;
    step = FACTOR;
  }
  return levels;
}

/** Buckets to be filled. */
export function emptyBuckets(length: number, hasVolume: boolean): Buckets {
  const column = () => new Float64Array(length);
  return {
    length,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: hasVolume ? column() : null,
  };
}

/** Entry `at` of `target` from the bars or smaller buckets `from` (inclusive) to `to` (exclusive, at least one) of `source`. */
export function fillBucket(target: Buckets, at: number, source: Buckets, from: number, to: number): void {
  target.time[at] = source.time[from]!;
  target.open[at] = source.open[from]!;
  target.high[at] = source.high[from]!;
  target.low[at] = source.low[from]!;
  if (target.volume !== null) target.volume[at] = Number.NaN;
  extendBucket(target, at, source, from, to);
}

/** Adds entries that follow to a bucket that was filled before. */
export function extendBucket(target: Buckets, at: number, source: Buckets, from: number, to: number): void {
  let high = target.high[at]!;
  let low = target.low[at]!;
  for (let index = from; index < to; index++) {
    if (source.high[index]! > high) high = source.high[index]!;
    if (source.low[index]! < low) low = source.low[index]!;
  }
  target.high[at] = high;
  target.low[at] = low;
  target.close[at] = source.close[to - 1]!;
  if (target.volume !== null && source.volume !== null) {
    target.volume[at] = sum(source.volume, from, to, target.volume[at]!);
  }
}

/** Sum of the values that are numbers, onto `before`; NaN where there is none at all. */
function sum(values: Float64Array, from: number, to: number, before: number): number {
  let total = before;
  for (let index = from; index < to; index++) {
    const value = values[index]!;
    if (!Number.isNaN(value)) total = Number.isNaN(total) ? value : total + value;
  }
  return total;
}
