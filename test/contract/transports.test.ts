import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { eventIterator, oc } from '@orpc/contract';
import { implement, type RouterClient } from '@orpc/server';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import type { MessagePortMain } from 'electron';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { checkedPort } from '../../electron/desktop/checked-port.ts';
import { rpcOptions } from '../../electron/services/rpc-errors.ts';
import { createSocketDoor } from '../../electron/web/socket.ts';
import { contract as hindsight } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { packFrame, unpackFrame } from '../../shared/contract/wire.ts';

// A few calls of each kind that the contract has, over both roads into the core: the answers must be the same.

const contract = {
  app: { info: hindsight.app.info },
  data: { get: hindsight.data.get, viewport: hindsight.data.viewport, locate: hindsight.data.locate },
  test: {
    count: oc.input(z.object({ to: z.int() })).output(eventIterator(z.object({ n: z.int() }))),
    failingStream: oc.output(eventIterator(z.object({ n: z.int() }))),
    fail: oc.input(z.enum(['app-error', 'bug', 'wrong-output'])).output(z.string()),
    hang: oc.output(z.string()),
  },
};

const FAILURE = new AppError('strategy-syntax', 'Unexpected "}"', {
  file: 'my.ts',
  line: 3,
  column: 7,
  hint: 'Correct the line and save again.',
});
const INFO = {
  version: '1.2.3',
  face: 'browser',
  nodeVersion: '24.0.0',
  libraryPath: '/library',
  cacheBytes: 0,
  libraryBytes: 2 ** 40,
  workers: 3,
  workersBusy: 0,
} as const;

const DOUBLES = 1_000_000;
const column = Float64Array.from({ length: DOUBLES }, (_, i) => Math.sin(i) * 10 ** ((i % 600) - 300));
column.set([Number.NaN, Number.POSITIVE_INFINITY, -0, Number.MIN_VALUE, Number.MAX_VALUE]);
const frame = packFrame({ meta: { name: 'é' }, columns: { column } });

/** What the server saw, so that tests can ask whether it stopped. */
const seen = { sent: 0, stopped: 0, hanging: 0, aborted: 0 };
const os = implement(contract);
const router = os.router({
  app: { info: os.app.info.handler(() => INFO) },
  data: {
    get: os.data.get.handler(({ input }) => {
      throw new AppError('not-found', `There is no series ${input.seriesId}`);
    }),
    viewport: os.data.viewport.handler(() => new Blob([frame], { type: 'application/octet-stream' })),
    locate: os.data.locate.handler(({ input }) => ({ bar: input.time % 1000 })),
  },
  test: {
    count: os.test.count.handler(async function* ({ input, signal }) {
      try {
        for (let n = 1; n <= input.to && !signal?.aborted; n++) {
          seen.sent = n;
          yield { n };
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      } finally {
        seen.stopped++;
      }
    }),
    failingStream: os.test.failingStream.handler(async function* () {
      yield { n: 1 };
      throw FAILURE;
    }),
    fail: os.test.fail.handler(({ input }) => {
      if (input === 'wrong-output') return 7 as unknown as string;
      throw input === 'bug' ? new TypeError('x is undefined') : FAILURE;
    }),
    hang: os.test.hang.handler(async ({ signal }) => {
      seen.hanging++;
      await once(signal!, 'abort');
      seen.aborted++;
      return 'too late';
    }),
  },
});
type Client = RouterClient<typeof router>;
interface Connection {
  readonly client: Client;
  readonly sendRaw: (message: string | Uint8Array) => void;
  readonly whenClosed: Promise<unknown>;
  readonly close: () => void;
}
const bugs: unknown[] = [];
const reportBug = (bug: unknown) => void bugs.push(bug);

/** Electron's main-process port over Node's: events named the same, data wrapped the same. */
function mainPort(port: NodePort): MessagePortMain {
  const main = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  });
  port.on('message', (data) => main.emit('message', { data, ports: [] }));
  port.on('close', () => main.emit('close'));
  return main satisfies Pick<
    MessagePortMain,
    'postMessage' | 'start' | 'close'
  > as unknown as MessagePortMain;
}

async function connectPort(): Promise<Connection> {
  const { port1, port2 } = new MessageChannel();
  new PortHandler(router, rpcOptions(reportBug)).upgrade(checkedPort(mainPort(port1)), { context: {} });
  const whenClosed = once(port2, 'close');
  return {
    client: createORPCClient(new PortLink({ port: port2 as unknown as MessagePort })),
    sendRaw: (message) => port2.postMessage(message),
    whenClosed,
    close: () => port2.close(),
  };
}

let server: Server;
const door = createSocketDoor(router, reportBug);
beforeAll(async () => {
  server = createServer().on('upgrade', door.accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  door.close();
  server.close();
});

async function connectSocket(): Promise<Connection> {
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, ['hindsight']);
  await once(socket, 'open');
  socket.binaryType = 'arraybuffer';
  return {
    client: createORPCClient(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket })),
    sendRaw: (message) => socket.send(message),
    whenClosed: once(socket, 'close'),
    close: () => socket.close(),
  };
}

