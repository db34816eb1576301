import { crc32 } from 'node:zlib';
import { BAR_COLUMN_NAMES, type BarColumns } from '../../shared/market/bar.ts';
import { buildLevels } from '../../shared/market/pyramid.ts';
import { encodeColumn } from '../store/column-codec.ts';
import { encodeLevel } from '../store/level-codec.ts';
import { hashBars } from './hash-bars.ts';
import type { EncodedChunk } from './tasks.ts';

/** Bars that a window holds when none is missing. */
const WINDOW_BARS = 16_384;

/**
 * Windows are cut by time, not by count: the same bars fall into the same chunks however they were imported, and an
 * import changes only the windows it touches.
 */
export function windowSpan(interval: number): number {
  return WINDOW_BARS * interval;
}

/** Encodes the bars of one window with their levels of detail. A column without a single value is left out, so that equal bars are equal bytes. */
export function encodeChunk(window: number, bars: BarColumns): EncodedChunk {
  const present = withoutEmptyColumns(bars);
  const columns = BAR_COLUMN_NAMES.flatMap((name) => {
    const column = present[name];
    if (column === null) return [];
    const bytes = encodeColumn(column);
    return [{ name, crc32: crc32(bytes), bytes }];
  });
  return {
    window,
    count: bars.length,
    first: bars.time[0]!,
    last: bars.time[bars.length - 1]!,
    contentHash: hashBars(present),
    columns,
    levels: buildLevels(present).map((level) => {
      const bytes = encodeLevel(level);
      return { barsPerBucket: level.barsPerBucket, crc32: crc32(bytes), bytes };
    }),
  };
}

/** The memory of an encoded chunk, to be handed to another thread instead of copied. */
export function chunkBuffers({ columns, levels }: EncodedChunk): ArrayBuffer[] {
  return [...columns, ...levels].map(({ bytes }) => bytes.buffer);
}

function withoutEmptyColumns(bars: BarColumns): BarColumns {
  const used = (column: Float64Array | null) =>
    column?.some((value) => !Number.isNaN(value)) === true ? column : null;
  return {
    ...bars,
    volume: used(bars.volume),
    trades: used(bars.trades),
    vwap: used(bars.vwap),
    twap: used(bars.twap),
  };
}
