import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { os } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Files } from '../../../electron/services/file-door.ts';
import { serveBrowserFace } from '../../../electron/web/main.ts';
import { type BrowserServer, startServer } from '../../../electron/web/server.ts';

const LIMIT = 1024 * 1024;
const running = { calls: 0, aborted: 0, megabytes: 0 };
const router = {
  ping: os.handler(() => 'pong'),
  hang: os.handler(async ({ signal }) => {
    running.calls++;
    await once(signal!, 'abort');
    running.aborted++;
  }),
  flood: os.handler(async function* ({ signal }) {
    const megabyte = 'x'.repeat(1024 * 1024);
    for (; !signal?.aborted && running.megabytes < 1_000; running.megabytes++) yield megabyte;
  }),
};

let folder: string;
let library: string;
let rendererPath: string;
let files: Files;
let server: BrowserServer;
let origin: string;
const bugs: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindsight-web-'));
  library = join(folder, 'library');
  rendererPath = join(folder, 'renderer');
  await mkdir(join(rendererPath, 'assets'), { recursive: true });
  await writeFile(join(rendererPath, 'index.html'), '<!doctype html>');
  await writeFile(join(rendererPath, 'assets', 'index-abc.js'), 'export {};');
  await writeFile(join(rendererPath, '.env'), 'SECRET');
  await writeFile(join(rendererPath, 'notes.txt'), 'SECRET');
  await writeFile(join(folder, 'secret.json'), 'SECRET');
  await symlink(join(folder, 'secret.json'), join(rendererPath, 'link.json'));
  files = new Files(library);
  server = await startServer({
    app: { router, files },
    port: 0,
    rendererPath,
    maxUploadBytes: LIMIT,
    reportBug: (bug) => bugs.push(bug),
  });
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
  expect(bugs).toEqual([]);
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request exactly as written: no normalised paths, any Host. */
function send(
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: server.port, method, path, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: text }),
        );
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const fromPage = (extra: OutgoingHttpHeaders = {}) => ({
  origin,
  authorization: `Bearer ${server.token}`,
  ...extra,
});
const leftovers = () => readdir(join(library, 'uploads')).catch(() => []);

describe('the page', () => {
  test('is served with the headers that confine it', async () => {
    const { status, headers, body } = await send('GET', '/');
    expect(status).toBe(200);
    expect(body).toBe('<!doctype html>');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${server.port}; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  test('its files have their types; HEAD has no body', async () => {
    const script = await send('GET', '/assets/index-abc.js?v=1');
    expect(script).toMatchObject({ status: 200, body: 'export {};' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
    const head = await send('HEAD', '/assets/index-abc.js');
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe('10');
  });

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/%2E%2E%2Fsecret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/..\\secret.json',
    '/%252e%252e/secret.json',
    '/%c0%ae%c0%ae/secret.json',
    '/....//secret.json',
    '//secret.json',
    '/assets//index-abc.js',
    '/./index.html',
    '/index.html%00.js',
    '/index.html/',
    '/%',
    '/.env',
    '/notes.txt',
    '/link.json',
    '/assets',
    '/C:/secret.json',
    '/index.html::$DATA',
    '/secret.json',
    'http://127.0.0.1/../secret.json',
  ])('%s is not found', async (path) => {
    const answer = await send('GET', path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('SECRET');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s is not allowed', async (method) => {
    const answer = await send(method, '/');
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    ['a foreign host (DNS rebinding)', { host: 'evil.example' }],
    ['a foreign host with our port', { host: () => `evil.example:${server.port}` }],
    ['our address without the port', { host: '127.0.0.1' }],
    ['a host that only begins like ours', { host: () => `127.0.0.1:${server.port}.evil.example` }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site request of another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_, headers) => {
    const resolved = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'function' ? value() : value]),
    );
    expect((await send('GET', '/', resolved)).status).toBe(403);
  });

  test('can be reached by name and typed into the address bar', async () => {
    expect((await send('GET', '/', { host: `localhost:${server.port}` })).status).toBe(200);
    expect((await send('GET', '/', { 'sec-fetch-site': 'none' })).status).toBe(200);
  });

  test('its entry leads to the token once', async () => {
    const entry = server.issueEntry();
    const first = await send('GET', entry);
    expect(first.status).toBe(302);
    expect(first.headers.location).toBe(`/#token=${server.token}`);
    expect(first.headers['cache-control']).toBe('no-store');
    expect((await send('GET', entry)).status).toBe(410);
    expect((await send('GET', '/open')).status).toBe(410);
    expect((await send('GET', '/open?guess')).status).toBe(410);
  });

  test('is not offered to the network', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    // On Linux all of 127/8 is this machine: a server on every address would answer at this one, too.
    const aliases = process.platform === 'linux' ? [{ address: '127.0.0.2' }] : [];
    for (const { address } of [...outside, ...aliases]) {
      const socket = connect({ host: address, port: server.port });
      const outcome = await Promise.race([
        once(socket, 'connect').then(() => 'connected'),
        once(socket, 'error').catch((error: Error) => error),
      ]).catch((error: Error) => error.message);
      socket.destroy();
      expect(outcome).not.toBe('connected');
    }
  });
});

