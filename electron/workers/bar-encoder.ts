import { Worker } from 'node:worker_threads';
import { AppError, fromPlainError, type PlainError } from '../../shared/contract/errors.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { encodeChunk } from './encode-chunk.ts';
import type { EncodedChunk } from './tasks.ts';

/** Turns the bars of windows into chunks, here or on another thread. */
export interface BarEncoder {
  /** The bars may be changed once this has returned. */
  encode(window: number, bars: BarColumns): Promise<EncodedChunk>;
  /** Settles when another window may be given: only so many are held at once. */
  room(): Promise<void> | null;
}

export const inlineEncoder: BarEncoder = {
  encode: (window, bars) => Promise.resolve(encodeChunk(window, bars)),
  room: () => null,
};

/** What goes to encode.worker.ts and comes back. */
export interface EncodeRequest {
  readonly id: number;
  readonly window: number;
  readonly bars: BarColumns;
}
export type EncodeReply =
  | { readonly id: number; readonly chunk: EncodedChunk }
  | { readonly id: number; readonly error: PlainError };

/** Windows that wait at most; a full one of minutes takes about a megabyte. */
const MOST_WAITING = 24;

/** Encodes on a thread of its own, beside the one that reads. */
export class ThreadEncoder implements BarEncoder {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (chunk: EncodedChunk) => void; reject: (error: Error) => void }
  >();
  readonly #onRoom: (() => void)[] = [];
  #nextId = 1;
  #failure: Error | null = null;

  constructor() {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./encode.worker.${extension}`, import.meta.url), {
      name: 'encode',
      env: {},
    });
    this.#worker.unref();
    this.#worker.on('message', (reply: EncodeReply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(fromPlainError(reply.error));
      else waiting?.resolve(reply.chunk);
      this.#roomMade();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new AppError('internal', 'The encoding thread ended')));
  }

  encode(window: number, bars: BarColumns): Promise<EncodedChunk> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = this.#nextId++;
    const copy = copied(bars);
    const buffers = Object.values(copy).flatMap((column) =>
      column instanceof Float64Array ? [column.buffer as ArrayBuffer] : [],
    );
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, window, bars: copy } satisfies EncodeRequest, buffers);
    });
  }

  room(): Promise<void> | null {
    if (this.#waiting.size < MOST_WAITING || this.#failure !== null) return null;
    return new Promise((resolve) => this.#onRoom.push(resolve));
  }

  close(): void {
    void this.#worker.terminate();
  }

  #roomMade(): void {
    if (this.#waiting.size < MOST_WAITING) for (const resolve of this.#onRoom.splice(0)) resolve();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
    this.#roomMade();
  }
}

/** In memory that can be handed over. */
function copied(bars: BarColumns): BarColumns & { readonly [column: string]: unknown } {
  const orNull = (column: Float64Array | null) => column?.slice() ?? null;
  return {
    length: bars.length,
    time: bars.time.slice(),
    open: bars.open.slice(),
    high: bars.high.slice(),
    low: bars.low.slice(),
    close: bars.close.slice(),
    volume: orNull(bars.volume),
    trades: orNull(bars.trades),
    vwap: orNull(bars.vwap),
    twap: orNull(bars.twap),
  };
}
