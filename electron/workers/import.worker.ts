import { type Database, openReader } from '../store/database.ts';
import { explainStoreError } from '../store/store-errors.ts';
import { ThreadEncoder } from './bar-encoder.ts';
import { checkImport, prepareImport } from './import-file.ts';
import { preparedBuffers } from './prepared-buffers.ts';
import { serveTasks, type TaskProgress, Transferred, workerSettings } from './serve-tasks.ts';
import type { ImportTasks } from './tasks.ts';
import { writeSample } from './write-sample.ts';

// Reads, checks and encodes files; the writer stores what comes out.

const { libraryPath } = workerSettings<{ libraryPath: string }>();
let library: Database | null = null;
let encoder: ThreadEncoder | null = null;

serveTasks({
  prepareImport: async (input: ImportTasks['prepareImport']['input'], progress: TaskProgress) => {
    library ??= openReader(libraryPath);
    encoder ??= new ThreadEncoder();
    const prepared = await prepareImport(library, input, progress, encoder).catch((thrown) => {
      encoder?.close(); // what it still holds belongs to an import that is none
      encoder = null;
      throw explainStoreError(thrown, libraryPath);
    });
    return new Transferred(prepared, preparedBuffers(prepared));
  },
  checkImport: (input: ImportTasks['checkImport']['input'], progress: TaskProgress) => {
    library ??= openReader(libraryPath);
    return checkImport(library, input, progress).catch((thrown) => {
      throw explainStoreError(thrown, libraryPath);
    });
  },
  writeSample,
});
