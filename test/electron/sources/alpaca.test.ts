import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { alpaca } from '../../../electron/sources/alpaca.ts';
import { toPlainError } from '../../../shared/contract/errors.ts';
import { opened } from './open-source.ts';
import { AlpacaStandIn } from './stand-ins/alpaca-stand-in.ts';
import { madeBar } from './stand-ins/bars.ts';
import { TestClock } from './test-clock.ts';

const NOW = Date.UTC(2024, 6, 10, 15, 0, 30);
const KEYS = { APCA_API_KEY_ID: 'PKCANARY', APCA_API_SECRET_KEY: 'canarySecret' };
const LISTED = { AAPL: Date.UTC(2020, 0, 2, 14, 30), 'BRK.B': Date.UTC(2024, 5, 3, 13, 30) };

let server: AlpacaStandIn;
let clock: TestClock;
let source: Awaited<ReturnType<typeof opened>>;
const open = (settings: Record<string, string> = {}, secrets: Record<string, string> = KEYS) =>
  opened(alpaca(clock), { settings: { url: server.url, ...settings }, secrets });
beforeAll(async () => {
  const [keyId, secretKey] = Object.values(KEYS) as [string, string];
  server = await new AlpacaStandIn({ keyId, secretKey, listed: LISTED, now: NOW, pageSize: 700 }).start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.reset();
  clock = new TestClock(NOW);
  source = await open();
  return () => source.close();
});

const failureOf = async (promise: Promise<unknown>) =>
  toPlainError(
    await promise.then(
      () => expect.unreachable(),
      (thrown: unknown) => thrown,
    ),
  );
const july = () => source.plan({ symbols: ['AAPL'], from: '2024-07-01', to: '2024-07-02' });

describe('the plan', () => {
  test('minutes by months, days in one piece', async () => {
    const plan = await source.plan({ symbols: ['aapl', 'MSFT'], from: '2024-05-20', to: '2024-06-03' });
    expect(plan.parts.map(({ name }) => name)).toEqual([
      'AAPL 1m 2024-05-20 to 2024-05-31',
      'AAPL 1m 2024-06-01 to 2024-06-03',
      'MSFT 1m 2024-05-20 to 2024-05-31',
      'MSFT 1m 2024-06-01 to 2024-06-03',
    ]);
    expect(plan.parts[1]!.origins).toEqual([
      `${server.url}/v2/stocks/bars?symbols=AAPL&timeframe=1Min&start=2024-06-01T00%3A00%3A00.000Z&end=2024-06-03T23%3A59%3A59.999Z&limit=10000&adjustment=raw&feed=iex&sort=asc`,
    ]);
    expect(server.requests).toHaveLength(0);
  });

  test('without a beginning: from the first bar there is', async () => {
    const plan = await source.plan({ symbols: ['BRK.B', 'GONE'], to: '2024-06-04' });
    expect(plan.parts.map(({ name }) => name)).toEqual(['BRK.B 1m 2024-06-03 13:30 to 2024-06-04']);
    expect(plan.unknown).toMatchObject([{ subject: 'GONE', error: { code: 'not-found' } }]);
  });

  test('of the consolidated tape only what is open to all plans, when no end is given', async () => {
    const sip = await open({ feed: 'sip' });
    const { parts } = await sip.plan({ symbols: ['AAPL'], from: '2024-07-10' });
    expect(parts[0]!.name).toBe('AAPL 1m 2024-07-10 to 2024-07-10 14:44');
    expect(await sip.fetchPart(parts[0]!)).not.toBeNull();
    sip.close();
  });
});

