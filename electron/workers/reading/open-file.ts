import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import { type Container, containerOf, MAGIC_BYTES } from '../../../shared/import/file-kind.ts';
import type { ParquetSource } from './parquet-thread.ts';
import { Peekable, type Pieces, unpacked } from './pieces.ts';
import { tarEntries } from './tar-entries.ts';
import { unreadable } from './unreadable.ts';
import { isFile, openZip } from './zip-entries.ts';

const READ_BYTES = 1024 * 1024;
/** Archives of archives go no deeper than this. */
const DEEPEST = 3;
/** A Parquet file inside an archive is held in memory, and so no larger than this. */
const LARGEST_PACKED_PARQUET = 128 * 1024 * 1024;

export interface SourceFile {
  readonly path: string;
  /** For messages. */
  readonly name: string;
}

/** One file of bars: the whole of a plain file, or one of several in an archive. */
export interface Entry {
  /** Name in the archive; null for a file that is none. */
  readonly inArchive: string | null;
  /** Whether the archive may hold others. */
  readonly isOneOfMany: boolean;
  readonly content:
    | { readonly kind: 'text'; readonly pieces: Peekable }
    | {
        readonly kind: 'parquet';
        readonly source: ParquetSource;
        /** To be told the share of the rows that was read. */
        readonly onShare: (share: number) => void;
      };
}

