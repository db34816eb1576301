import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

// A server on loopback that plays a source: it answers as documented, and fails as told.

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export type Fault = {
  /** Which calls it meets; by default all. */
  readonly on?: (url: URL) => boolean;
  /** Calls that it lets through before. */
  readonly after?: number;
  /** How often; by default once. */
  readonly times?: number;
} & (
  | ({ readonly kind: 'answer' } & Answer)
  /** The connection is reset before anything is answered. */
  | { readonly kind: 'reset' }
  /** The answer breaks off in the middle. */
  | { readonly kind: 'truncate' }
  /** Nothing is answered. */
  | { readonly kind: 'hang' }
  /** The answer as it is, with some of its bytes turned. */
  | { readonly kind: 'corrupt' }
);

export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
}

export class StandIn {
  readonly requests: SeenRequest[] = [];
  readonly #answer: (request: SeenRequest) => Answer;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #faults: (Fault & { left: number; skip: number })[] = [];

  constructor(answer: (request: SeenRequest) => Answer) {
    this.#answer = answer;
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  fail(...faults: Fault[]): void {
    this.#faults.push(
      ...faults.map((fault) => ({ ...fault, left: fault.times ?? 1, skip: fault.after ?? 0 })),
    );
  }

  /** Forgets requests and faults. */
  reset(): void {
    this.requests.length = 0;
    this.#faults = [];
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const seen = {
      method: request.method ?? '',
      url: new URL(request.url ?? '', this.url),
      headers: request.headers,
    };
    this.requests.push(seen);
    const fault = this.#fault(seen.url);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const { status = 200, headers = {}, body = '' } = fault?.kind === 'answer' ? fault : this.#answer(seen);
    const bytes = Buffer.from(body);
    response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
    if (seen.method === 'HEAD') response.end();
    else if (fault?.kind === 'truncate') {
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.socket.destroy());
    } else if (fault?.kind === 'corrupt')
      response.end(bytes.map((byte, at) => (at % 97 === 5 ? byte ^ 1 : byte)));
    else response.end(bytes);
  }

  #fault(url: URL): Fault | undefined {
    for (const fault of this.#faults) {
      if (fault.left <= 0 || fault.on?.(url) === false) continue;
      if (fault.skip-- > 0) continue;
      fault.left--;
      return fault;
    }
    return undefined;
  }
}

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** A part of a body, as `Range` asks for it: from a byte on. */
export function ranged(body: Uint8Array, range: string | undefined, headers: Record<string, string>): Answer {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) return { headers: { ...headers, 'Accept-Ranges': 'bytes' }, body };
  if (from >= body.length) return { status: 416, headers: { 'Content-Range': `bytes */${body.length}` } };
  const contentRange = `bytes ${from}-${body.length - 1}/${body.length}`;
  return { status: 206, headers: { ...headers, 'Content-Range': contentRange }, body: body.subarray(from) };
}
