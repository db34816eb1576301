import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { ManifestSchema, type Reproduction } from '../../../shared/contract/schemas.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, progressLine } from '../output.ts';
import { readJson } from '../read-file.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';

export const REPRODUCE_OPTIONS = {} as const;

/**
 * Runs a manifest again and compares the hashes of all results. When they differ, the files beside the manifest tell
 * where. Exit code 1 unless identical.
 */
export async function reproduce(invocation: Invocation): Promise<void> {
  const { words, json, signal } = invocation;
  const [path] = words;
  if (path === undefined || words.length > 1)
    throw new UsageError('hindsight reproduce takes one manifest.json.');
  const parsed = ManifestSchema.safeParse(await readJson(path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError(
      'file-format',
      `Not a manifest of Hindsight: ${issue.path.join('.')} ${issue.message}`,
      { file: path },
    );
  }
  await withApp(invocation, 'terminal', async (app) => {
    const progress = progressLine('reproduce');
    const again = await app.runs.rerun(parsed.data, { onProgress: progress.update, signal });
    const folder = dirname(path);
    const outcome: Reproduction = await app.workers.readers.run('compareWithFiles', {
      expected: parsed.data.results,
      folder: (await exists(join(folder, 'trades.csv'))) ? folder : null,
      again,
    });
    progress.end();
    if (json) printJson(outcome);
    else if (outcome.identical) print('identical');
    if (!outcome.identical) throw differenceError(outcome, path);
  });
}

function differenceError({ difference }: Reproduction, path: string): AppError {
  if (difference === null)
    return new AppError('data-changed', 'The results differ from the manifest’s hashes', { file: path });
  const { file, line, expected, actual } = difference;
  return new AppError('data-changed', `first difference: expected "${expected}", now "${actual}"`, {
    file,
    line,
  });
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
