import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import type { RestoreReport } from '../../shared/contract/schemas.ts';
import { backupFiles, backupMadeAt, restorePages } from '../store/backup-store.ts';
import { type Database, isInterchangeable, makeInterchangeable, openBackup } from '../store/database.ts';
import { checkIntegrity } from './check-integrity.ts';
import type { TaskProgress } from './serve-tasks.ts';

const CHECKING = 0;
const RESTORING = 3;

/**
 * Puts a backup in the place of the library that `library` is open on, after checking all of it. The user's files are
 * still in its tables then (store/backup-store.ts unpacks them). Throws bad-request where the library holds anything
 * and `replace` does not allow it, file-format, library-newer, library-damaged.
 */
export async function restoreLibrary(
  library: Database,
  libraryPath: string,
  { path, replace }: { readonly path: string; readonly replace: boolean },
  progress: TaskProgress,
): Promise<Omit<RestoreReport, 'strategies'>> {
  const isReady = await withBackup(path, async (backup) => {
    if (!replace) refuseOverwriting(library, libraryPath);
    return isInterchangeable(backup, library);
  });
  if (isReady) return withBackup(path, (backup) => putInPlace(backup, path, libraryPath, progress));
  // A copy: the backup of an earlier version stays as it is. What a killed process leaves there is removed one day.
  const folder = join(libraryPath, 'uploads');
  const copy = join(folder, randomUUID());
  try {
    copyTo(folder, path, copy);
    return await withBackup(copy, (backup) => {
      makeInterchangeable(backup, library, path);
      return putInPlace(backup, path, libraryPath, progress);
    });
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copy + suffix, { force: true });
  }
}

async function withBackup<T>(path: string, work: (backup: Database) => Promise<T>): Promise<T> {
  const backup = openBackup(path);
  try {
    return await work(backup);
  } finally {
    backup.close();
  }
}

function copyTo(folder: string, path: string, copy: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    copyFileSync(path, copy);
  } catch (cause) {
    throw new AppError(
      'disk',
      `The backup cannot be unpacked to ${folder}: ${(cause as Error).message}`,
      { file: folder, hint: 'Free some space; the library is as it was before.' },
      { cause },
    );
  }
}

async function putInPlace(
  backup: Database,
  path: string,
  libraryPath: string,
  progress: TaskProgress,
): Promise<Omit<RestoreReport, 'strategies'>> {
  const { damages } = checkIntegrity(backup, (done, total) => progress.report(done, total, CHECKING));
  const [first] = damages;
  if (first !== undefined) {
    throw new AppError('library-damaged', `The backup is damaged: ${first.what}`, {
      file: path,
      hint: `${damages.length === 1 ? '' : `There are ${damages.length - 1} more. `}Restore an earlier backup.`,
    });
  }
  const madeAt = backupMadeAt(backup);
  if (madeAt !== null) backupFiles(backup); // throws where one is damaged
  const count = (sql: string) => (backup.prepare(sql).pluck().get() as number | null) ?? 0;
  const report = {
    madeAt: madeAt ?? statSync(path).mtimeMs,
    series: count('SELECT count(*) FROM series'),
    bars: count('SELECT sum(bars) FROM series'),
    runs: count('SELECT count(*) FROM run'),
  };
  await restorePages(backup, libraryPath, (done, total) => progress.report(done, total, RESTORING));
  return report;
}

function refuseOverwriting(library: Database, libraryPath: string): void {
  const count = (table: string) => library.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const strategies = join(libraryPath, 'strategies');
  const held = [
    [count('series'), 'series', 'series'],
    [count('run'), 'run', 'runs'],
    [existsSync(strategies) ? readdirSync(strategies).length : 0, 'strategy', 'strategies'],
  ] as const;
  const parts = held.flatMap(([number, one, many]) =>
    number === 0 ? [] : `${number} ${number === 1 ? one : many}`,
  );
  if (parts.length === 0) return;
  throw new AppError('bad-request', `The library holds ${parts.join(', ')}, which the backup would replace`, {
    field: 'replace',
    hint: 'Back it up first, then say that it may be replaced; or restore into an empty library.',
  });
}
