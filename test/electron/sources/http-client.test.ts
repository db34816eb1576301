import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HttpClient } from '../../../electron/sources/http-client.ts';
import { PartialFiles } from '../../../electron/sources/partial-file.ts';
import { TokenBucket } from '../../../electron/sources/token-bucket.ts';
import { AppError, toPlainError } from '../../../shared/contract/errors.ts';
import { json, ranged, StandIn } from './stand-ins/stand-in.ts';
import { TestClock } from './test-clock.ts';

const NOW = Date.UTC(2024, 6, 1);
const body = new Uint8Array(300_000).map((_, index) => (index * 7919) % 251);
const never = new AbortController().signal;

let server: StandIn;
let clock: TestClock;
let http: HttpClient;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-http-'));
  server = await new StandIn(({ url, headers }) =>
    url.pathname === '/file' ? ranged(body, headers.range, {}) : json({ ok: true }),
  ).start();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  server.reset();
  clock = new TestClock(NOW);
  const bucket = new TokenBucket({ capacity: 100, perSecond: 100 }, clock);
  http = new HttpClient({ source: 'Vendor', bucket, clock, stallMilliseconds: 300 });
});

const ask = (signal = never) => http.json(new URL(`${server.url}/bars`), { signal });
const failureOf = async (promise: Promise<unknown>) =>
  toPlainError(
    await promise.then(
      () => expect.unreachable('it should have failed'),
      (thrown) => thrown,
    ),
  );

