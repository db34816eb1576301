import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { binance } from '../../../electron/sources/binance/binance.ts';
import { toPlainError } from '../../../shared/contract/errors.ts';
import { opened } from './open-source.ts';
import { madeBar } from './stand-ins/bars.ts';
import { BinanceStandIn } from './stand-ins/binance-stand-in.ts';
import { TestClock } from './test-clock.ts';

const NOW = Date.UTC(2024, 6, 10, 12, 30, 30);
const LISTED = {
  BTCUSDT: Date.UTC(2024, 4, 17, 4),
  ETHUSDT: Date.UTC(2020, 0, 1),
  NEWUSDT: Date.UTC(2024, 6, 10),
};
const MINUTE = 60_000;

let server: BinanceStandIn;
let clock: TestClock;
let source: Awaited<ReturnType<typeof opened>>;
beforeAll(async () => {
  server = await new BinanceStandIn({ listed: LISTED, now: NOW, firstUnpublished: '2024-06' }).start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.reset();
  clock = new TestClock(NOW);
  source = await opened(binance(clock), { settings: { apiUrl: `${server.url}/`, filesUrl: server.url } });
  return () => source.close();
});

const names = (plan: Awaited<ReturnType<typeof source.plan>>) => plan.parts.map(({ name }) => name);
const paths = () => server.requests.map(({ url }) => url.pathname);
const rowsOf = (csv: Uint8Array) =>
  Buffer.from(csv)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
const failureOf = async (promise: Promise<unknown>) =>
  toPlainError(
    await promise.then(
      () => expect.unreachable(),
      (thrown: unknown) => thrown,
    ),
  );

describe('the plan', () => {
  test('whole months from files, the rest from the API, nothing of the bar that is not complete', async () => {
    const plan = await source.plan({ symbols: ['ETHUSDT'], from: '2024-04-20', to: null });
    expect(names(plan)).toEqual([
      'ETHUSDT 1m 2024-04-20 to 2024-04-30',
      'ETHUSDT 1m 2024-05',
      'ETHUSDT 1m 2024-06',
      'ETHUSDT 1m 2024-07-01 to 2024-07-10 12:30',
    ]);
    expect(plan.parts[1]!.origins).toEqual([
      `${server.url}/data/spot/monthly/klines/ETHUSDT/1m/ETHUSDT-1m-2024-05.zip`,
      `${server.url}/api/v3/klines?symbol=ETHUSDT&interval=1m&startTime=1714521600000&endTime=1717199999999&limit=1000`,
    ]);
    expect(plan.parts[0]!.origins).toHaveLength(1);
    expect(server.requests).toHaveLength(0);
  });

  test('without a beginning: from the first bar there is', async () => {
    const plan = await source.plan({ symbols: ['btc/usdt', 'BTC-USDT', 'NOSUCH'], to: '2024-06-10' });
    expect(names(plan)).toEqual([
      'BTCUSDT 1m 2024-05-17 04:00 to 2024-05-31',
      'BTCUSDT 1m 2024-06-01 to 2024-06-10',
    ]);
    expect(plan.unknown).toMatchObject([
      { subject: 'NOSUCH', error: { code: 'not-found', message: 'Binance does not know this symbol' } },
    ]);
    expect(server.requests).toHaveLength(2);
  });

  test('longer bars by years, days in one piece, seconds by days', async () => {
    const hours = await source.plan({
      symbols: ['ETHUSDT'],
      every: '1h',
      from: '2022-03-01',
      to: '2023-12-31',
    });
    expect(names(hours)).toEqual([
      'ETHUSDT 1h 2022-03-01 to 2022-12-31',
      'ETHUSDT 1h 2023-01-01 to 2023-12-31',
    ]);
    const days = await source.plan({ symbols: ['ETHUSDT'], every: '1d', from: '2020-01-01' });
    expect(names(days)).toEqual(['ETHUSDT 1d 2020-01-01 to 2024-07-09']);
    const seconds = await source.plan({
      symbols: ['ETHUSDT'],
      every: '1s',
      from: '2024-05-01',
      to: '2024-06-02',
    });
    expect(names(seconds)).toEqual(['ETHUSDT 1s 2024-05', 'ETHUSDT 1s 2024-06-01', 'ETHUSDT 1s 2024-06-02']);
  });

  test('a symbol that cannot be one is refused', async () => {
    expect(await failureOf(source.plan({ symbols: ['../../etc'] }))).toMatchObject({ code: 'bad-request' });
  });
});

