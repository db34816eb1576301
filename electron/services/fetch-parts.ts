import { AppError, type ErrorCode, toPlainError } from '../../shared/contract/errors.ts';
import type { FetchProgress, FetchResult, ImportReport } from '../../shared/contract/schemas.ts';
import type { FetchedFile, OpenSource, SourcePart, SourcePlan } from '../sources/source.ts';
import { FetchMeter } from './fetch-meter.ts';
import type { ImportService } from './imports.ts';
import type { Workers } from './workers.ts';

/** Failures of one part that say nothing about the others: the source does not know it; its file is no bars. */
const OF_ONE_FETCH: readonly ErrorCode[] = ['not-found'];
const OF_ONE_IMPORT: readonly ErrorCode[] = ['not-found', 'file-format', 'file-unreadable', 'bad-request'];

export interface FetchPartsOptions {
  readonly plan: SourcePlan;
  readonly open: OpenSource;
  /** Parts fetched at the same time. */
  readonly width: number;
  readonly again: boolean;
  readonly workers: Workers;
  readonly imports: ImportService;
  readonly signal: AbortSignal;
  readonly isPausing: () => boolean;
  readonly onProgress: (progress: FetchProgress) => void;
}

/** Those of the parts that an import in the library came from. */
export async function heldParts<Part extends SourcePart>(
  { readers }: Workers,
  parts: readonly Part[],
): Promise<ReadonlySet<Part>> {
  const origins = await readers.run(
    'heldOrigins',
    parts.flatMap((part) => part.origins),
  );
  const held = new Set(origins);
  return new Set(parts.filter((part) => part.origins.some((origin) => held.has(origin))));
}

/** What became of a part: its file, null where there are no bars, or the error. */
interface Outcome {
  readonly file: FetchedFile | null;
  readonly error: unknown;
}

/** Fetches the parts of a plan some ahead of the import, which takes one after the other. */
export async function fetchParts(options: FetchPartsOptions): Promise<FetchResult> {
  const { plan, open, width, again, workers, imports, onProgress } = options;
  const held = again ? new Set<SourcePart>() : await heldParts(workers, plan.parts);
  const parts = plan.parts.filter((part) => !held.has(part));
  const result: { -readonly [Key in keyof FetchResult]: FetchResult[Key] } = {
    reports: [],
    skipped: held.size,
    empty: [],
    failures: plan.unknown.map(({ subject, error }) => ({ part: subject, error: error.toPlain() })),
  };
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  const progress = new FetchMeter({ parts, held: held.size, isPausing: options.isPausing, onProgress });
  const ahead: { readonly part: SourcePart; readonly outcome: Promise<Outcome> }[] = [];
  /** Of a symbol that the source does not know, one failure is enough. */
  const failed = new Set<string>();
  let next = 0;

  const fetchOne = async (part: SourcePart): Promise<Outcome> => {
    try {
      const onBytes = (bytes: number) => progress.fetched(part, bytes);
      return { file: await open.fetchPart(part, { signal, onBytes }), error: null };
    } catch (error) {
      return { file: null, error };
    }
  };
  const fetchAhead = () => {
    while (ahead.length < width && next < parts.length) {
      const part = parts[next++]!;
      if (failed.has(part.subject)) progress.done();
      else ahead.push({ part, outcome: fetchOne(part) });
    }
  };
  const failure = (part: SourcePart, error: unknown, forgivable: readonly ErrorCode[]) => {
    const plain = toPlainError(error);
    if (options.signal.aborted || !forgivable.includes(plain.code)) throw error;
    if (plain.code === 'not-found') {
      if (!failed.has(part.subject)) result.failures.push({ part: part.subject, error: plain });
      failed.add(part.subject);
    } else result.failures.push({ part: part.name, error: plain });
  };
  const importOne = async (
    part: SourcePart,
    { path, name, origin, options: given, remove, keep }: FetchedFile,
  ) => {
    progress.importing();
    try {
      const conflicts = again ? ({ conflicts: 'replace' } as const) : {};
      const report = await imports.importFile(
        { path, name, source: origin },
        { ...given, ...conflicts },
        { signal },
      );
      result.reports.push(report);
    } catch (error) {
      if (OF_ONE_IMPORT.includes(toPlainError(error).code)) await remove();
      else await keep();
      failure(part, error, OF_ONE_IMPORT);
      return;
    } finally {
      progress.imported();
    }
    await remove();
  };

  try {
    for (fetchAhead(); ahead.length > 0; fetchAhead()) {
      const { part, outcome } = ahead[0]!;
      progress.waitingFor(part);
      const { file, error } = await outcome;
      ahead.shift();
      fetchAhead();
      if (error !== null) failure(part, error, OF_ONE_FETCH);
      else if (file === null) result.empty.push(part.name);
      else await importOne(part, file);
      progress.done();
    }
  } catch (thrown) {
    throw stoppedShort(thrown, result.reports, plan.parts.length, options.signal);
  } finally {
    stop.abort();
    for (const { outcome } of ahead) await (await outcome).file?.keep();
  }
  const first = result.failures[0];
  const isNothingElse = result.reports.length + result.skipped + result.empty.length === 0;
  if (first !== undefined && isNothingElse)
    throw new AppError(first.error.code, first.error.message, first.error.detail);
  return result;
}

/** The failure that ended a fetch, with what it has brought until then. */
function stoppedShort(
  thrown: unknown,
  reports: readonly ImportReport[],
  total: number,
  signal: AbortSignal,
): AppError {
  const { code, message, detail } = toPlainError(thrown);
  const stays = `${reports.length} of ${total} parts were imported and stay; the next fetch goes on there.`;
  if (signal.aborted || code === 'cancelled') return new AppError('cancelled', 'Stopped', { hint: stays });
  if (reports.length === 0)
    return thrown instanceof AppError ? thrown : new AppError(code, message, detail, { cause: thrown });
  return new AppError(code, message, { ...detail, hint: detail.hint ? `${detail.hint} ${stays}` : stays });
}
