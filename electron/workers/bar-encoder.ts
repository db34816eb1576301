import { Worker } from 'node:worker_threads';
import { AppError, fromPlainError, type PlainError } from '../../shared/contract/errors.ts';
import { BAR_COLUMN_NAMES, type BarColumnName, type BarColumns } from '../../shared/market/bar.ts';
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
  /** Columns in memory that both threads see. */
  readonly bars: BarColumns;
}
export type EncodeReply =
  | { readonly id: number; readonly chunk: EncodedChunk }
  | { readonly id: number; readonly error: PlainError };

/** Windows that wait at most. */
const MOST_WAITING = 12;

/** Encodes on a thread of its own, beside the one that reads. */
export class ThreadEncoder implements BarEncoder {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (chunk: EncodedChunk) => void; reject: (error: Error) => void; slot: Slot }
  >();
  readonly #free: Slot[] = [];
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
      if (waiting !== undefined) this.#free.push(waiting.slot);
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
    const slot = this.#free.pop() ?? new Slot();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, slot });
      this.#worker.postMessage({ id, window, bars: slot.fill(bars) } satisfies EncodeRequest);
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

/** Room for the bars of a window in shared memory, used again and again: nothing is handed over, nothing is left behind. */
class Slot {
  readonly #columns = new Map<BarColumnName, Float64Array>();

  fill(bars: BarColumns): BarColumns {
    const columns = Object.fromEntries(BAR_COLUMN_NAMES.map((name) => [name, this.#copy(name, bars[name])]));
    return { length: bars.length, ...columns } as unknown as BarColumns;
  }

  #copy(name: BarColumnName, column: Float64Array | null): Float64Array | null {
    if (column === null) return null;
    let room = this.#columns.get(name);
    if (room === undefined || room.length < column.length) {
      room = new Float64Array(new SharedArrayBuffer(column.byteLength));
      this.#columns.set(name, room);
    }
    const copy = room.subarray(0, column.length);
    copy.set(column);
    return copy;
  }
}
