import {
  type AdjustedStretch,
  adjustedStretches,
  adjustPrices,
  adjustVolumes,
  type PriceView,
} from '../../shared/market/adjust-bars.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import { type Buckets, extendBucket, fillBucket } from '../../shared/market/pyramid.ts';
import type { ChunkDirectory, ChunkReader } from './chunk-reader.ts';

/** The stretches of a stored series between its actions, read from the few chunks that those lie in. */
export function storedStretches(
  reader: ChunkReader,
  directory: ChunkDirectory,
  actions: readonly CorporateAction[],
  view: PriceView,
): AdjustedStretch[] {
  return adjustedStretches(actions, view, {
    length: directory.length,
    barAt: (time) => reader.locate(directory, time),
    closeOf: (bar) => {
      const chunk = chunkOf(directory, bar);
      return reader.bars(directory, chunk).close[bar - directory.starts[chunk]!]!;
    },
  });
}

/** Buckets of raw prices, and the index of each one's first bar; the last one ends before `toBar`. */
export interface DrawnBuckets {
  readonly target: Buckets;
  readonly bar: Int32Array;
  readonly toBar: number;
}

/** Brings buckets into a view, in place. Those that an action lies inside are made again of their bars. */
export function adjustBuckets(
  reader: ChunkReader,
  directory: ChunkDirectory,
  { target, bar, toBar }: DrawnBuckets,
  stretches: readonly AdjustedStretch[],
): void {
  let next = 0;
  for (let bucket = 0; bucket < bar.length; bucket++) {
    const from = bar[bucket]!;
    const to = bar[bucket + 1] ?? toBar;
    while (stretches[next]!.endBar <= from) next++;
    const stretch = stretches[next]!;
    if (to <= stretch.endBar) scale(target, bucket, stretch);
    else rebuild(reader, directory, target, bucket, from, to, stretches);
  }
}

function scale(target: Buckets, bucket: number, { units, payout }: AdjustedStretch): void {
  for (const column of [target.open, target.high, target.low, target.close]) {
    column[bucket] = (column[bucket]! / units) * payout;
  }
  if (target.volume !== null) target.volume[bucket] = target.volume[bucket]! * units;
}

function rebuild(
  reader: ChunkReader,
  directory: ChunkDirectory,
  target: Buckets,
  bucket: number,
  from: number,
  to: number,
  stretches: readonly AdjustedStretch[],
): void {
  let isFirst = true;
  for (let chunk = chunkOf(directory, from); chunk < directory.chunks.length; chunk++) {
    const start = directory.starts[chunk]!;
    if (start >= to) return;
    const source = reader.bars(directory, chunk);
    const own = stretches.map((stretch) => ({
      ...stretch,
      endBar: Math.max(0, Math.min(source.length, stretch.endBar - start)),
    }));
    const adjusted: Buckets = {
      ...source,
      open: adjustPrices(source.open, own),
      high: adjustPrices(source.high, own),
      low: adjustPrices(source.low, own),
      close: adjustPrices(source.close, own),
      volume: source.volume === null ? null : adjustVolumes(source.volume, own),
    };
    const first = Math.max(0, from - start);
    const last = Math.min(source.length, to - start);
    if (isFirst) fillBucket(target, bucket, adjusted, first, last);
    else extendBucket(target, bucket, adjusted, first, last);
    isFirst = false;
  }
}

function chunkOf({ starts, chunks }: ChunkDirectory, bar: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle + 1]! <= bar) low = middle + 1;
    else high = middle;
  }
  return low;
}
