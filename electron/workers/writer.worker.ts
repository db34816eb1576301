import type { StoredRun } from '../../shared/contract/stored-run.ts';
import { ActionStore } from '../store/action-store.ts';
import { unpackFiles } from '../store/backup-store.ts';
import type { Database } from '../store/database.ts';
import { openWriter } from '../store/database.ts';
import { HealthStore } from '../store/health-store.ts';
import { ImportStore } from '../store/import-store.ts';
import { InstrumentStore } from '../store/instrument-store.ts';
import { JobStore } from '../store/job-store.ts';
import { completeLevels, dropDamagedLevels } from '../store/level-store.ts';
import { RemovalStore } from '../store/removal-store.ts';
import { RunStore } from '../store/run-store.ts';
import { SettingStore } from '../store/setting-store.ts';
import { StorageStore } from '../store/storage-store.ts';
import { explainStoreError, withStoreErrors } from '../store/store-errors.ts';
import { commitActions } from './action-tasks.ts';
import { serveTasks, type TaskProgress, workerSettings } from './serve-tasks.ts';
import type { JobRow, PreparedImport, Removal, WriterTasks } from './tasks.ts';
import { compact, restore } from './upkeep-tasks.ts';

// The one thread that writes to the library.

const { libraryPath } = workerSettings<{ libraryPath: string }>();
/** What waits behind the making of levels (an import, a run to be saved) waits no longer than this. */
const LEVELS_MILLISECONDS = 100;
let library: Database | null = null;

function opened(): Database {
  if (library === null) {
    library = openWriter(libraryPath);
    unpackFiles(library, libraryPath); // where a restore was broken off
  }
  return library;
}

/** A task on the open library. A thread that replaced a lost one opens it again by itself. */
function onLibrary<Input, Output>(task: (library: Database, input: Input, progress: TaskProgress) => Output) {
  return (input: Input, progress: TaskProgress) =>
    withStoreErrors(libraryPath, () => task(opened(), input, progress));
}

serveTasks({
  open: onLibrary(() => undefined),
  commitImport: onLibrary((db, prepared: PreparedImport) => {
    new ImportStore(db).commit(prepared, Date.now());
    return { importId: prepared.report.importId };
  }),
  undoImport: onLibrary((db, { importId }: { importId: string }) => new ImportStore(db).undo(importId)),
  removeSeries: onLibrary((db, { seriesId }: { seriesId: string }) =>
    new ImportStore(db).removeSeries(seriesId),
  ),
  saveRun: onLibrary((db, run: StoredRun) => new RunStore(db).save(run)),
  removeRun: onLibrary((db, { runId }: { runId: string }) => new RunStore(db).remove(runId)),
  putJob: onLibrary((db, job: JobRow) => new JobStore(db).put(job)),
  interruptJobs: onLibrary((db, { owners }: WriterTasks['interruptJobs']['input']) =>
    new JobStore(db).interrupt(owners, Date.now()),
  ),
  forgetJobs: onLibrary((db, { ids }: WriterTasks['forgetJobs']['input']) => new JobStore(db).forget(ids)),
  putRemoval: onLibrary((db, removal: Removal) => new RemovalStore(db).put(removal)),
  dropRemoval: onLibrary((db, { id }: { id: string }) => new RemovalStore(db).drop(id)),
  putAction: onLibrary((db, input: WriterTasks['putAction']['input']) => new ActionStore(db).put(input)),
  removeAction: onLibrary((db, { id }: WriterTasks['removeAction']['input']) =>
    new ActionStore(db).remove(id),
  ),
  commitActions: onLibrary((db, prepared: WriterTasks['commitActions']['input']) =>
    commitActions(new ActionStore(db), prepared),
  ),
  saveHealth: onLibrary((db, records: WriterTasks['saveHealth']['input']) =>
    new HealthStore(db).save(records),
  ),
  reviewSuspect: onLibrary((db, review: WriterTasks['reviewSuspect']['input']) =>
    new HealthStore(db).review(review),
  ),
  completeLevels: onLibrary((db, { after }: WriterTasks['completeLevels']['input']) => {
    const startedAt = performance.now();
    return completeLevels(db, after, () => performance.now() - startedAt > LEVELS_MILLISECONDS);
  }),
  changeInstrument: onLibrary((db, change: WriterTasks['changeInstrument']['input']) =>
    new InstrumentStore(db).change(change),
  ),
  dropDamagedLevels: onLibrary((db) => dropDamagedLevels(db)),
  setStorageLimit: onLibrary((db, { bytes }: WriterTasks['setStorageLimit']['input']) =>
    new StorageStore(db).setLimit(bytes),
  ),
  cleanUp: onLibrary((db, request: WriterTasks['cleanUp']['input']) => new StorageStore(db).cleanUp(request)),
  compact: onLibrary((db, _, progress) => compact(db, progress)),
  restore: onLibrary(async (db, input: WriterTasks['restore']['input'], progress) =>
    restore(db, libraryPath, input, progress).catch((thrown) => {
      throw explainStoreError(thrown, libraryPath);
    }),
  ),
  putSetting: onLibrary((db, { key, value }: WriterTasks['putSetting']['input']) =>
    new SettingStore(db).put(key, value),
  ),
});
