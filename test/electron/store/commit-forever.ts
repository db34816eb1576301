import { randomUUID } from 'node:crypto';
import { openReader, openWriter } from '../../../electron/store/database.ts';
import { ImportStore } from '../../../electron/store/import-store.ts';
import { prepareImport } from '../../../electron/workers/import-file.ts';
import { TaskProgress } from '../../../electron/workers/serve-tasks.ts';
import { ImportOptionsSchema } from '../../../shared/contract/schemas.ts';

// A child process for the kill test: prepares an import, says so, then commits and undoes it until it is killed.

const [libraryPath = '', path = ''] = process.argv.slice(2);
const imports = new ImportStore(openWriter(libraryPath));
const reader = openReader(libraryPath);
const progress = new TaskProgress(new SharedArrayBuffer(TaskProgress.BYTES));
const input = { path, fileName: 'bars.csv', options: ImportOptionsSchema.parse({}) };

const prepared = await prepareImport(reader, input, progress);
process.stdout.write('ready\n');
for (;;) {
  const importId = randomUUID();
  imports.commit({ ...prepared, report: { ...prepared.report, importId } }, 1);
  imports.undo(importId);
}
