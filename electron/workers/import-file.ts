import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportCheck, ImportOptions } from '../../shared/contract/schemas.ts';
import { BarCsvParser, PARSER_VERSION } from '../../shared/import/bar-csv.ts';
import { detectInterval } from '../../shared/import/detect-interval.ts';
import type { GrowingBars } from '../../shared/import/growing-bars.ts';
import { orderBars } from '../../shared/import/order-bars.ts';
import { describeReject } from '../../shared/import/reject-reason.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { intervalMilliseconds, intervalName } from '../../shared/market/bar-interval.ts';
import type { Database } from '../store/database.ts';
import { SeriesStore, seriesIdOf } from '../store/series-store.ts';
import { mergeSeries } from './merge-series.ts';
import { readTextFile } from './read-text-file.ts';
import { RejectList } from './reject-list.ts';
import type { TaskProgress } from './serve-tasks.ts';
import type { ImportTasks, PreparedImport } from './tasks.ts';

const READING = 0;
const MERGING = 1;
/** Interval of a ticker with a single bar. */
const DEFAULT_INTERVAL = 60_000;
const TICKERS_NAMED = 5;

/**
 * Everything of an import but the commit: reads and checks the file, merges it with what the library holds, encodes the
 * windows that change. `library` is a reading connection. Throws AppErrors naming file, line and field; the library is
 * not touched.
 */
export async function prepareImport(
  library: Database,
  { path, fileName, source = 'file', options }: ImportTasks['prepareImport']['input'],
  progress: TaskProgress,
): Promise<PreparedImport> {
  const interval = givenInterval(options);
  const rejects = new RejectList(fileName, options.onError);
  const parser = new BarCsvParser({ fileName, ...options }, rejects);
  const { sha256, bytes } = await readTextFile(
    { path, name: fileName },
    (done, total) => progress.report(done, total, READING),
    (piece) => parser.push(piece),
  );
  const parsed = parser.finish();
  const warnings = [...parsed.warnings];
  // One read transaction: every series is merged with the same state of the library.
  const merged = library.transaction(() =>
    mergeTickers({ library, fileName, interval, rejects, warnings, tickers: parsed.tickers }, (share) =>
      progress.report(bytes * share, bytes, MERGING),
    ),
  )();
  const accepted = parsed.linesRead - rejects.count;
  if (accepted === 0) throw nothingUsable(fileName, parsed.linesRead, rejects);
  return {
    report: {
      importId: randomUUID(),
      file: fileName,
      fileSha256: sha256,
      linesRead: parsed.linesRead,
      accepted,
      stored: merged.stored,
      unchanged: accepted - merged.stored,
      replaced: 0,
      rejected: rejects.count,
      rejects: rejects.groups(),
      warnings,
      series: merged.series,
    },
    parserVersion: PARSER_VERSION,
    source,
    plan: null,
    remember: null,
    changes: merged.changes,
    rejectList: rejects.compressed(),
  };
}

/** What an import would say, without its chunks. */
export async function checkImport(
  library: Database,
  input: ImportTasks['checkImport']['input'],
  progress: TaskProgress,
): Promise<ImportCheck> {
  const { report } = await prepareImport(library, input, progress);
  const { linesRead, accepted, rejected, stored, replaced, rejects, warnings, series } = report;
  return { linesRead, accepted, rejected, fresh: stored, replaced, rejects, warnings, series };
}

interface Merging {
  readonly library: Database;
  readonly fileName: string;
  readonly interval: number | null;
  readonly rejects: RejectList;
  readonly warnings: string[];
  readonly tickers: Map<string, GrowingBars>;
}

