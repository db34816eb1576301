import { gunzipSync } from 'node:zlib';
import { toPlainError } from '../../shared/contract/errors.ts';
import type { Damage, IntegrityReport } from '../../shared/contract/schemas.ts';
import type { Database } from '../store/database.ts';
import { RESULT_PARTS, RunStore } from '../store/run-store.ts';
import { rangeText, SeriesStore, type StoredChunk, seriesIdOf } from '../store/series-store.ts';
import { hashBars } from './hash-bars.ts';

const MOST_DAMAGES = 1_000;
const STRUCTURE_MESSAGES = 20;
const RESTORE = 'Restore the library from a backup.';

interface CheckedChunk extends StoredChunk {
  readonly ticker: string;
  readonly every: string;
  readonly contentHash: string;
  readonly isLive: number;
  readonly bytes: number;
}

/**
 * Reads everything that is stored against its checksum: the structure of the file, every chunk (its bars too against their
 * content hash), every level of detail, every run, every list of rejected lines. `onProgress` counts bytes of bars.
 */
export function checkIntegrity(
  db: Database,
  onProgress: (done: number, total: number) => void,
): IntegrityReport {
  const damages: Damage[] = [];
  const found = (damage: NewDamage) => {
    if (damages.length < MOST_DAMAGES)
      damages.push({ ticker: null, every: null, from: null, to: null, files: [], ...damage });
  };
  checkStructure(db, found);
  checkSeries(db, found);
  const checkedChunks = checkChunks(db, found, onProgress);
  const checkedRuns = checkRuns(db, found);
  checkRejectLists(db, found);
  return { checkedChunks, checkedRuns, damages };
}

type NewDamage = Partial<Damage> & Pick<Damage, 'kind' | 'what' | 'hint'>;
type Found = (damage: NewDamage) => void;

function checkStructure(db: Database, found: Found): void {
  const messages = attempt(
    () => db.pragma(`integrity_check(${STRUCTURE_MESSAGES})`) as { integrity_check: string }[],
    (message) => [{ integrity_check: message }],
  );
  for (const { integrity_check: message } of messages) {
    if (message !== 'ok')
      found({ kind: 'structure', what: `structure of the file: ${message}`, hint: RESTORE });
  }
}

/** Whether the row of each series says what its chunks say. Its name is hashed into its id. */
function checkSeries(db: Database, found: Found): void {
  const store = new SeriesStore(db);
  const all = attempt(
    () => store.list(),
    (message) => {
      found({ kind: 'structure', what: `list of series: ${message}`, hint: RESTORE });
      return [];
    },
  );
  for (const series of all) {
    const { id, ticker, every } = series;
    const problem = attempt(
      () => {
        const sum = store.sumOf(id);
        const fits =
          seriesIdOf(ticker, every) === id &&
          sum !== null &&
          (['bars', 'first', 'last', 'contentHash'] as const).every((field) => sum[field] === series[field]);
        return fits ? null : 'does not fit its chunks';
      },
      (message) => message,
    );
    if (problem === null) continue;
    found({ kind: 'structure', what: `row of ${ticker} ${every}: ${problem}`, ticker, every, hint: RESTORE });
  }
}

function checkChunks(db: Database, found: Found, onProgress: (done: number, total: number) => void): number {
  const store = new SeriesStore(db);
  const chunks = attempt(
    () =>
      db
        .prepare<[], CheckedChunk>(
          `SELECT c.id, c.time_window AS window, c.count, c.first, c.last, c.content_hash AS contentHash,
            c.replaced_by IS NULL AS isLive, c.stored_bytes AS bytes, s.ticker, s.every
          FROM chunk c JOIN series s ON s.id = c.series_id
          WHERE c.replaced_by IS NULL OR EXISTS (SELECT 1 FROM chunk_column x WHERE x.chunk = c.id)
          ORDER BY c.id`,
        )
        .all(),
    (message) => {
      found({ kind: 'structure', what: `list of chunks: ${message}`, hint: RESTORE });
      return [];
    },
  );
  const total = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const chunk of chunks) {
    const problem = attempt(
      () => problemOf(store, chunk),
      (message) => message,
    );
    if (problem !== null) found(describe(store, chunk, problem));
    done += chunk.bytes;
    onProgress(done, total);
  }
  return chunks.length;
}

