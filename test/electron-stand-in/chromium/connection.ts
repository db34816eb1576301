import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

type Methods = Protocol.CommandParameters;
type Results = Protocol.CommandReturnValues;
type EventName = keyof Protocol.Events;

export type CdpEvent = {
  [Name in EventName]: {
    readonly method: Name;
    readonly params: Protocol.Events[Name];
    readonly sessionId?: string;
  };
}[EventName];

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Chromium's own protocol over a pipe. What comes is handed out in order; what was never answered fails at the end. */
export class Connection {
  readonly #write: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: CdpEvent) => void>();
  #lastId = 0;
  #parts: Buffer[] = [];
  #isClosed = false;

  constructor(write: Writable, read: Readable) {
    this.#write = write;
    write.on('error', () => this.#close());
    read.on('data', (chunk: Buffer) => this.#take(chunk));
    read.on('close', () => this.#close());
  }

  send<Method extends keyof Methods & keyof Results>(
    method: Method,
    params: Methods[Method],
    sessionId?: string,
  ): Promise<Results[Method]> {
    if (this.#isClosed) return Promise.reject(new Error(`${method}: Chromium is gone`));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const fail = (error: Error) => reject(new Error(`${method}: ${error.message}`));
      this.#waiting.set(id, { resolve, reject: fail });
      this.#write.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  listen(listener: (event: CdpEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** Messages end with a zero byte, wherever chunks are cut. */
  #take(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      this.#parts.push(chunk.subarray(start, end));
      start = end + 1;
      const text = Buffer.concat(this.#parts).toString('utf8');
      this.#parts = [];
      this.#dispatch(JSON.parse(text));
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
  }

  #dispatch(message: { id?: number; result?: never; error?: { message: string } } & CdpEvent): void {
    if (message.id === undefined) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result as never);
    else waiting?.reject(new Error(message.error.message));
  }

  #close(): void {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('Chromium is gone'));
    this.#waiting.clear();
  }
}