describe('a part from the API', () => {
  test('all pages, in the layout of the bulk files', async () => {
    const { parts } = await source.plan({ symbols: ['ETHUSDT'], from: '2024-07-01', to: '2024-07-02' });
    const fetched = (await source.fetchPart(parts[0]!))!;
    expect(fetched.name).toBe('ETHUSDT-1m-2024-07-01-to-2024-07-02.csv');
    expect(fetched.options).toMatchObject({ ticker: 'ETHUSDT', every: '1m' });
    expect(parts[0]!.origins).toContain(fetched.origin);
    const rows = rowsOf(fetched.content);
    expect(rows).toHaveLength(2880);
    expect(paths()).toEqual(Array(3).fill('/api/v3/klines'));
    const start = Date.UTC(2024, 6, 1);
    expect(rows.map((row) => Number(row[0]))).toEqual(rows.map((_, index) => start + index * MINUTE));
    const bar = madeBar('ETHUSDT', start + 1234 * MINUTE);
    expect(rows[1234]!.slice(1, 6).map(Number)).toEqual([bar.open, bar.high, bar.low, bar.close, bar.volume]);
    expect(rows[1234]).toHaveLength(12);
    expect(fetched.bytes).toBeGreaterThan(fetched.content.length / 2);
  });

  test('without bars is none', async () => {
    const { parts } = await source.plan({ symbols: ['BTCUSDT'], from: '2024-01-05', to: '2024-01-06' });
    expect(await source.fetchPart(parts[0]!)).toBeNull();
  });

  test('leaves the bar out that is still changing', async () => {
    clock.advance(MINUTE / 2 + 1); // ours is ahead of Binance’s, so that one bar more is asked for
    const { parts } = await source.plan({ symbols: ['NEWUSDT'], from: '2024-07-10' });
    expect(parts[0]!.name).toBe('NEWUSDT 1m 2024-07-10 to 2024-07-10 12:31');
    server.fail({
      kind: 'answer',
      headers: { Date: new Date(NOW).toUTCString() },
      body: JSON.stringify([
        [NOW - 90_000, '1', '1', '1', '1', '1', NOW - 30_001, '1', 1, '1', '1', '0'],
        [NOW - 30_000, '1', '1', '1', '1', '1', NOW + 29_999, '1', 1, '1', '1', '0'],
      ]),
    });
    expect(rowsOf((await source.fetchPart(parts[0]!))!.content)).toHaveLength(1);
  });

  test('goes through failures, and keeps quiet when told to', async () => {
    server.fail(
      { kind: 'reset' },
      { kind: 'answer', status: 503 },
      { kind: 'truncate', after: 1 },
      {
        kind: 'answer',
        status: 429,
        headers: { 'Retry-After': '17' },
        body: '{"code":-1003,"msg":"Too many requests"}',
      },
    );
    const { parts } = await source.plan({ symbols: ['ETHUSDT'], from: '2024-07-01', to: '2024-07-02' });
    expect(rowsOf((await source.fetchPart(parts[0]!))!.content)).toHaveLength(2880);
    expect(clock.slept.some((pause) => pause >= 17_000)).toBe(true);
    expect(source.pauses.at(-1)).toBe(0);
  });

  test('waits for the next minute when the weight is nearly used up', async () => {
    server.fail({ kind: 'answer', headers: { 'X-MBX-USED-WEIGHT-1M': '5400' }, body: '[]' });
    const { parts } = await source.plan({ symbols: ['ETHUSDT'], from: '2024-07-01', to: '2024-07-01' });
    await source.fetchPart(parts[0]!);
    await source.fetchPart(parts[0]!);
    expect(clock.slept).toEqual([30_000 - 0]);
  });

  test('stays below Binance’s limit', async () => {
    const { parts } = await source.plan({ symbols: ['ETHUSDT'], from: '2024-07-01', to: '2024-07-10' });
    const before = clock.now();
    for (let round = 0; round < 10; round++) await source.fetchPart(parts[0]!);
    const calls = server.requests.length;
    expect(calls).toBeGreaterThan(100);
    const minutes = (clock.now() - before) / MINUTE;
    expect((calls * 2 - 40) / minutes).toBeLessThanOrEqual(2400.001);
  });

  test.each([
    [
      { status: 400, body: '{"code":-1121,"msg":"Invalid symbol."}' },
      'not-found',
      'does not know this symbol',
    ],
    [
      { status: 451, body: '{"code":0,"msg":"Service unavailable from a restricted location"}' },
      'source-denied',
      'restricted location',
    ],
    [{ status: 403 }, 'source-denied', 'firewall'],
    [{ body: '{"bars":[]}' }, 'source-failed', 'no bars'],
    [{ body: '[["x","=cmd()","1","1","1","1","1","1","1","1","1","1"]]' }, 'source-failed', 'no bars'],
    [{ status: 418, headers: { 'Retry-After': '7200' } }, 'source-limit', 'less often (418)'],
  ] as const)('refused: %o', async (answer, code, message) => {
    server.fail({ kind: 'answer', times: 100, ...answer });
    const { parts } = await source.plan({ symbols: ['ETHUSDT'], from: '2024-07-01', to: '2024-07-01' });
    const failure = await failureOf(source.fetchPart(parts[0]!));
    expect(failure).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(failure.detail.hint).toBeTruthy();
  });
});

