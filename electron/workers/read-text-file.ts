import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../shared/contract/errors.ts';
import { type Container, containerOf, encodingOf } from '../../shared/import/file-kind.ts';

const READ_BYTES = 1024 * 1024;
const UNPACKED_BYTES = 256 * 1024;

export interface TextFile {
  readonly path: string;
  /** For messages. */
  readonly name: string;
}

/**
 * Streams a text file as UTF-8 bytes, piece by piece: gzip is unpacked (bytes tell, not the name), UTF-16 transcoded.
 * `onRead` gets the bytes read of the file so far and its size. Returns the SHA-256 of the file as it lies on disk.
 * Throws file-unreadable (missing, no permission, truncated or damaged gzip) or file-format (zip, zstd, Parquet).
 */
export async function readTextFile(
  file: TextFile,
  onRead: (done: number, total: number) => void,
  consume: (bytes: Uint8Array) => void,
): Promise<{ sha256: string; bytes: number }> {
  const handle = await open(file.path).catch((cause) => {
    throw unreadable(file, cause);
  });
  try {
    return await stream(handle, file, onRead, consume);
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : unreadable(file, thrown);
  } finally {
    await handle.close();
  }
}

async function stream(
  handle: FileHandle,
  file: TextFile,
  onRead: (done: number, total: number) => void,
  consume: (bytes: Uint8Array) => void,
) {
  const stat = await handle.stat();
  if (!stat.isFile()) throw unreadable(file, new Error('it is not a file'));
  const { buffer, bytesRead } = await handle.read(new Uint8Array(16), 0, 16, 0);
  const container = containerOf(buffer.subarray(0, bytesRead));
  refuseContainer(container, file);
  const hash = createHash('sha256');
  let done = 0;
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const piece of source) {
      hash.update(piece);
      done += piece.length;
      onRead(done, stat.size);
      yield piece;
    }
  }
  const toUtf8 = utf8Consumer(consume);
  async function sink(source: AsyncIterable<Buffer>) {
    for await (const piece of source) toUtf8(piece);
  }
  const source = handle.createReadStream({ start: 0, highWaterMark: READ_BYTES, autoClose: false });
  if (container === 'gzip')
    await pipeline(source, counted, createGunzip({ chunkSize: UNPACKED_BYTES }), sink);
  else await pipeline(source, counted, sink);
  return { sha256: hash.digest('hex'), bytes: done };
}

/** Decides by the first piece whether the text must be transcoded. */
function utf8Consumer(consume: (bytes: Uint8Array) => void): (piece: Buffer) => void {
  let decoder: InstanceType<typeof TextDecoder> | null | undefined;
  return (piece) => {
    if (decoder === undefined) {
      const { encoding } = encodingOf(piece);
      decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
    }
    consume(decoder === null ? piece : Buffer.from(decoder.decode(piece, { stream: true })));
  };
}

const UNSUPPORTED: Partial<Record<Container, { message: string; hint: string }>> = {
  zip: { message: 'Zip archives are not supported', hint: 'Unpack it and import the CSV file inside.' },
  zstd: { message: 'Zstandard files are not supported', hint: 'Unpack it, or compress it with gzip.' },
  parquet: { message: 'Parquet is not supported', hint: 'Export the bars as CSV.' },
};

function refuseContainer(container: Container, file: TextFile): void {
  const refusal = UNSUPPORTED[container];
  if (refusal !== undefined) {
    throw new AppError('file-format', refusal.message, { file: file.name, hint: refusal.hint });
  }
}

function unreadable(file: TextFile, cause: unknown): AppError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const [what, hint] =
    code === 'ENOENT'
      ? ['There is no such file', 'Check the name and the folder.']
      : code === 'EACCES' || code === 'EPERM'
        ? ['You may not read this file', 'Change its permissions, or copy it.']
        : code === 'Z_BUF_ERROR'
          ? ['The gzip file is cut short; nothing was imported', 'Download it again.']
          : code?.startsWith('Z_')
            ? [`The gzip file is damaged (${message}); nothing was imported`, 'Download it again.']
            : [`The file cannot be read: ${message}`, 'Check that it opens in another program.'];
  return new AppError('file-unreadable', what, { file: file.name, hint }, { cause });
}