function mergeTickers(merging: Merging, onShare: (share: number) => void) {
  const { tickers, rejects, warnings } = merging;
  const store = new SeriesStore(merging.library);
  const series: PreparedImport['report']['series'] = [];
  const changes: PreparedImport['changes'][number][] = [];
  const sorted: string[] = [];
  let stored = 0;
  const names = [...tickers.keys()].sort();
  names.forEach((ticker, index) => {
    const { bars: collected, lines: allLines } = take(tickers, ticker);
    const { bars, lines, wasOutOfOrder } = orderBars(collected, allLines, (line, isIdentical, of, at) =>
      rejects.addText(
        line,
        isIdentical ? 'duplicate-identical' : 'duplicate-conflict',
        barText(ticker, of, at),
      ),
    );
    if (wasOutOfOrder) sorted.push(ticker);
    if (bars.length === 0) return;
    const interval = intervalOf(ticker, bars.time, merging);
    const every = intervalName(interval);
    const id = seriesIdOf(ticker, every);
    let conflicts = 0;
    const merged = mergeSeries(store, { id, ticker, interval }, bars, (at) => {
      conflicts++;
      rejects.addText(lines[at]!, 'conflicts-with-library', barText(ticker, bars, at));
    });
    stored += merged.stored;
    warnings.push(...merged.warnings);
    if (bars.length > conflicts) {
      const last = bars.time[bars.length - 1]!;
      series.push({ ticker, every, bars: bars.length - conflicts, first: bars.time[0]!, last });
    }
    if (merged.chunks.length > 0) {
      changes.push({ ticker, every, basedOn: store.contentHash(id), chunks: merged.chunks });
    }
    onShare((index + 1) / names.length);
  });
  if (sorted.length > 0) warnings.push(`out-of-order: lines of ${listed(sorted)} were sorted by time`);
  return { series, changes, stored };
}

/** Bars and lines of a ticker, no longer held by the map: memory is given back ticker by ticker. */
function take(tickers: Map<string, GrowingBars>, ticker: string) {
  const collected = tickers.get(ticker)!;
  tickers.delete(ticker);
  return { bars: collected.view(), lines: collected.lines.subarray(0, collected.length) };
}

function intervalOf(
  ticker: string,
  time: Float64Array,
  { interval: given, fileName, warnings }: Merging,
): number {
  const detected = detectInterval(time, given);
  const interval = detected.interval ?? DEFAULT_INTERVAL;
  if (interval % 1000 !== 0) {
    throw new AppError(
      'file-format',
      `Bars of ${ticker} follow each other after ${interval} ms: ticks are not supported`,
      {
        file: fileName,
        field: 'bucket',
        hint: 'Import bars of a second or longer, or name their interval with the import.',
      },
    );
  }
  if (detected.closer > 0) {
    warnings.push(
      `closer-than-interval: ${detected.closer} bars of ${ticker} begin before the ${intervalName(interval)} bar ahead of them ends`,
    );
  }
  return interval;
}

function givenInterval({ every }: ImportOptions): number | null {
  if (every === null) return null;
  try {
    return intervalMilliseconds(every);
  } catch (cause) {
    throw new AppError('bad-request', (cause as RangeError).message, { field: 'every' }, { cause });
  }
}

const listed = (tickers: readonly string[]) =>
  tickers.length <= TICKERS_NAMED
    ? tickers.join(', ')
    : `${tickers.slice(0, TICKERS_NAMED).join(', ')} and ${tickers.length - TICKERS_NAMED} more`;

/** A bar in the file schema, for lines that are known only after sorting. */
function barText(ticker: string, bars: BarColumns, index: number): string {
  const time = new Date(bars.time[index]!).toISOString().replace('T', ' ').replace('.000Z', '');
  const value = (column: Float64Array | null) => {
    const number = column?.[index] ?? Number.NaN;
    return Number.isNaN(number) ? '' : String(number);
  };
  const { trades, open, high, low, close, volume, vwap, twap } = bars;
  return [time, ticker, ...[trades, open, high, low, close, volume, vwap, twap].map(value)].join(',');
}

function nothingUsable(fileName: string, linesRead: number, rejects: RejectList): AppError {
  const groups = rejects.groups();
  const main = groups[0]!;
  const example = main.examples[0]!;
  const counts = groups.map(({ reason, count }) => `${count} × ${describeReject(reason)}`).join('; ');
  return new AppError('file-format', `None of the ${linesRead} lines can be imported: ${counts}`, {
    file: fileName,
    line: example.line,
    ...(example.column === null ? {} : { field: example.column }),
    hint: `The first of them reads: ${example.text}`,
  });
}