describe('the upload door', () => {
  test('keeps a file byte for byte and gives its ticket', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
    const answer = await send('POST', '/upload?name=bars%20%C3%A9.csv', fromPage(), bytes);
    expect(answer.status).toBe(200);
    const ticket = JSON.parse(answer.body) as { fileId: string; name: string };
    expect(ticket.name).toBe('bars é.csv');
    expect(Buffer.compare(await readFile(files.resolve(ticket.fileId).path), bytes)).toBe(0);
    await files.release(ticket.fileId);
    expect(await leftovers()).toEqual([]);
  });

  test.each([
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer AAAA' }, 401],
    ['another scheme', { authorization: 'Basic AAAA' }, 401],
    ['no origin', { origin: undefined }, 403],
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['a foreign host', { host: 'evil.example' }, 403],
    ['a cross-site page', { 'sec-fetch-site': 'cross-site' }, 403],
    ['an address bar', { 'sec-fetch-site': 'none' }, 403],
  ])('refuses %s', async (_, changed, status) => {
    const headers = Object.fromEntries(
      Object.entries({ ...fromPage(), ...changed }).filter(([, value]) => value !== undefined),
    );
    expect((await send('POST', '/upload?name=a.csv', headers, Buffer.from('x'))).status).toBe(status);
    expect(await leftovers()).toEqual([]);
  });

  test('refuses other methods and names that are none', async () => {
    expect((await send('GET', '/upload?name=a.csv', fromPage())).status).toBe(405);
    for (const query of ['', '?name=', `?name=${'n'.repeat(256)}`, '?name=a%0Ab']) {
      const answer = await send('POST', `/upload${query}`, fromPage(), Buffer.from('x'));
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'bad-request' });
    }
    expect(await leftovers()).toEqual([]);
  });

  test('a name cannot choose the place', async () => {
    const answer = await send('POST', '/upload?name=..%2F..%2Fsecret.json', fromPage(), Buffer.from('x'));
    const { fileId, name } = JSON.parse(answer.body) as { fileId: string; name: string };
    expect(name).toBe('secret.json');
    expect(files.resolve(fileId).path.startsWith(join(library, 'uploads'))).toBe(true);
    await files.release(fileId);
  });

  test('refuses what is too large, announced or not, and keeps nothing', async () => {
    const announced = await send('POST', '/upload?name=big.csv', fromPage({ 'content-length': LIMIT + 1 }));
    expect(announced.status).toBe(413);
    expect(JSON.parse(announced.body)).toMatchObject({ code: 'bad-request', detail: { file: 'big.csv' } });
    const request = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      method: 'POST',
      path: '/upload?name=big.csv',
      headers: fromPage({ 'transfer-encoding': 'chunked' }),
    });
    request.on('error', () => {}); // the server may hang up while we are still sending
    const answered = once(request, 'response');
    request.write(Buffer.alloc(LIMIT));
    request.write(Buffer.alloc(1));
    const [response] = (await answered) as [{ statusCode: number; destroy(): void }];
    expect(response.statusCode).toBe(413);
    response.destroy();
    request.destroy();
    await vi.waitFor(async () => expect(await leftovers()).toEqual([]));
  });

  test('an upload cut off in the middle leaves nothing', async () => {
    const request = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      method: 'POST',
      path: '/upload?name=half.csv',
      headers: fromPage({ 'content-length': 100_000 }),
    });
    request.on('error', () => {});
    request.write(Buffer.alloc(50_000));
    await vi.waitFor(async () => expect(await leftovers()).toHaveLength(1));
    request.destroy();
    await vi.waitFor(async () => expect(await leftovers()).toEqual([]));
  });
});

