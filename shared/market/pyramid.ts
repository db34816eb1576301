import type { BarColumns } from './bar.ts';

/** One level of detail: bucket b holds bars b * barsPerBucket to (b + 1) * barsPerBucket, the last one what is left. */
export interface PyramidLevel {
  readonly barsPerBucket: number;
  readonly length: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Sum over the bars that have a volume, NaN where none has. */
  readonly volume: Float64Array;
}

type Prices = Pick<PyramidLevel, 'open' | 'high' | 'low' | 'close'> & {
  readonly volume: Float64Array | null;
};

const FACTOR = 8;
const SMALLEST_LEVEL = 500;

/** Levels of 8, 64, 512, … bars a bucket, until one has at most 500 buckets. `allocate` gives zeroed columns. */
export function buildPyramid(bars: BarColumns, allocate: (length: number) => Float64Array): PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  let source: Prices = bars;
  let length = bars.length;
  for (let barsPerBucket = FACTOR; length > SMALLEST_LEVEL; barsPerBucket *= FACTOR) {
    const level: PyramidLevel = {
      barsPerBucket,
      length: Math.ceil(length / FACTOR),
      open: allocate(Math.ceil(length / FACTOR)),
      high: allocate(Math.ceil(length / FACTOR)),
      low: allocate(Math.ceil(length / FACTOR)),
      close: allocate(Math.ceil(length / FACTOR)),
      volume: allocate(Math.ceil(length / FACTOR)),
    };
    for (let bucket = 0; bucket < level.length; bucket++) {
      const from = bucket * FACTOR;
      const to = Math.min(from + FACTOR, length);
      level.open[bucket] = source.open[from]!;
      level.close[bucket] = source.close[to - 1]!;
      level.high[bucket] = source.high[from]!;
      level.low[bucket] = source.low[from]!;
      level.volume[bucket] = Number.NaN;
      for (let index = from; index < to; index++) mergeInto(level, bucket, source, index);
    }
    levels.push(level);
    source = level;
    length = level.length;
  }
  return levels;
}

/** Columns that `aggregate` fills, one entry per bucket. */
export type BucketColumns = Pick<PyramidLevel, 'open' | 'high' | 'low' | 'close' | 'volume'>;

/**
 * Open, high, low, close and volume of the bars `from` (inclusive) to `to` (exclusive, at least one bar) into entry `at`
 * of `target`: exact for any range, from as few buckets of the pyramid as possible.
 */
export function aggregate(
  bars: BarColumns,
  levels: readonly PyramidLevel[],
  from: number,
  to: number,
  target: BucketColumns,
  at: number,
): void {
  target.open[at] = bars.open[from]!;
  target.close[at] = bars.close[to - 1]!;
  target.high[at] = bars.high[from]!;
  target.low[at] = bars.low[from]!;
  target.volume[at] = Number.NaN;
  for (let index = from; index < to; ) {
    let depth = -1;
    while (depth + 1 < levels.length) {
      const size = levels[depth + 1]!.barsPerBucket;
      if (index % size !== 0 || index + size > to) break;
      depth++;
    }
    if (depth < 0) {
      mergeInto(target, at, bars, index);
      index++;
    } else {
      const level = levels[depth]!;
      mergeInto(target, at, level, index / level.barsPerBucket);
      index += level.barsPerBucket;
    }
  }
}

/** Widens high and low of a bucket by one of the source's, and adds its volume. */
function mergeInto(target: BucketColumns, bucket: number, source: Prices, index: number): void {
  const high = source.high[index]!;
  const low = source.low[index]!;
  const volume = source.volume === null ? Number.NaN : source.volume[index]!;
  if (high > target.high[bucket]!) target.high[bucket] = high;
  if (low < target.low[bucket]!) target.low[bucket] = low;
  if (!Number.isNaN(volume)) {
    const sum = target.volume[bucket]!;
    target.volume[bucket] = Number.isNaN(sum) ? volume : sum + volume;
  }
}