describe('a part', () => {
  test('all pages, as Alpaca’s own library writes them', async () => {
    const { parts } = await july();
    const fetched = (await source.fetchPart(parts[0]!))!;
    expect(fetched.name).toBe('AAPL-1m-2024-07-01-to-2024-07-02.csv');
    const [heading, ...lines] = Buffer.from(fetched.content).toString().trimEnd().split('\n');
    expect(heading).toBe('symbol,timestamp,open,high,low,close,volume,trade_count,vwap');
    expect(lines).toHaveLength(2880);
    const bar = madeBar('AAPL', Date.UTC(2024, 6, 1, 20, 34));
    expect(lines[1234]!.split(',').slice(0, 6)).toEqual([
      'AAPL',
      '2024-07-01T20:34:00Z',
      ...[bar.open, bar.high, bar.low, bar.close].map(String),
    ]);
    expect(server.requests.map(({ url }) => url.searchParams.has('page_token'))).toEqual([
      false,
      ...Array(4).fill(true),
    ]);
  });

  test('without bars is none', async () => {
    const { parts } = await source.plan({ symbols: ['NOSUCH'], from: '2024-07-01', to: '2024-07-02' });
    expect(await source.fetchPart(parts[0]!)).toBeNull();
  });

  test('goes through failures on any page', async () => {
    server.fail(
      { kind: 'truncate', after: 1 },
      { kind: 'reset', after: 2 },
      { kind: 'answer', status: 429, body: '{"message":"too many requests."}', after: 3 },
      { kind: 'answer', status: 500, after: 4 },
    );
    const { parts } = await july();
    const lines = Buffer.from((await source.fetchPart(parts[0]!))!.content)
      .toString()
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(2881);
    expect(new Set(lines).size).toBe(2881);
  });

  test('waits for the minute to pass when the limit is used up', async () => {
    server.fail({
      kind: 'answer',
      headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(NOW / 1000 + 42) },
      body: '{"bars":{},"next_page_token":null}',
    });
    const { parts } = await july();
    await source.fetchPart(parts[0]!);
    await source.fetchPart(parts[0]!);
    expect(clock.slept[0]).toBe(42_000);
  });

  test('pages that never end are refused', async () => {
    server.fail({ kind: 'answer', times: 10, body: '{"bars":{},"next_page_token":"again"}' });
    const { parts } = await july();
    expect(await failureOf(source.fetchPart(parts[0]!))).toMatchObject({
      code: 'source-failed',
      message: 'Alpaca answered with the same page over and over',
    });
  });

  test.each([
    [
      { status: 401, body: '{"message":"unauthorized."}' },
      'source-denied',
      'does not accept the key (401)',
      /Key ID and Secret key/,
    ],
    [
      { status: 403, body: '{"message":"forbidden."}' },
      'source-denied',
      'does not accept the key (403)',
      /Key ID and Secret key/,
    ],
    [
      {
        status: 403,
        body: '{"code":42210000,"message":"subscription does not permit querying recent SIP data"}',
      },
      'source-denied',
      'does not include this',
      /feed to iex/,
    ],
    [
      { status: 400, body: '{"message":"invalid symbol: A/B"}' },
      'not-found',
      'does not know this symbol',
      /BRK\.B/,
    ],
    [
      { body: '{"bars":{"AAPL":[{"t":"=1+1","o":1,"h":1,"l":1,"c":1,"v":1}]}}' },
      'source-failed',
      'no bars',
      /address/,
    ],
    [{ body: '{"message":"hello"}' }, 'source-failed', 'no bars', /address/],
  ] as const)('refused: %o', async (answer, code, message, hint) => {
    server.fail({ kind: 'answer', times: 100, ...answer });
    const { parts } = await july();
    const failure = await failureOf(source.fetchPart(parts[0]!));
    expect(failure).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(failure.detail.hint).toMatch(hint);
  });

  test('with a wrong key, and with none', async () => {
    const wrong = await open({}, { ...KEYS, APCA_API_SECRET_KEY: 'other' });
    const { parts } = await july();
    expect(await failureOf(wrong.fetchPart(parts[0]!))).toMatchObject({ code: 'source-denied' });
    const none = await open({}, {});
    expect(await failureOf(none.fetchPart(parts[0]!))).toMatchObject({ code: 'source-denied' });
    expect(server.requests).toHaveLength(1);
    wrong.close();
    none.close();
  });
});

test('the key stands in the headers and nowhere else', async () => {
  const { parts } = await july();
  const fetched = (await source.fetchPart(parts[0]!))!;
  for (const { url, headers } of server.requests) {
    expect(url.href).not.toMatch(/canary/i);
    expect(headers['apca-api-key-id']).toBe(KEYS.APCA_API_KEY_ID);
  }
  expect(JSON.stringify([parts, fetched.origin, fetched.name])).not.toMatch(/canary/i);
});
