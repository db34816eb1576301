import { calendarOf } from '../../shared/calendar/calendars.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { ExportBars } from '../../shared/contract/schemas.ts';
import { instantsOf } from '../../shared/market/action-time.ts';
import { adjustBars } from '../../shared/market/adjust-bars.ts';
import { type BarColumns, lowerBound, sliceBars } from '../../shared/market/bar.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import { resampleAll } from '../../shared/market/resample.ts';
import { parseResampleRule, requireFitting } from '../../shared/market/resample-rule.ts';
import { firstInstant, instantAfter } from '../../shared/market/time-range.ts';
import type { BarSink } from '../export/bar-sink.ts';
import { CsvBars } from '../export/bars-csv.ts';
import type { ActionStore } from '../store/action-store.ts';
import type { SeriesStore } from '../store/series-store.ts';
import { loadSeries } from './load-series.ts';
import { barsOf } from './series-handle.ts';
import type { LongReaderTasks } from './tasks.ts';

const DAY = 86_400_000;
const PIECE_BARS = 16_384;

type Range = { readonly start: number; readonly end: number };
type OnProgress = (done: number, total: number) => void;
export type OpenSink = (path: string, ticker: string) => BarSink;

/** Opens files of a format. The writer of Parquet is not worth its loading time until someone asks for it. */
export async function sinkFor(format: ExportBars['format']): Promise<OpenSink> {
  if (format !== 'parquet') return (path, ticker) => new CsvBars(path, ticker, format === 'csv.gz');
  const { ParquetBars } = await import('../export/bars-parquet.ts');
  return (path, ticker) => new ParquetBars(path, ticker);
}

/**
 * Writes bars to a new file at `path`. The series' own bars go through chunk by chunk; adjusted and longer ones are made of
 * the whole series first, so that neither depends on the range. Throws data-missing where the range is empty, bad-request
 * for lengths that the bars do not fit.
 */
export function exportBars(
  { series, actions }: { readonly series: SeriesStore; readonly actions: ActionStore },
  { request, calendar, path }: LongReaderTasks['exportBars']['input'],
  openSink: OpenSink,
  onProgress: OnProgress,
): { bars: number; bytes: number } {
  const { ticker } = series.get(request.seriesId);
  const range = rangeOf(request);
  const sink = openSink(path, ticker);
  try {
    const pieces =
      request.every === null && request.view === 'raw'
        ? storedBars(series, request.seriesId, range, onProgress)
        : computedBars(series, actions, request, calendar, range, onProgress);
    let bars = 0;
    for (const piece of pieces) {
      sink.write(piece);
      bars += piece.length;
    }
    if (bars === 0) {
      throw new AppError('data-missing', `There are no bars of ${ticker} in this range`, {
        field: 'from',
        hint: 'Choose a longer range.',
      });
    }
    return { bars, bytes: sink.finish() };
  } finally {
    sink.close();
  }
}

function* storedBars(
  store: SeriesStore,
  seriesId: string,
  { start, end }: Range,
  onProgress: OnProgress,
): Generator<BarColumns> {
  const { ticker, storedBytes } = store.get(seriesId);
  const chunks = store.chunks(seriesId).filter(({ first, last }) => last >= start && first < end);
  for (const [index, chunk] of chunks.entries()) {
    yield inRange(store.decode(ticker, chunk), { start, end });
    onProgress((storedBytes * (index + 1)) / chunks.length, storedBytes);
  }
}

function* computedBars(
  store: SeriesStore,
  actions: ActionStore,
  { seriesId, every, view }: ExportBars,
  calendar: string | null,
  range: Range,
  onProgress: OnProgress,
): Generator<BarColumns> {
  const { ticker, every: own, storedBytes } = store.get(seriesId);
  const interval = intervalMilliseconds(own);
  const table = calendar === null ? null : calendarOf(calendar).table;
  const known = instantsOf(actions.list(ticker), interval, table?.offsetAt ?? null);
  const raw = barsOf(loadSeries(store, seriesId));
  const adjusted = adjustBars(raw, known, view);
  const bars = inRange(every === null ? adjusted : longer(adjusted, every, interval, table), range);
  for (let from = 0; from < bars.length; from += PIECE_BARS) {
    const to = Math.min(from + PIECE_BARS, bars.length);
    yield sliceBars(bars, from, to);
    onProgress((storedBytes * to) / bars.length, storedBytes);
  }
}

function longer(
  bars: BarColumns,
  every: string,
  interval: number,
  sessions: ReturnType<typeof calendarOf>['table'] | null,
): BarColumns {
  try {
    const rule = parseResampleRule(every);
    requireFitting(rule, interval);
    const session =
      sessions === null
        ? { end: DAY, offsetAt: () => 0 }
        : { end: DAY, offsetAt: sessions.offsetAt, sessions };
    return resampleAll(bars, rule, { interval, session }).bars;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new AppError('bad-request', thrown.message, { field: 'every' }, { cause: thrown });
  }
}

function rangeOf({ from, to }: ExportBars): Range {
  try {
    return {
      start: from === null ? Number.NEGATIVE_INFINITY : firstInstant(from),
      end: to === null ? Number.POSITIVE_INFINITY : instantAfter(to),
    };
  } catch (thrown) {
    throw new AppError('bad-request', (thrown as RangeError).message, {
      field: 'from',
      hint: 'Write dates as 2024-07-01.',
    });
  }
}

function inRange(bars: BarColumns, { start, end }: Range): BarColumns {
  const from = lowerBound(bars.time, start);
  const to = lowerBound(bars.time, end);
  return from === 0 && to === bars.length ? bars : sliceBars(bars, from, Math.max(from, to));
}