describe.each([
  ['WebSocket', connectSocket],
  ['MessagePort', connectPort],
] as const)('over a %s', (name, connect) => {
  let connection: Connection;
  let client: Client;
  beforeEach(async () => {
    Object.assign(seen, { sent: 0, stopped: 0, hanging: 0, aborted: 0 });
    bugs.length = 0;
    connection = await connect();
    client = connection.client;
    return () => connection.close();
  });

  test('answers arrive as they were given', async () => {
    expect(await client.app.info()).toEqual(INFO);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, time) => client.data.locate({ seriesId: 's', time })),
    );
    expect(answers.map(({ bar }) => bar)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test('a column frame of a million doubles arrives bit for bit', async () => {
    const query = { seriesId: 's', fromBar: 0, toBar: DOUBLES };
    const fetchFrame = async () => (await client.data.viewport(query)).arrayBuffer();
    const received = await fetchFrame();
    expect(Buffer.compare(Buffer.from(received), frame)).toBe(0);
    const { meta, columns } = unpackFrame<{ name: string }>(received);
    expect(meta).toEqual({ name: 'é' });
    expect(Object.is(columns.column![2], -0)).toBe(true);
    const rounds = 5;
    const startedAt = performance.now();
    for (let i = 0; i < rounds; i++) await fetchFrame();
    const seconds = (performance.now() - startedAt) / 1000;
    console.info(`${name}: ${((rounds * frame.byteLength) / 1e6 / seconds).toFixed(0)} MB/s`);
  });

  test('a stream comes in order, and stops on the server when its consumer breaks off', async () => {
    const received: number[] = [];
    for await (const { n } of await client.test.count({ to: 1_000_000 })) {
      received.push(n);
      if (n === 5) break;
    }
    expect(received).toEqual([1, 2, 3, 4, 5]);
    await vi.waitFor(() => expect(seen.stopped).toBe(1));
    expect(seen.sent).toBeLessThan(100);
  });

  test('a stream that ends by itself is whole', async () => {
    const received: number[] = [];
    for await (const { n } of await client.test.count({ to: 50 })) received.push(n);
    expect(received).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  test('a call that is aborted, and one whose connection closes, end on the server', async () => {
    const abort = new AbortController();
    const call = client.test.hang(undefined, { signal: abort.signal }).catch(() => 'rejected');
    await vi.waitFor(() => expect(seen.hanging).toBe(1));
    abort.abort();
    expect(await call).toBe('rejected');
    await vi.waitFor(() => expect(seen.aborted).toBe(1));

    const second = client.test.hang().catch(() => 'rejected');
    await vi.waitFor(() => expect(seen.hanging).toBe(2));
    connection.close();
    expect(await second).toBe('rejected');
    await vi.waitFor(() => expect(seen.aborted).toBe(2));
  });

  test('an AppError arrives whole, from a call and from the middle of a stream', async () => {
    const thrown = await client.test.fail('app-error').catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ORPCError);
    expect(thrown).toMatchObject({ code: 'strategy-syntax', message: FAILURE.message });
    expect((thrown as ORPCError<string, unknown>).data).toEqual(FAILURE.toPlain());

    const received: number[] = [];
    const drain = async () => {
      for await (const { n } of await client.test.failingStream()) received.push(n);
    };
    const inStream = await drain().catch((error: unknown) => error);
    expect(received).toEqual([1]);
    expect((inStream as ORPCError<string, unknown>).data).toEqual(FAILURE.toPlain());
    expect(bugs).toEqual([]);
  });

  test('a bug, an answer against the contract, a bad request and an unknown call get their codes', async () => {
    const dataOf = (call: Promise<unknown>) => call.catch((error: ORPCError<string, unknown>) => error.data);
    expect(await dataOf(client.test.fail('bug'))).toEqual({
      code: 'internal',
      message: 'x is undefined',
      detail: {},
    });
    expect(await dataOf(client.test.fail('wrong-output'))).toMatchObject({ code: 'internal' });
    expect(bugs).toHaveLength(2);
    expect(
      await dataOf(client.data.locate({ seriesId: 's', time: 'noon' as unknown as number })),
    ).toMatchObject({
      code: 'bad-request',
      detail: { field: 'time' },
    });
    const unknown = client as unknown as { no: { such: () => Promise<unknown> } };
    expect(await dataOf(unknown.no.such())).toMatchObject({ code: 'bad-request', message: /\/no\/such/ });
    expect(bugs).toHaveLength(2);
  });

  test.each([
    'not json',
    'null',
    '[]',
    '{}',
    '{"i":"1"}',
    '{"i":1,"p":{"u":"/app/info"}}',
    '{"i":"1","p":{"u":5}}',
    '{"i":"1","p":{"u":"http://elsewhere/app/info"}}',
    '{"i":"1","p":{"u":"/app/info","h":{"content-disposition":"attachment; filename=\\"%\\""}}}',
    '{"i":"1","t":3,"p":{}}',
    new Uint8Array([255, 255, 0]),
  ])('the malformed request %j ends its connection and nothing else', async (message) => {
    connection.sendRaw(message);
    await connection.whenClosed;
    const other = await connect();
    expect(await other.client.app.info()).toEqual(INFO);
    other.close();
  });

  test('random damage to requests never reaches past the connection', async () => {
    const request = '{"i":"1","p":{"u":"/data/locate","b":{"json":{"seriesId":"s","time":5}}}}';
    const messages = name === 'WebSocket' ? 500 : 10_000;
    const random = randomNumbers(7);
    let open = await connect();
    let isOpen = true;
    for (let i = 0; i < messages; i++) {
      if (!isOpen) {
        open = await connect();
        isOpen = true;
      }
      open.sendRaw(damage(request, random));
      const ending = open.whenClosed.then(() => 'closed');
      isOpen = (await Promise.race([ending, nextTurn()])) !== 'closed';
    }
    open.close();
    expect(await client.app.info()).toEqual(INFO);
  });
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** A linear congruential generator: the same damage on every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function damage(text: string, random: (below: number) => number): string {
  const characters = [...text];
  for (let hits = 1 + random(4); hits > 0; hits--) {
    const junk = '{}[]":,\\/0159eE-ntu\u0000 '[random(25)]!;
    characters.splice(random(characters.length), random(3), junk);
  }
  return characters.join('');
}
