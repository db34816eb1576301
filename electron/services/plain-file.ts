import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';

/** Writes a file wholly or not at all: whoever reads it meets the old text or the new one. Throws disk. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, text, { flush: true });
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => {});
    throw new AppError('disk', `Cannot write ${path}: ${(thrown as Error).message}`, {
      file: path,
      hint: 'Free some space, or correct the permissions of the folder.',
    });
  }
}

/** Puts a file that cannot be read out of the way, as `NAME.broken`; the path it has now. */
export async function keepAside(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = `${path}.broken${number === 1 ? '' : `-${number}`}`;
    const exists = await stat(aside).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await rename(path, aside);
    return aside;
  }
}
