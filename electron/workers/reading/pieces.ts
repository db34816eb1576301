import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { AppError } from '../../../shared/contract/errors.ts';
import { copyOf } from '../../../shared/import/bytes.ts';
import { encodingOf } from '../../../shared/import/file-kind.ts';

const UNPACKED_BYTES = 256 * 1024;
/** A file that swells more than this, beyond the size that is let pass, is no data but a trap. */
const LARGEST_SWELLING = 500;
const LET_PASS_BYTES = 256 * 1024 * 1024;

/** Bytes of a file, one piece after the other; a piece is good until the one behind its next is asked for. */
export type Pieces = AsyncIterable<Uint8Array>;

/** Pieces whose first bytes can be looked at before they are read. */
export class Peekable {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isAtEnd = false;

  constructor(pieces: Pieces) {
    this.#source = pieces[Symbol.asyncIterator]();
  }

  /** The first bytes, at least `count` of them unless there are fewer, and whether they are all. */
  async peek(count: number): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
    while (this.#heldBytes < count && !this.#isAtEnd) {
      const { done, value } = await this.#source.next();
      if (done === true) {
        this.#isAtEnd = true;
      } else {
        this.#held.push(copyOf(value));
        this.#heldBytes += value.length;
      }
    }
    const bytes = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    return { bytes, isWhole: this.#isAtEnd };
  }

  /** All pieces, those that were looked at included; to be called once. */
  async *all(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (let piece = this.#held.shift(); piece !== undefined; piece = this.#held.shift()) yield piece;
      if (this.#isAtEnd) return;
      for (let next = await this.#source.next(); next.done !== true; next = await this.#source.next())
        yield next.value;
    } finally {
      await this.close();
    }
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

/** Unpacks gzip or zstd. Throws file-format where the pieces swell like nothing that holds data. */
export function unpacked(packed: Pieces, container: 'gzip' | 'zstd', name: string): Pieces {
  return throughTransform(packed, container === 'gzip' ? gunzip : unzstd, name);
}

const gunzip = () => createGunzip({ chunkSize: UNPACKED_BYTES });
const unzstd = () => createZstdDecompress({ chunkSize: UNPACKED_BYTES });

async function* throughTransform(
  packed: Pieces,
  transform: () => Transform,
  name: string,
): AsyncGenerator<Uint8Array, void, void> {
  let packedBytes = 0;
  let bytes = 0;
  async function* counted() {
    for await (const piece of packed) {
      packedBytes += piece.length;
      yield piece;
    }
  }
  const stream = transform();
  const flow = pipeline(Readable.from(counted(), { objectMode: false }), stream);
  flow.catch(() => {}); // rethrown below, or of no interest once the reader has gone
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      refuseSwelling(packedBytes, bytes, name);
      yield piece;
    }
    await flow;
  } finally {
    stream.destroy();
  }
}

/** Throws file-format for an archive that unpacks to far more than data does. */
export function refuseSwelling(packedBytes: number, bytes: number, name: string): void {
  if (bytes <= LET_PASS_BYTES || bytes <= packedBytes * LARGEST_SWELLING) return;
  throw new AppError('file-format', `The file unpacks to more than ${LARGEST_SWELLING} times its size`, {
    file: name,
    hint: 'No bars do that; if this file is sound, unpack it yourself and import what is inside.',
  });
}

/** UTF-16 becomes UTF-8; anything else passes. */
export async function* asUtf8(pieces: Peekable): AsyncGenerator<Uint8Array, void, void> {
  const { bytes } = await pieces.peek(256);
  const { encoding } = encodingOf(bytes);
  if (encoding === 'utf-8') {
    yield* pieces.all();
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces.all()) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}
