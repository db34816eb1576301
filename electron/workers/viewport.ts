import { AppError } from '../../shared/contract/errors.ts';
import type { ViewportMeta, ViewportQuery } from '../../shared/contract/schemas.ts';
import { packFrame } from '../../shared/contract/wire.ts';
import { changesAny } from '../../shared/market/adjust-bars.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import {
  type Buckets,
  emptyBuckets,
  extendBucket,
  fillBucket,
  levelSizes,
} from '../../shared/market/pyramid.ts';
import { adjustBuckets, storedStretches } from './adjust-buckets.ts';
import type { ChunkDirectory, ChunkReader } from './chunk-reader.ts';
import type { IndicatorCache } from './indicator-cache.ts';
import type { SeriesHandle } from './tasks.ts';

/**
 * How bars are put together. Inside a chunk buckets begin at multiples of a power of two of bars; where a chunk is a
 * single bucket, chunks are put together by a power of two of windows. Either way a candle keeps its bars while the view
 * moves.
 */
interface Grid {
  readonly barsPerBucket: number;
  readonly windowsPerBucket: number;
}

/** Part of a series: chunks `fromChunk` to `toChunk` (exclusive), of which bars `fromBar` to `toBar` (exclusive). */
interface View {
  readonly fromChunk: number;
  readonly toChunk: number;
  readonly fromBar: number;
  readonly toBar: number;
}

/**
 * The bars of a range as at most `maxBuckets` buckets, packed. Read from levels of detail, or from the few chunks in view
 * where these are too coarse. `handle` holds what the indicators need; null without any.
 */
export function viewport(
  reader: ChunkReader,
  {
    handle,
    query,
    actions = [],
  }: {
    readonly handle: SeriesHandle | null;
    readonly query: ViewportQuery;
    readonly actions?: readonly CorporateAction[];
  },
  indicators: IndicatorCache,
): Uint8Array<ArrayBuffer> {
  const directory = reader.directory(query.seriesId);
  if (handle !== null && handle.contentHash !== directory.contentHash) {
    throw new AppError('data-changed', `The bars of ${directory.ticker} have changed`, {
      hint: 'Try again.',
    });
  }
  const asked = clip(directory, query);
  const grid = chooseGrid(directory, asked, query.maxBuckets);
  const view = widened(directory, asked, grid);
  const count = bucketsIn(directory, view, grid);
  const target = emptyBuckets(count, true);
  const bar = new Int32Array(count);
  const hasVolume = fill(reader, directory, view, grid, target, bar);
  const known = storedStretches(reader, directory, actions, query.view);
  const stretches = changesAny(known) ? known : [];
  if (stretches.length > 0) adjustBuckets(reader, directory, { target, bar, toBar: view.toBar }, stretches);
  const { time, open, high, low, close, volume } = target;
  const columns: Record<string, Float64Array | Int32Array> = { bar, time, open, high, low, close };
  if (hasVolume) columns.volume = volume!;
  query.indicators.forEach((request, number) => {
    const values = indicators.values(handle!, request, stretches);
    columns[`i${number}`] = Float64Array.from(bar, (_, index) => values[(bar[index + 1] ?? view.toBar) - 1]!);
  });
  const { fromBar, toBar } = view;
  const meta: ViewportMeta = {
    fromBar,
    toBar,
    totalBars: directory.length,
    barsPerBucket: grid.barsPerBucket * grid.windowsPerBucket,
  };
  return packFrame({ meta, columns });
}

function clip({ chunks, starts, length }: ChunkDirectory, query: ViewportQuery): View {
  const fromBar = Math.min(Math.max(0, query.fromBar), length);
  const toBar = Math.min(Math.max(fromBar, query.toBar), length);
  let fromChunk = 0;
  while (fromChunk < chunks.length && starts[fromChunk + 1]! <= fromBar) fromChunk++;
  let toChunk = fromChunk;
  while (toChunk < chunks.length && starts[toChunk]! < toBar) toChunk++;
  return { fromChunk, toChunk, fromBar, toBar };
}

