import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/contract/errors.ts';

/** Text of a file the user named. Throws file-unreadable. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

/** The same at once, while options are read. */
export function readTextSync(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

function unreadable(path: string, thrown: unknown): AppError {
  const { code, message } = thrown as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'There is no such file' : message;
  return new AppError('file-unreadable', why, { file: path, hint: 'Check the path.' });
}

/** A JSON file the user named. Throws file-unreadable or file-format with the parser's words. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new AppError('file-format', `Not a JSON file: ${(thrown as Error).message}`, { file: path });
  }
}