describe('the socket', () => {
  const address = (path = '/rpc') => `ws://127.0.0.1:${server.port}${path}`;
  const open = (protocols: string[], headers: Record<string, string> = {}, path?: string) =>
    new WebSocket(address(path), protocols, { headers: { origin, ...headers } });
  const outcome = (socket: WebSocket) =>
    new Promise<number | 'open'>((resolve) => {
      socket.once('open', () => resolve('open'));
      socket.once('unexpected-response', (_request, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      socket.once('error', () => resolve(0));
    });
  const offered = (token = server.token) => ['hindsight', `token.${token}`];

  test('connects the page to the router', async () => {
    const socket = open(offered());
    expect(await outcome(socket)).toBe('open');
    expect(socket.protocol).toBe('hindsight');
    expect(socket.extensions).toBe('');
    const client = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    ) as unknown as { ping(): Promise<string> };
    expect(await client.ping()).toBe('pong');
    socket.close();
  });

  test.each([
    ['no token', () => open(['hindsight'])],
    ['a wrong token', () => open(offered('A'.repeat(43)))],
    ['a short token', () => open(['hindsight', 'token.x'])],
    ['another protocol', () => open([`token.${server.token}`])],
    ['another path', () => open(offered(), {}, '/rpc2')],
    ['a path with a query', () => open(offered(), {}, '/rpc?x')],
    ['a foreign origin', () => open(offered(), { origin: 'https://evil.example' })],
    ['another port as origin', () => open(offered(), { origin: 'http://127.0.0.1:1' })],
    ['no origin', () => new WebSocket(address(), offered())],
    ['a foreign host', () => open(offered(), { host: `evil.example:${server.port}` })],
    ['a cross-site page', () => open(offered(), { 'sec-fetch-site': 'cross-site' })],
  ])('refuses %s', async (_, attempt) => {
    const socket = attempt();
    socket.on('error', () => {});
    expect(await outcome(socket)).toBe(403);
    socket.terminate();
  });

  test('an oversized request ends its connection only', async () => {
    const socket = open(offered());
    await outcome(socket);
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    socket.send(Buffer.alloc(17 * 1024 * 1024));
    await closed;
    const next = open(offered());
    expect(await outcome(next)).toBe('open');
    next.close();
  });

  test('a page that does not read slows its streams down instead of filling memory', async () => {
    const socket = open(offered());
    await outcome(socket);
    socket.pause();
    socket.send('{"i":"1","p":{"u":"/flood"}}');
    await vi.waitFor(() => expect(running.megabytes).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(running.megabytes).toBeLessThan(50);
    socket.terminate();
  });

  test('calls end when their page goes', async () => {
    const socket = open(offered());
    await outcome(socket);
    socket.send('{"i":"1","p":{"u":"/hang"}}');
    await vi.waitFor(() => expect(running.calls).toBe(1));
    socket.terminate();
    await vi.waitFor(() => expect(running.aborted).toBe(1));
  });
});

describe('the face', () => {
  test('has an address of its own, and closes with its pages open', async () => {
    const face = await serveBrowserFace({ app: { router, files }, rendererPath, open: false });
    expect(face.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    expect(face.opened).toBe(false);
    const { host, hash } = new URL(face.url);
    const socket = new WebSocket(`ws://${host}/rpc`, ['hindsight', hash.replace('#token=', 'token.')], {
      origin: `http://${host}`,
    });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await face.close();
    await closed;
    await expect(fetch(face.url)).rejects.toThrow();
  });

  test('says so when its port is taken', async () => {
    await expect(
      serveBrowserFace({ app: { router, files }, port: server.port, rendererPath, open: false }),
    ).rejects.toMatchObject({ name: 'AppError', code: 'bad-request', detail: { field: 'port' } });
  });
});