/** The finest grid that keeps to the limit. */
function chooseGrid(directory: ChunkDirectory, view: View, maxBuckets: number): Grid {
  const largest = directory.chunks.reduce((most, { count }) => Math.max(most, count), 1);
  let grid: Grid = { barsPerBucket: 1, windowsPerBucket: 1 };
  while (bucketsIn(directory, view, grid) > maxBuckets) {
    const { barsPerBucket, windowsPerBucket } = grid;
    grid =
      barsPerBucket < largest
        ? { barsPerBucket: barsPerBucket * 2, windowsPerBucket }
        : { barsPerBucket, windowsPerBucket: windowsPerBucket * 2 };
  }
  return grid;
}

function bucketsIn({ chunks, starts }: ChunkDirectory, view: View, grid: Grid): number {
  const { barsPerBucket, windowsPerBucket } = grid;
  let count = 0;
  let group = Number.NaN;
  for (let index = view.fromChunk; index < view.toChunk; index++) {
    if (windowsPerBucket > 1) {
      const own = Math.floor(chunks[index]!.window / windowsPerBucket);
      if (own !== group) count++;
      group = own;
    } else {
      const from = Math.max(0, view.fromBar - starts[index]!);
      const to = Math.min(chunks[index]!.count, view.toBar - starts[index]!);
      count += Math.ceil(to / barsPerBucket) - Math.floor(from / barsPerBucket);
    }
  }
  return count;
}

/** The view with the whole of its first and last bucket. */
function widened({ chunks, starts }: ChunkDirectory, view: View, grid: Grid): View {
  const { barsPerBucket, windowsPerBucket } = grid;
  let { fromChunk, toChunk } = view;
  if (fromChunk === toChunk) return view;
  if (windowsPerBucket > 1) {
    const groupOf = (index: number) => Math.floor(chunks[index]!.window / windowsPerBucket);
    while (fromChunk > 0 && groupOf(fromChunk - 1) === groupOf(fromChunk)) fromChunk--;
    while (toChunk < chunks.length && groupOf(toChunk) === groupOf(toChunk - 1)) toChunk++;
    return { fromChunk, toChunk, fromBar: starts[fromChunk]!, toBar: starts[toChunk]! };
  }
  const first = starts[fromChunk]!;
  const last = starts[toChunk - 1]!;
  const end = Math.ceil((view.toBar - last) / barsPerBucket) * barsPerBucket;
  return {
    fromChunk,
    toChunk,
    fromBar: first + Math.floor((view.fromBar - first) / barsPerBucket) * barsPerBucket,
    toBar: last + Math.min(end, chunks[toChunk - 1]!.count),
  };
}

/** Fills the buckets of a widened view, and the index of each one's first bar. Returns whether any has a volume column. */
function fill(
  reader: ChunkReader,
  directory: ChunkDirectory,
  view: View,
  { barsPerBucket, windowsPerBucket }: Grid,
  target: Buckets,
  bar: Int32Array,
): boolean {
  const { chunks, starts } = directory;
  let hasVolume = false;
  let at = 0;
  let group = Number.NaN;
  for (let index = view.fromChunk; index < view.toChunk; index++) {
    const { count, window } = chunks[index]!;
    const start = starts[index]!;
    if (windowsPerBucket > 1) {
      const source = reader.whole(directory, index);
      const own = Math.floor(window / windowsPerBucket);
      if (own === group) {
        extendBucket(target, at - 1, source, 0, 1);
      } else {
        bar[at] = start;
        fillBucket(target, at++, source, 0, 1);
      }
      group = own;
      hasVolume ||= source.volume !== null;
      continue;
    }
    const size = levelSizes(count).findLast((bars) => bars <= barsPerBucket) ?? 1;
    const source = size === 1 ? reader.bars(directory, index) : reader.level(directory, index, size);
    const step = barsPerBucket / size;
    hasVolume ||= source.volume !== null;
    const from = Math.max(0, view.fromBar - start) / barsPerBucket;
    const to = Math.min(count, view.toBar - start) / barsPerBucket;
    for (let bucket = from; bucket < to; bucket++) {
      bar[at] = start + bucket * barsPerBucket;
      fillBucket(target, at++, source, bucket * step, Math.min((bucket + 1) * step, source.length));
    }
  }
  return hasVolume;
}
