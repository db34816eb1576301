import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportCheck, ImportOptions } from '../../shared/contract/schemas.ts';
import type { RejectReason } from '../../shared/import/reject-reason.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { Database } from '../store/database.ts';
import { ImportStore } from '../store/import-store.ts';
import { SeriesStore } from '../store/series-store.ts';
import { type BarEncoder, inlineEncoder } from './bar-encoder.ts';
import { nothingUsable, pickLines, type ReadBars, readBars, worthRemembering } from './reading/read-bars.ts';
import { RejectList } from './reject-list.ts';
import { type Collected, LateBars, SeriesCollector } from './series-collector.ts';
import type { TaskProgress } from './serve-tasks.ts';
import type { ImportInput, PreparedImport } from './tasks.ts';

/** Changes whenever the same file could give other bars; kept with every import. */
export const PARSER_VERSION = '2';

const READING = 0;
const MERGING = 1;

/**
 * Everything of an import but the commit: reads and checks the file, merges it with what the library holds, encodes the
 * windows that change. `library` is a reading connection. Throws AppErrors naming file, line and field; the library is
 * not touched.
 */
export async function prepareImport(
  library: Database,
  input: ImportInput,
  progress: TaskProgress,
  encoder: BarEncoder = inlineEncoder,
): Promise<PreparedImport> {
  const { read, collected, rejects, importId } = await readAndMerge(library, input, progress, encoder);
  // A source on the network knows its files; what it says is no word of the user's.
  const remembered =
    input.source === undefined || input.source === 'file' ? worthRemembering(input.options, read.plan) : null;
  return {
    report: { importId, ...reportOf(input.fileName, { read, collected, rejects }) },
    parserVersion: PARSER_VERSION,
    source: input.source ?? 'file',
    plan: read.plan,
    remember: remembered === null ? null : { fingerprint: read.fingerprint, plan: remembered },
    changes: collected.changes,
    rejectList: rejects.compressed(),
  };
}

/** What an import would say; nothing is encoded. */
export async function checkImport(
  library: Database,
  input: ImportInput,
  progress: TaskProgress,
): Promise<ImportCheck> {
  const done = await readAndMerge(library, input, progress, null);
  const { linesRead, accepted, rejected, stored, replaced, rejects, warnings, series } = reportOf(
    input.fileName,
    done,
  );
  return { linesRead, accepted, rejected, fresh: stored, replaced, rejects, warnings, series };
}

interface Done {
  readonly read: ReadBars;
  readonly collected: Collected;
  readonly rejects: RejectList;
}

function reportOf(fileName: string, { read, collected, rejects }: Done) {
  const { accepted } = collected;
  if (accepted + rejects.count !== read.linesRead) {
    throw new AppError(
      'internal',
      `${read.linesRead} lines of ${fileName} were read, but ${accepted} accepted and ${rejects.count} rejected`,
    );
  }
  return {
    file: fileName,
    fileSha256: read.sha256,
    linesRead: read.linesRead,
    accepted,
    stored: collected.stored,
    unchanged: accepted - collected.stored - collected.replaced,
    replaced: collected.replaced,
    rejected: rejects.count,
    rejects: rejects.groups(),
    warnings: [...read.warnings, ...collected.warnings],
    series: collected.series,
  };
}

async function readAndMerge(
  library: Database,
  input: ImportInput,
  progress: TaskProgress,
  encoder: BarEncoder | null,
): Promise<Done & { readonly importId: string }> {
  refuseBadInterval(input.options);
  const importId = randomUUID();
  try {
    return { importId, ...(await attempt(library, input, { progress, encoder, importId, streams: true })) };
  } catch (thrown) {
    if (!(thrown instanceof LateBars)) throw thrown;
    // The file goes back in time, or its bars turn out to be of another length: all of it is collected first.
    return { importId, ...(await attempt(library, input, { progress, encoder, importId, streams: false })) };
  }
}

interface Attempt {
  readonly progress: TaskProgress;
  readonly encoder: BarEncoder | null;
  readonly importId: string;
  readonly streams: boolean;
}

async function attempt(
  library: Database,
  { path, fileName, options }: ImportInput,
  { progress, encoder, importId, streams }: Attempt,
): Promise<Done> {
  const memory = new ImportStore(library);
  const file = { path, name: fileName };
  const rejects = new RejectList(fileName, options.onError, importId);
  const late = new LateRejects();
  const collector = new SeriesCollector({
    store: new SeriesStore(library),
    encoder,
    conflicts: options.conflicts,
    streams,
    fileName,
    onReject: (line, reason) => {
      if (options.onError === 'fail') throw rejects.failure(line, null, reason, '');
      late.add(line, reason);
    },
  });
  const read = await readBars({
    file,
    options,
    memory,
    rejects,
    table: (interval) => collector.table(interval),
    onRead: (done, total) => progress.report(done, total, READING),
    afterPiece: () => collector.room(),
  });
  const collected = await collector.finish((share) =>
    progress.report(read.bytes * share, read.bytes, MERGING),
  );
  const { lines, reasonOf } = late.sorted();
  let next = 0;
  // Their text is gone by now; files with such lines are read a second time.
  await pickLines({ file, options, memory }, lines, (line, whole) => {
    rejects.add(line, null, reasonOf(next++), whole, whole);
  });
  if (read.linesRead === rejects.count) throw nothingUsable(fileName, read.linesRead, rejects);
  return { read, collected, rejects };
}

const LATE_REASONS = ['duplicate-identical', 'duplicate-conflict', 'conflicts-with-library'] as const;

/** Lines that turned out to be no bars after they had been read, each packed with its reason into one number. */
class LateRejects {
  readonly #packed: number[] = [];

  add(line: number, reason: (typeof LATE_REASONS)[number]): void {
    this.#packed.push(line * LATE_REASONS.length + LATE_REASONS.indexOf(reason));
  }

  sorted(): { lines: Uint32Array; reasonOf: (index: number) => RejectReason } {
    const sorted = Float64Array.from(this.#packed).sort();
    return {
      lines: Uint32Array.from(sorted, (packed) => Math.floor(packed / LATE_REASONS.length)),
      reasonOf: (index) => LATE_REASONS[sorted[index]! % LATE_REASONS.length]!,
    };
  }
}

function refuseBadInterval({ every, plan }: ImportOptions): void {
  const given = every ?? plan.every ?? null;
  if (given === null) return;
  try {
    intervalMilliseconds(given);
  } catch (cause) {
    throw new AppError('bad-request', (cause as RangeError).message, { field: 'every' }, { cause });
  }
}