export interface OpenFile {
  readonly bytes: number;
  /** Names of the files in an archive, as far as they are known without reading it. */
  readonly names: readonly string[];
  /** One after the other; each must be read, or left, before the next is asked for. */
  entries(): AsyncIterable<Entry>;
  /** SHA-256 of the file as it lies on disk; reads what was not read yet. */
  sha256(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Opens a file of any wrapping: plain, gzip, zstd, zip or tar of many, Parquet; bytes tell, not the name. `onRead` gets
 * the bytes read of the file so far and its size. Throws file-unreadable or file-format.
 */
export async function openFile(
  file: SourceFile,
  onRead: (done: number, total: number) => void = () => {},
): Promise<OpenFile> {
  const handle = await open(file.path).catch((cause) => {
    throw unreadable(file.name, cause);
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw unreadable(file.name, new Error('it is not a file'));
    const { buffer, bytesRead } = await handle.read(new Uint8Array(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
    const container = containerOf(buffer.subarray(0, bytesRead));
    refuseContainer(container, file.name);
    return await opened(handle, file, { size: stat.size, container, onRead });
  } catch (thrown) {
    await handle.close();
    throw unreadable(file.name, thrown);
  }
}

interface Opening {
  readonly size: number;
  readonly container: Container;
  readonly onRead: (done: number, total: number) => void;
}

async function opened(
  handle: FileHandle,
  file: SourceFile,
  { size, container, onRead }: Opening,
): Promise<OpenFile> {
  if (container === 'zip') {
    const { entries, close } = await openZip(file.path, file.name);
    const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    return {
      bytes: size,
      names: entries.map(({ name }) => name),
      async *entries() {
        let done = 0;
        for (const entry of entries) {
          const counted = withCount(entry.read(), (bytes) => {
            done += bytes;
            onRead(total === 0 ? 0 : (done / total) * size, size);
          });
          const isOneOfMany = entries.length > 1;
          yield* entriesOf(counted, { name: file.name, path: [entry.name], isOneOfMany, depth: 1 });
        }
      },
      sha256: () => hashOf(file),
      close: async () => {
        close();
        await handle.close();
      },
    };
  }
  if (container === 'parquet') {
    return {
      bytes: size,
      names: [],
      async *entries() {
        const onShare = (share: number) => onRead(share * size, size);
        const content = { kind: 'parquet', source: { path: file.path }, onShare } as const;
        yield { inArchive: null, isOneOfMany: false, content };
      },
      sha256: () => hashOf(file),
      close: () => handle.close(),
    };
  }
  const hash = createHash('sha256');
  let done = 0;
  return {
    bytes: size,
    names: [],
    async *entries() {
      // What unpacks may hold several pieces at once; lines are read one piece at a time.
      const source = container === 'plain' ? piecesInTurn(handle) : freshPieces(handle);
      const counted = withCount(source, (bytes, piece) => {
        hash.update(piece);
        done += bytes;
        onRead(done, size);
      });
      yield* entriesOf(counted, { name: file.name, path: [], isOneOfMany: false, depth: 0 });
    },
    sha256: () => (done === size ? Promise.resolve(hash.digest('hex')) : hashOf(file)),
    close: () => handle.close(),
  };
}

interface Place {
  /** Of the file, for messages. */
  readonly name: string;
  /** Names of the archives and files around. */
  readonly path: readonly string[];
  readonly isOneOfMany: boolean;
  readonly depth: number;
}

/** Takes one wrapping after the other off. */
async function* entriesOf(pieces: Pieces, place: Place): AsyncGenerator<Entry, void, void> {
  const { name, path, isOneOfMany, depth } = place;
  const peekable = new Peekable(guarded(pieces, name));
  try {
    const { bytes } = await peekable.peek(MAGIC_BYTES);
    const container = containerOf(bytes);
    if (depth >= DEEPEST && container !== 'plain') {
      throw new AppError('file-format', 'Archives lie inside archives inside archives', {
        file: name,
        hint: 'Unpack it and import what is inside.',
      });
    }
    if (container === 'gzip' || container === 'zstd') {
      yield* entriesOf(unpacked(peekable.all(), container, name), { ...place, depth: depth + 1 });
    } else if (container === 'tar') {
      for await (const entry of tarEntries(peekable.all(), name)) {
        if (!isFile(entry.name)) continue;
        const inside = { name, path: [...path, entry.name], isOneOfMany: true, depth: depth + 1 };
        yield* entriesOf(entry.pieces, inside);
      }
    } else {
      const inArchive = path.length > 0 ? path.join('/') : null;
      if (container === 'parquet') {
        yield {
          inArchive,
          isOneOfMany,
          content: { kind: 'parquet', source: await heldInMemory(peekable, name), onShare: () => {} },
        };
      } else {
        if (depth > 0) refuseContainer(container, name);
        yield { inArchive, isOneOfMany, content: { kind: 'text', pieces: peekable } };
      }
    }
  } finally {
    await peekable.close();
  }
}

/** Failures of a stream become AppErrors that name the file. */
async function* guarded(pieces: Pieces, name: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* pieces;
  } catch (thrown) {
    throw unreadable(name, thrown);
  }
}

async function* withCount(
  pieces: Pieces,
  onPiece: (bytes: number, piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) {
    onPiece(piece.length, piece);
    yield piece;
  }
}

const freshPieces = (handle: FileHandle) =>
  handle.createReadStream({ start: 0, highWaterMark: READ_BYTES, autoClose: false }) as AsyncIterable<Buffer>;

/**
 * Pieces in three buffers by turns: one is used, the next is being read, and of the one before the end of a line that
 * goes on in the next piece may still be looked at.
 */
async function* piecesInTurn(handle: FileHandle): AsyncGenerator<Uint8Array, void, void> {
  let [buffer, next, last] = [0, 1, 2].map(() => Buffer.allocUnsafeSlow(READ_BYTES)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  let position = 0;
  let reading = handle.read(buffer, 0, READ_BYTES, position);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      position += bytesRead;
      const piece = buffer.subarray(0, bytesRead);
      [buffer, next, last] = [next, last, buffer];
      reading = handle.read(buffer, 0, READ_BYTES, position);
      yield piece;
    }
  } finally {
    await reading.catch(() => {}); // the file must not be closed under it
  }
}

async function heldInMemory(pieces: Peekable, name: string): Promise<ParquetSource> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces.all()) {
    size += piece.length;
    if (size > LARGEST_PACKED_PARQUET) {
      throw new AppError(
        'file-format',
        'The Parquet file in this archive is too large to be read from there',
        {
          file: name,
          hint: 'Unpack it and import it by itself.',
        },
      );
    }
    held.push(piece);
  }
  return { bytes: new Uint8Array(Buffer.concat(held)) };
}

async function hashOf({ path, name }: SourceFile): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES }))
      hash.update(piece as Buffer);
  } catch (thrown) {
    throw unreadable(name, thrown);
  }
  return hash.digest('hex');
}

const UNSUPPORTED: Partial<Record<Container, readonly [message: string, hint: string]>> = {
  arrow: ['Arrow and Feather files are not supported', 'Write the table as Parquet or CSV.'],
  bzip2: ['Bzip2 files are not supported', 'Unpack it, or pack it with gzip or zstd.'],
  xz: ['Xz files are not supported', 'Unpack it, or pack it with gzip or zstd.'],
  '7z': ['7-Zip archives are not supported', 'Unpack it, or pack it as zip.'],
  excel: ['This is an Excel workbook', 'Save the sheet as CSV and import that.'],
};

function refuseContainer(container: Container, name: string): void {
  const refusal = UNSUPPORTED[container];
  if (refusal !== undefined) throw new AppError('file-format', refusal[0], { file: name, hint: refusal[1] });
}
