import { randomUUID } from 'node:crypto';
import { crc32, gzipSync } from 'node:zlib';
import { AppError } from '../../shared/contract/errors.ts';
import type { DropBars } from '../../shared/contract/schemas.ts';
import { type BarColumns, lowerBound, REQUIRED_BAR_COLUMNS } from '../../shared/market/bar.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import { VERSION } from '../../shared/version.ts';
import { encodeColumn } from '../store/column-codec.ts';
import type { SeriesStore } from '../store/series-store.ts';
import { encodeChunk, windowSpan } from './encode-chunk.ts';
import type { EncodedChunk, PreparedImport } from './tasks.ts';

/** Where an import of this source comes from: a user took bars out. */
export const CORRECTION = 'correction';

/**
 * Bars of a series between two times (both inclusive) taken out, as an import that replaces the windows they lie in: undoing
 * it brings them back. Throws bad-request when there are none, or no other ones.
 */
export function prepareDrop(
  store: SeriesStore,
  { seriesId, from, to, reason }: DropBars,
): { prepared: PreparedImport; droppedBars: number } {
  const { ticker, every, contentHash, bars } = store.get(seriesId);
  const span = windowSpan(intervalMilliseconds(every));
  const chunks: EncodedChunk[] = [];
  let droppedBars = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const chunk of store.chunks(seriesId)) {
    if (chunk.last < from || chunk.first > to) continue;
    const held = store.decode(ticker, chunk);
    const start = lowerBound(held.time, from);
    const end = lowerBound(held.time, to + 1);
    if (start === end) continue;
    droppedBars += end - start;
    first = Math.min(first, held.time[start]!);
    last = Math.max(last, held.time[end - 1]!);
    const left = without(held, start, end);
    chunks.push(left.length > 0 ? encodeChunk(chunk.window, left) : emptyChunk(chunk.window, span));
  }
  const said = { field: 'from', hint: 'Look at the series’ bars again.' };
  if (droppedBars === 0) throw new AppError('bad-request', `${ticker} has no bars there`, said);
  if (droppedBars === bars) {
    throw new AppError('bad-request', `These are all bars of ${ticker} ${every}`, {
      field: 'from',
      hint: 'Remove the series instead.',
    });
  }
  const what = `${droppedBars} ${droppedBars === 1 ? 'bar' : 'bars'} of ${ticker} ${every} taken out`;
  return {
    droppedBars,
    prepared: {
      report: {
        importId: randomUUID(),
        file: what,
        fileSha256: '',
        linesRead: 0,
        accepted: 0,
        stored: 0,
        unchanged: 0,
        replaced: 0,
        rejected: 0,
        rejects: [],
        warnings: reason === '' ? [] : [reason],
        series: [{ ticker, every, bars: droppedBars, first, last }],
      },
      parserVersion: VERSION,
      source: CORRECTION,
      plan: null,
      remember: null,
      changes: [{ ticker, every, basedOn: contentHash, chunks }],
      rejectList: new Uint8Array(gzipSync('line,column,reason,text\n')),
    },
  };
}

function without(bars: BarColumns, from: number, to: number): BarColumns {
  const cut = (column: Float64Array) => {
    const left = new Float64Array(column.length - (to - from));
    left.set(column.subarray(0, from));
    left.set(column.subarray(to), from);
    return left;
  };
  const orNull = (column: Float64Array | null) => (column === null ? null : cut(column));
  return {
    length: bars.length - (to - from),
    time: cut(bars.time),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: orNull(bars.volume),
    trades: orNull(bars.trades),
    vwap: orNull(bars.vwap),
    twap: orNull(bars.twap),
  };
}

/** A window that holds nothing any more keeps its place, so that later imports into it build on the correction. */
function emptyChunk(window: number, span: number): EncodedChunk {
  const bytes = encodeColumn(new Float64Array(0));
  return {
    window,
    count: 0,
    first: window * span,
    last: window * span,
    contentHash: '',
    columns: REQUIRED_BAR_COLUMNS.map((name) => ({ name, crc32: crc32(bytes), bytes })),
    levels: [],
  };
}
