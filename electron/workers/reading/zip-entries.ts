import { crc32 } from 'node:zlib';
import yauzl from 'yauzl'; // reads zip by its central directory, streams entries, checks sizes: MIT
import { AppError } from '../../../shared/contract/errors.ts';
import type { Pieces } from './pieces.ts';
import { refuseSwelling } from './pieces.ts';

const MOST_ENTRIES = 100_000;
const WORKBOOK = '[Content_Types].xml';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  read(): Pieces;
}

/** The files of a zip archive by name, read one at a time. `close` lets go of the archive. */
export async function openZip(
  path: string,
  name: string,
): Promise<{ entries: ZipEntry[]; close: () => void }> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch((cause: Error) => {
    throw damaged(name, cause);
  });
  try {
    const found: yauzl.Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      if (found.length === MOST_ENTRIES) throw tooMany(name);
      if (entry.fileName === WORKBOOK) throw workbook(name);
      if (isFile(entry.fileName)) found.push(entry);
    }
    const entries = found
      .map((entry) => ({
        name: entry.fileName,
        bytes: entry.uncompressedSize,
        read: () => piecesOf(zip, entry, name),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return { entries, close: () => zip.close() };
  } catch (thrown) {
    zip.close();
    throw thrown instanceof AppError ? thrown : damaged(name, thrown as Error);
  }
}

/** Folders, and what the Mac and other systems put beside files, are none. */
export const isFile = (path: string) =>
  !path.endsWith('/') && !path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

async function* piecesOf(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  name: string,
): AsyncGenerator<Uint8Array, void, void> {
  if (entry.isEncrypted()) {
    throw new AppError('file-unreadable', `${entry.fileName} in the archive is encrypted`, {
      file: name,
      hint: 'Unpack it with its password and import what is inside.',
    });
  }
  let check = 0;
  let bytes = 0;
  try {
    for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      check = crc32(piece, check);
      bytes += piece.length;
      refuseSwelling(entry.compressedSize, bytes, name);
      yield piece;
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : damaged(name, cause as Error);
  }
  if (check !== entry.crc32) throw damaged(name, new Error(`the checksum of ${entry.fileName} is wrong`));
}

const damaged = (name: string, cause: Error) =>
  new AppError(
    'file-unreadable',
    `The zip archive is damaged or cut short (${cause.message}); nothing was imported`,
    { file: name, hint: 'Download it again.' },
    { cause },
  );

const tooMany = (name: string) =>
  new AppError('file-format', `The archive holds more than ${MOST_ENTRIES} files`, {
    file: name,
    hint: 'Unpack it and import the folder.',
  });

const workbook = (name: string) =>
  new AppError('file-format', 'This is an Excel workbook', {
    file: name,
    hint: 'Save the sheet as CSV and import that.',
  });
