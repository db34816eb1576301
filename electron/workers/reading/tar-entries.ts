import { AppError } from '../../../shared/contract/errors.ts';
import type { Pieces } from './pieces.ts';

const BLOCK = 512;
const NAME_BYTES = 100;
const SIZE_AT = 124;
const TYPE_AT = 156;
const PREFIX_AT = 345;
const LONGEST_NAME = 64 * 1024;

export interface TarEntry {
  readonly name: string;
  readonly pieces: Pieces;
}

/** Takes a given number of bytes at a time from pieces of any size. */
class ByteSource {
  readonly #source: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(pieces: Pieces) {
    this.#source = pieces[Symbol.asyncIterator]();
  }

  /** Up to `most` bytes; empty at the end. */
  async some(most: number): Promise<Uint8Array> {
    while (this.#piece.length === 0) {
      const { done, value } = await this.#source.next();
      if (done === true) return new Uint8Array(0);
      this.#piece = value;
    }
    const taken = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(taken.length);
    return taken;
  }

  async exactly(count: number): Promise<Uint8Array | null> {
    const bytes = new Uint8Array(count);
    for (let filled = 0; filled < count; ) {
      const some = await this.some(count - filled);
      if (some.length === 0) return null;
      bytes.set(some, filled);
      filled += some.length;
    }
    return bytes;
  }
}

/** The files in a tar archive, in their order; each must be read, or left, before the next. */
export async function* tarEntries(pieces: Pieces, archive: string): AsyncGenerator<TarEntry, void, void> {
  const source = new ByteSource(pieces);
  let longName: string | null = null;
  for (;;) {
    const header = await source.exactly(BLOCK);
    if (header === null || header.every((byte) => byte === 0)) return;
    const size = sizeOf(header, archive);
    const type = String.fromCharCode(header[TYPE_AT]!);
    let left = size;
    const content = async function* () {
      while (left > 0) {
        const some = await source.some(left);
        if (some.length === 0) throw cutShort(archive);
        left -= some.length;
        yield some;
      }
    };
    if ((type === 'L' || type === 'x') && size <= LONGEST_NAME) {
      const name: Uint8Array[] = [];
      for await (const some of content()) name.push(some);
      longName = longNameIn(Buffer.concat(name), type) ?? longName;
    } else if (type === '0' || type === '\0') {
      yield { name: longName ?? nameOf(header), pieces: content() };
      longName = null;
    }
    while (left > 0) {
      const skipped = await source.some(left);
      if (skipped.length === 0) throw cutShort(archive);
      left -= skipped.length;
    }
    const padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (padding > 0) await source.exactly(padding);
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8').replace(/\0.*$/s, '');

function nameOf(header: Uint8Array): string {
  const prefix = text(header.subarray(PREFIX_AT, PREFIX_AT + 155));
  const name = text(header.subarray(0, NAME_BYTES));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function sizeOf(header: Uint8Array, archive: string): number {
  const size = Number.parseInt(text(header.subarray(SIZE_AT, SIZE_AT + 12)).trim() || '0', 8);
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new AppError('file-unreadable', 'The tar archive is damaged; nothing was imported', {
      file: archive,
      hint: 'Download it again.',
    });
  }
  return size;
}

/** A name that is too long for a header: GNU's own entry, or the path of a pax header. */
function longNameIn(content: Buffer, type: string): string | null {
  if (type === 'L') return text(content);
  return /\d+ path=([^\n]*)\n/.exec(content.toString('utf8'))?.[1] ?? null;
}

const cutShort = (archive: string) =>
  new AppError('file-unreadable', 'The tar archive is cut short; nothing was imported', {
    file: archive,
    hint: 'Download it again.',
  });
