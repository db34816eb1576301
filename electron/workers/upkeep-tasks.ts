import { statSync } from 'node:fs';
import type { IntegrityReport, RestoreReport, StorageReport } from '../../shared/contract/schemas.ts';
import type { ActionStore } from '../store/action-store.ts';
import { unpackFiles, writeBackup } from '../store/backup-store.ts';
import { type Database, libraryFile } from '../store/database.ts';
import type { SeriesStore } from '../store/series-store.ts';
import { StorageStore } from '../store/storage-store.ts';
import { checkIntegrity } from './check-integrity.ts';
import { exportBars, type OpenSink } from './export-bars.ts';
import { restoreLibrary } from './restore-library.ts';
import type { TaskProgress } from './serve-tasks.ts';
import type { LongReaderTasks, WriterTasks } from './tasks.ts';

// Tasks on the library as a whole, for readers and the writer. Stages are indexes into MAINTENANCE_STAGES.

const CHECKING = 0;
const WRITING = 1;
const COMPACTING = 2;

export function storageReport(db: Database, libraryPath: string): StorageReport {
  const log = statSync(`${libraryFile(libraryPath)}-wal`, { throwIfNoEntry: false });
  return new StorageStore(db).report(log?.size ?? 0);
}

export function integrityReport(db: Database, progress: TaskProgress): IntegrityReport {
  return checkIntegrity(db, (done, total) => progress.report(done, total, CHECKING));
}

export function backupLibrary(
  libraryPath: string,
  { path }: LongReaderTasks['backup']['input'],
  progress: TaskProgress,
): Promise<{ bytes: number }> {
  return writeBackup(libraryPath, path, Date.now(), (done, total) => progress.report(done, total, WRITING));
}

export function exportLibraryBars(
  stores: { readonly series: SeriesStore; readonly actions: ActionStore },
  input: LongReaderTasks['exportBars']['input'],
  sink: OpenSink,
  progress: TaskProgress,
): LongReaderTasks['exportBars']['output'] {
  return exportBars(stores, input, sink, (done, total) => progress.report(done, total, WRITING));
}

export function compact(db: Database, progress: TaskProgress): WriterTasks['compact']['output'] {
  return new StorageStore(db).compact((done, total) => progress.report(done, total, COMPACTING));
}

/** `reopen` opens the library again, in today's version. */
export async function restore(
  db: Database,
  libraryPath: string,
  input: WriterTasks['restore']['input'],
  progress: TaskProgress,
): Promise<RestoreReport> {
  const report = await restoreLibrary(db, libraryPath, input, progress);
  return { ...report, strategies: unpackFiles(db, libraryPath) };
}
