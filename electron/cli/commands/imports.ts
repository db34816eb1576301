import { AppError } from '../../../shared/contract/errors.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { minuteText, print, printJson, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';

/** All imports, newest first. */
export async function imports(app: App, { json }: Invocation): Promise<void> {
  const all = await app.imports.list();
  if (json) return printJson({ imports: all });
  if (all.length === 0) return print('Nothing was imported yet.');
  print(
    table(
      ['import', 'at', 'file', 'layout', 'read', 'accepted', 'rejected', 'stored', 'series', ''],
      all.map((one) => [
        one.importId,
        minuteText(one.importedAt),
        one.file,
        one.plan?.layout ?? '',
        one.linesRead,
        one.accepted,
        one.rejected,
        one.stored,
        one.series
          .slice(0, 3)
          .map(({ ticker, every }) => `${ticker} ${every}`)
          .join(', ') + (one.series.length > 3 ? ` and ${one.series.length - 3} more` : ''),
        one.undone ? 'undone' : '',
      ]),
    ),
  );
}

/** The rejected lines of an import, on standard output: mended, they are imported like the file they come from. */
export async function rejects(app: App, { words, json }: Invocation): Promise<void> {
  const [importId] = words;
  if (importId === undefined)
    throw new UsageError('hindsight data rejects needs the id of an import (see data imports).');
  if (json) throw new UsageError('Rejected lines are CSV: leave --json out.');
  const list = await app.workers.readers.run('rejectList', { importId });
  if (list.length === 0) {
    throw new AppError('not-found', `The rejected lines of import ${importId} were cleaned up`, {
      hint: 'Import the file again to have them listed anew.',
    });
  }
  process.stdout.write(list);
}