describe('answers that pass', () => {
  test.each([
    ['a failure of the server', { kind: 'answer', status: 503, body: 'down' }],
    ['a reset', { kind: 'reset' }],
    ['an answer that breaks off', { kind: 'truncate' }],
    ['too many calls', { kind: 'answer', status: 429, headers: { 'Retry-After': '3' } }],
    ['text that is no JSON', { kind: 'answer', body: '{"oops"' }],
  ] as const)('%s is tried again', async (_, fault) => {
    server.fail(fault);
    expect(await ask()).toEqual({ ok: true });
    expect(server.requests).toHaveLength(2);
    expect(clock.slept.length).toBeGreaterThan(0);
  });

  test('a server that says nothing is given up and tried again', async () => {
    server.fail({ kind: 'hang' });
    expect(await ask()).toEqual({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  test('Retry-After as seconds and as a date', async () => {
    server.fail({ kind: 'answer', status: 429, headers: { 'Retry-After': '3' } });
    await ask();
    expect(clock.slept).toEqual([3_150]);
    const date = new Date(clock.now() + 5_000).toUTCString();
    server.fail({ kind: 'answer', status: 503, headers: { 'Retry-After': date } });
    await ask();
    expect(clock.slept[1]).toBeGreaterThan(4_000);
    expect(clock.slept[1]).toBeLessThan(5_300);
  });
});

describe('answers that do not pass', () => {
  const repeatedly = { times: 100, kind: 'answer' } as const;
  test.each([
    [{ status: 401 }, 'source-denied', 'Vendor does not accept the key (401)', 1],
    [
      { status: 403, body: '{"message":"not yours"}' },
      'source-denied',
      'Vendor refuses this request (403): not yours',
      1,
    ],
    [{ status: 404 }, 'not-found', 'Vendor does not have that (404)', 1],
    [{ status: 451 }, 'source-denied', 'Vendor does not serve the place you are in (451)', 1],
    [
      { status: 400, body: '{"msg":"Bad.\\u0000\\nvery"}' },
      'source-failed',
      'Vendor refused the request (400): Bad. very',
      1,
    ],
    [{ status: 500, body: '<html>' }, 'source-failed', 'Vendor is in trouble (500)', 5],
    [{ status: 429 }, 'source-limit', 'Vendor wants to be asked less often (429)', 5],
    [{ body: 'You have exceeded the daily quota' }, 'source-limit', 'You have exceeded the daily quota', 3],
    [{ body: '<!doctype html><p>Sign in' }, 'source-failed', 'answered with a web page instead of bars', 1],
    [
      { status: 302, headers: { Location: 'https://elsewhere' } },
      'source-failed',
      'to another address (302)',
      1,
    ],
  ] as const)('%o', async (answer, code, message, calls) => {
    server.fail({ ...repeatedly, ...answer });
    const failure = await failureOf(ask());
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(message);
    expect(failure.detail.hint).toMatch(/\.$/);
    expect(server.requests).toHaveLength(calls);
  });

  test('a ban is not waited for, and nothing is asked until it is over', async () => {
    server.fail({ kind: 'answer', status: 418, headers: { 'Retry-After': '86400' } });
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({
      code: 'source-limit',
      detail: { hint: 'Fetch again after 2024-07-02 00:00 UTC: it goes on where it stopped.' },
    });
    expect(await failureOf(ask())).toMatchObject({ code: 'source-limit' });
    expect(server.requests).toHaveLength(1);
    clock.advance(86_400_000);
    expect(await ask()).toEqual({ ok: true });
  });

  test('a redirect is not followed: a key must not go elsewhere', async () => {
    const elsewhere = await new StandIn(() => json({})).start();
    server.fail({ kind: 'answer', status: 307, headers: { Location: elsewhere.url } });
    await failureOf(
      http.json(new URL(server.url), { signal: never, headers: { 'APCA-API-KEY-ID': 'secret' } }),
    );
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.stop();
  });
});

describe('connections that fail', () => {
  test('no such host', async () => {
    const failure = await failureOf(http.json(new URL('http://no-such-host.invalid/'), { signal: never }));
    expect(failure).toMatchObject({
      code: 'network',
      message: expect.stringContaining('no-such-host.invalid cannot be looked up'),
    });
    expect(clock.slept).toHaveLength(2);
  });

  test('nobody there', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const failure = await failureOf(http.json(new URL(`http://127.0.0.1:${port}/`), { signal: never }));
    expect(failure).toMatchObject({
      code: 'network',
      message: `127.0.0.1:${port} cannot be reached (ECONNREFUSED)`,
    });
  });

  test('no TLS where TLS is wanted', async () => {
    const failure = await failureOf(
      http.json(new URL(server.url.replace('http:', 'https:')), { signal: never }),
    );
    expect(failure).toMatchObject({
      code: 'network',
      message: expect.stringContaining('No safe connection'),
    });
    expect(clock.slept).toEqual([]);
  });
});

describe('stopping', () => {
  test('ends a call that is under way, without another try', async () => {
    server.fail({ kind: 'hang' });
    const stop = new AbortController();
    const asking = ask(stop.signal);
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect((await failureOf(asking)).code).toBe('cancelled');
    expect(server.requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  test('before anything is asked', async () => {
    expect((await failureOf(ask(AbortSignal.abort()))).code).toBe('cancelled');
    expect(server.requests).toHaveLength(0);
  });
});

describe('a file', () => {
  const fetchFile = async (
    prepare: (file: Awaited<ReturnType<PartialFiles['claim']>>) => Promise<void> = async () => {},
  ) => {
    const file = await new PartialFiles(folder).claim(`file ${Math.random()}`);
    await prepare(file);
    await http.download(new URL(`${server.url}/file`), file, { signal: never });
    const content = readFileSync(file.path);
    await file.remove();
    return content;
  };
  const ranges = () => server.requests.map(({ headers }) => headers.range);

  test('goes on where it broke off, as often as it takes', async () => {
    server.fail({ kind: 'truncate', times: 6 });
    expect(await fetchFile()).toEqual(Buffer.from(body));
    expect(server.requests).toHaveLength(7);
    expect(ranges()[0]).toBeUndefined();
    const starts = ranges()
      .slice(1)
      .map((range) => Number(/bytes=(\d+)-/.exec(range!)![1]));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(starts[0]).toBeGreaterThan(100_000);
  });

  test('goes on from what an earlier fetch has left', async () => {
    expect(await fetchFile((file) => file.append(body.subarray(0, 1000)))).toEqual(Buffer.from(body));
    expect(ranges()).toEqual(['bytes=1000-']);
  });

  test('is begun anew where the server knows no ranges', async () => {
    server.fail({ kind: 'answer', status: 200, body });
    expect(await fetchFile((file) => file.append(new Uint8Array(1000)))).toEqual(Buffer.from(body));
  });

  test('is left as it is where it was complete', async () => {
    expect(await fetchFile((file) => file.append(body))).toEqual(Buffer.from(body));
    expect(ranges()).toEqual([`bytes=${body.length}-`]);
  });

  test('that is not there', async () => {
    server.fail({ kind: 'answer', status: 404 });
    await expect(fetchFile()).rejects.toThrow(AppError);
  });
});

test('what others used of the limit is seen by whoever reads the headers', async () => {
  const seen: (string | null)[] = [];
  const bucket = new TokenBucket({ capacity: 1, perSecond: 1 }, clock);
  const watching = new HttpClient({
    source: 'V',
    bucket,
    clock,
    onAnswer: (headers) => seen.push(headers.get('x-used')),
  });
  server.fail({ kind: 'answer', headers: { 'X-Used': '7' }, body: '1' });
  await watching.json(new URL(server.url), { signal: never });
  expect(seen).toEqual(['7']);
});
