import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import { RUN_FILES, type RunFile } from '../../shared/contract/schemas.ts';
import type { App } from '../services/create-app.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes all files of a run into a folder; each appears under its name only when it is complete. */
export async function writeRunFiles(
  app: App,
  runId: string,
  folder: string,
): Promise<Record<RunFile, WrittenFile>> {
  const written: Partial<Record<RunFile, WrittenFile>> = {};
  try {
    await mkdir(folder, { recursive: true });
    for (const name of RUN_FILES) {
      const bytes = await app.workers.readers.run('runFile', { runId, name });
      const path = resolve(join(folder, name));
      await writeFile(`${path}.part`, bytes, { flush: true });
      await rename(`${path}.part`, path);
      written[name] = { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (thrown instanceof AppError || code === undefined) throw thrown;
    throw new AppError('disk', `Cannot write to ${folder}: ${message}`, {
      file: folder,
      hint: 'Choose another folder with --out.',
    });
  }
  return written as Record<RunFile, WrittenFile>;
}