/** What is wrong with a chunk, in words; null where all is well. */
function problemOf(store: SeriesStore, chunk: CheckedChunk): string | null {
  const { columns, damaged } = store.decodeSound(chunk);
  if (damaged.length > 0) return `column ${damaged.join(', ')}`;
  const { time, length } = columns;
  if (length === 0) return null; // all its bars were taken out
  const fits = time[0] === chunk.first && time[length - 1] === chunk.last;
  if (!fits || hashBars(columns) !== chunk.contentHash) return 'content';
  return store.hasDamagedLevel(chunk) ? LEVELS : null;
}
const LEVELS = 'levels of detail';

function describe(store: SeriesStore, chunk: CheckedChunk, problem: string): Damage {
  const { ticker, every, first, last, isLive } = chunk;
  const files = attempt(
    () => store.filesOf(chunk),
    () => [],
  );
  const place = { ticker, every, from: first, to: last };
  const what = `${problem} of ${ticker} ${every}, ${rangeText(chunk)}`;
  if (isLive === 0) {
    return {
      ...place,
      kind: 'history',
      what: `${what}, of before a later import`,
      files: [],
      hint: 'Only undo would need it: drop it with a clean-up.',
    };
  }
  const again = files.length === 0 ? 'a file with these bars' : files.join(', ');
  const kind = problem === LEVELS ? 'levels' : 'bars';
  return { ...place, kind, what, files, hint: `Import ${again} again: that repairs it.` };
}

function checkRuns(db: Database, found: Found): number {
  const runs = new RunStore(db);
  const ids = attempt(
    () => db.prepare<[], string>('SELECT id FROM run ORDER BY created_at').pluck().all(),
    (message) => {
      found({ kind: 'structure', what: `list of runs: ${message}`, hint: RESTORE });
      return [];
    },
  );
  for (const id of ids) {
    for (const part of ['description', ...RESULT_PARTS] as const) {
      const problem = attempt(
        () => {
          if (part === 'description') {
            runs.detail(id);
            runs.head(id);
          } else {
            runs.columns(id, part);
          }
          return null;
        },
        (message) => message,
      );
      if (problem === null) continue;
      found({
        kind: 'run',
        what: `${part} of run ${id}: ${problem}`,
        hint: part === 'description' ? 'Remove the run.' : 'Run it again from its manifest, then remove it.',
      });
    }
  }
  return ids.length;
}

function checkRejectLists(db: Database, found: Found): void {
  const list = db.prepare<[number], Uint8Array>('SELECT reject_list FROM import WHERE number = ?').pluck();
  const imports = attempt(
    () =>
      db
        .prepare<[], { number: number; id: string; file: string }>(
          'SELECT number, id, file FROM import WHERE length(reject_list) > 0',
        )
        .all(),
    () => [], // the structure's own messages say why
  );
  for (const { number, id, file } of imports) {
    const problem = attempt(
      () => {
        gunzipSync(list.get(number)!);
        return null;
      },
      (message) => message,
    );
    if (problem === null) continue;
    found({
      kind: 'rejected-lines',
      what: `rejected lines of import ${id} of ${file}: ${problem}`,
      hint: 'Nothing but this list is lost; a clean-up drops it.',
    });
  }
}

/** Damage is a finding here, not a failure. */
function attempt<T>(work: () => T, otherwise: (message: string) => T): T {
  try {
    return work();
  } catch (thrown) {
    return otherwise(toPlainError(thrown).message);
  }
}