describe('a bulk file', () => {
  const may = async () =>
    (await source.plan({ symbols: ['ETHUSDT'], from: '2024-05-01', to: '2024-05-31' })).parts[0]!;
  const zip = ({ pathname }: URL) => pathname.endsWith('.zip');

  test('as Binance publishes it, checked', async () => {
    const part = await may();
    const fetched = (await source.fetchPart(part))!;
    expect(fetched.name).toBe('ETHUSDT-1m-2024-05.zip');
    expect(fetched.origin).toBe(part.origins[0]);
    const entries = unzipSync(fetched.content);
    expect(Object.keys(entries)).toEqual(['ETHUSDT-1m-2024-05.csv']);
    expect(rowsOf(entries['ETHUSDT-1m-2024-05.csv']!)).toHaveLength(31 * 1440);
    expect(fetched.bytes).toBeGreaterThanOrEqual(fetched.content.length);
  });

  test('that broke off goes on there; a corrupted one is fetched again', async () => {
    server.fail({ kind: 'truncate', on: zip, times: 3 });
    const part = await may();
    expect(Object.keys(unzipSync((await source.fetchPart(part))!.content))).toHaveLength(1);
    const ranges = server.requests
      .filter(({ url }) => zip(url))
      .map(({ headers }) => headers.range !== undefined);
    expect(ranges).toEqual([false, true, true, true]);
    server.reset();
    server.fail({ kind: 'corrupt', on: zip });
    expect(Object.keys(unzipSync((await source.fetchPart(part))!.content))).toHaveLength(1);
    expect(server.requests.filter(({ url }) => zip(url))).toHaveLength(2);
  });

  test('that never matches its checksum is refused', async () => {
    server.fail({ kind: 'corrupt', on: zip, times: 100 });
    expect(await failureOf(source.fetchPart(await may()))).toMatchObject({
      code: 'source-failed',
      message: 'ETHUSDT-1m-2024-05.zip does not match its checksum, 3 times',
    });
  });

  test('that is not published yet: the same bars from the API', async () => {
    const { parts } = await source.plan({ symbols: ['ETHUSDT'], from: '2024-06-01', to: '2024-06-30' });
    const fetched = (await source.fetchPart(parts[0]!))!;
    expect(fetched.origin).toBe(parts[0]!.origins[1]);
    expect(rowsOf(fetched.content)).toHaveLength(30 * 1440);
  });

  test('from before the symbol was listed: none', async () => {
    const { parts } = await source.plan({ symbols: ['BTCUSDT'], from: '2024-01-01', to: '2024-01-31' });
    expect(await source.fetchPart(parts[0]!)).toBeNull();
    expect(paths()).toEqual([
      '/data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01.zip.CHECKSUM',
      '/api/v3/klines',
    ]);
  });
});
