import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { environmentSecrets } from '../../../electron/services/environment-secrets.ts';
import type { SecretSlot, SecretStore } from '../../../electron/services/secret-store.ts';
import { toPlainError } from '../../../shared/contract/errors.ts';
import {
  type FetchProgress,
  FetchProgressSchema,
  type FetchRequestInput,
  FetchRequestSchema,
  FetchResultSchema,
  SourceStateSchema,
} from '../../../shared/contract/schemas.ts';
import { type LibraryApp, openLibraryApp } from '../sources/library-app.ts';
import { AlpacaStandIn } from '../sources/stand-ins/alpaca-stand-in.ts';
import { BinanceStandIn } from '../sources/stand-ins/binance-stand-in.ts';
import { S3StandIn } from '../sources/stand-ins/s3-stand-in.ts';
import { TestClock } from '../sources/test-clock.ts';
import { barLines, csvOf, range } from '../store/temporary-library.ts';

const NOW = Date.UTC(2024, 6, 10, 12, 30, 30);
const KEYS = { APCA_API_KEY_ID: 'PKCANARY7777', APCA_API_SECRET_KEY: 'canarySecret8888' };
const LISTED = { BTCUSDT: Date.UTC(2020, 0), ETHUSDT: Date.UTC(2024, 6, 3) };

let binance: BinanceStandIn;
let alpaca: AlpacaStandIn;
let app: LibraryApp;
beforeAll(async () => {
  binance = await new BinanceStandIn({ listed: LISTED, now: NOW, firstUnpublished: '0000' }).start();
  const [keyId, secretKey] = Object.values(KEYS) as [string, string];
  alpaca = await new AlpacaStandIn({
    keyId,
    secretKey,
    listed: { AAPL: 0 },
    now: NOW,
    pageSize: 700,
  }).start();
});
afterAll(() => Promise.all([binance.stop(), alpaca.stop()]));
const openApp = async (secrets: SecretStore = environmentSecrets({})) => {
  app = await openLibraryApp({ clock: new TestClock(NOW), secrets });
};
beforeEach(async () => {
  binance.reset();
  alpaca.reset();
  await openApp();
});
afterEach(() => app.close());

const request = (input: FetchRequestInput) => FetchRequestSchema.parse(input);
const failureOf = async (promise: Promise<unknown>) =>
  toPlainError(
    await promise.then(
      () => expect.unreachable(),
      (thrown: unknown) => thrown,
    ),
  );
const useBinance = () =>
  app.sources.set({
    id: 'binance',
    enabled: true,
    settings: { apiUrl: binance.url, filesUrl: binance.url },
  });
const useAlpaca = () => app.sources.set({ id: 'alpaca', enabled: true, settings: { url: alpaca.url } });
const days: FetchRequestInput = {
  id: 'binance',
  symbols: ['BTCUSDT'],
  from: '2024-06-29',
  to: '2024-07-02',
};

describe('what a source is', () => {
  test('all are off, and say what leaves the machine', async () => {
    const states = await app.sources.list();
    expect(states.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['s3', false],
      ['binance', false],
      ['alpaca', false],
    ]);
    for (const state of states) {
      SourceStateSchema.parse(state);
      expect(state.privacy).toMatch(/sees your internet address.*nothing else leaves this machine\.$/);
    }
    expect(states[0]!.missing).toMatch(/bucket/);
    expect(states[1]!.missing).toBeNull();
    expect(states[2]!.missing).toMatch(/Start Hindsight with APCA_API_KEY_ID and APCA_API_SECRET_KEY/);
    expect(states[2]!.noKeyStore).toMatch(/no access to the system’s key store/);
  });

  test('one that is off refuses to fetch and to plan, and asks nobody', async () => {
    await app.sources.set({ id: 'binance', settings: { apiUrl: binance.url, filesUrl: binance.url } });
    for (const failure of [
      await failureOf(app.sources.fetch(request(days))),
      await failureOf(app.sources.plan(request(days))),
    ]) {
      expect(failure).toMatchObject({ code: 'source-off', message: 'Binance is turned off' });
      expect(failure.detail.hint).toMatch(/hindsight sources enable binance/);
    }
    expect(binance.requests).toHaveLength(0);
  });

  test('one that lacks something says what', async () => {
    await useAlpaca();
    expect(await failureOf(app.sources.fetch(request({ id: 'alpaca', symbols: ['AAPL'] })))).toMatchObject({
      code: 'source-off',
      detail: { hint: expect.stringContaining('APCA_API_KEY_ID') },
    });
  });

  test('settings are kept, checked and taken back', async () => {
    const state = await useBinance();
    expect(state.settings.map(({ name, value }) => [name, value])).toEqual([
      ['apiUrl', binance.url],
      ['filesUrl', binance.url],
    ]);
    const back = await app.sources.set({ id: 'binance', settings: { apiUrl: '' } });
    expect(back.settings[0]).toMatchObject({ value: '', fallback: 'https://data-api.binance.vision' });
    expect(back.enabled).toBe(true);
  });

  test.each([
    [
      'binance',
      { apiUrl: 'ftp://x' },
      'API address must begin with https://, or lie on this machine: ftp://x',
    ],
    ['binance', { apiUrl: 'http://example.com' }, /must begin with https/],
    ['binance', { apiUrl: 'https://user:pass@example.com' }, /must not hold a name or a password/],
    ['binance', { apiUrl: 'nonsense' }, /is not an address/],
    ['binance', { apiURL: 'https://x' }, 'Binance has no setting "apiURL"'],
    ['alpaca', { feed: 'otc' }, 'Feed is either iex or sip: otc'],
    ['s3', { bucket: 'My Bucket' }, /is no name that a bucket can have/],
    ['s3', { region: 'europe' }, /is no region such as eu-west-1/],
  ] as const)('%s %o is refused, and nothing of the change is kept', async (id, settings, message) => {
    const before = await app.sources.state(id);
    const failure = await failureOf(app.sources.set({ id, enabled: true, settings: { ...settings } }));
    expect(failure.code).toBe('bad-request');
    expect(failure.message).toMatch(message);
    expect(await app.sources.state(id)).toEqual(before);
  });

  test.each([
    [{ symbols: [] }, 'symbols', /BTCUSDT/],
    [{ symbols: ['BTCUSDT'], every: '7m' }, 'every', /1m, 3m/],
    [{ symbols: ['BTCUSDT'], from: '2024-07-02', to: '2024-07-01' }, 'to', /^$/],
  ])('a request that cannot be: %o', async (input, field, hint) => {
    await useBinance();
    const failure = await failureOf(app.sources.fetch(request({ id: 'binance', ...input })));
    expect(failure).toMatchObject({ code: 'bad-request', detail: { field } });
    expect(failure.detail.hint ?? '').toMatch(hint);
    expect(binance.requests).toHaveLength(0);
  });
});

describe('a fetch', () => {
  test('imports part by part, says where from, and fetches nothing twice', async () => {
    await useBinance();
    const seen: FetchProgress[] = [];
    const result = FetchResultSchema.parse(
      await app.sources.fetch(request(days), { onProgress: (progress) => seen.push(progress) }),
    );
    expect(result.reports.map(({ accepted, rejected, stored }) => [accepted, rejected, stored])).toEqual([
      [2880, 0, 2880],
      [2880, 0, 2880],
    ]);
    expect(await app.series.list()).toMatchObject([
      {
        ticker: 'BTCUSDT',
        every: '1m',
        bars: 5760,
        first: Date.UTC(2024, 5, 29),
        last: Date.UTC(2024, 6, 2, 23, 59),
      },
    ]);
    const sources = (await app.imports.list()).map(({ source }) => source);
    expect(sources).toEqual([
      `${binance.url}/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1719792000000&endTime=1719964799999&limit=1000`,
      `${binance.url}/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1719619200000&endTime=1719791999999&limit=1000`,
    ]);
    for (const progress of seen) FetchProgressSchema.parse(progress);
    expect(seen[0]!.stage).toBe('planning');
    expect(new Set(seen.map(({ stage }) => stage))).toEqual(new Set(['planning', 'fetching', 'importing']));
    expect(seen.at(-1)).toMatchObject({ done: 2, total: 2, unit: 'parts' });
    expect(seen.at(-1)!.bytes).toBeGreaterThan(400_000);

    binance.requests.length = 0;
    expect(await app.sources.fetch(request(days))).toEqual({
      reports: [],
      skipped: 2,
      empty: [],
      failures: [],
    });
    expect(binance.requests).toHaveLength(0);
    expect((await app.sources.plan(request(days))).parts.map(({ isHeld }) => isHeld)).toEqual([true, true]);
    expect(readdirSync(join(app.libraryPath, 'fetching'))).toEqual([]);
  });

  test('bulk files and the API bring the same bars, in milliseconds and in microseconds', async () => {
    const now = Date.UTC(2025, 1, 10);
    const months: FetchRequestInput = {
      id: 'binance',
      symbols: ['BTCUSDT'],
      every: '30m',
      from: '2024-12-01',
      to: '2025-01-31',
    };
    const hashes: unknown[] = [];
    for (const firstUnpublished of ['2025-02', '2025-01', '0000']) {
      const server = await new BinanceStandIn({ listed: LISTED, now, firstUnpublished }).start();
      const other = await openLibraryApp({ clock: new TestClock(now) });
      const settings = { apiUrl: server.url, filesUrl: server.url };
      await other.sources.set({ id: 'binance', enabled: true, settings });
      const { reports } = await other.sources.fetch(request(months));
      expect(reports.map(({ accepted, rejected }) => [accepted, rejected])).toEqual([
        [31 * 48, 0],
        [31 * 48, 0],
      ]);
      const zips = reports.filter(({ file }) => file.endsWith('.zip')).length;
      hashes.push([await other.hashes(), zips]);
      other.close();
      await server.stop();
    }
    const [[bars]] = hashes as [[unknown]];
    expect(hashes).toEqual([
      [bars, 2],
      [bars, 1],
      [bars, 0],
    ]);
  });

  test('a single bar needs no guessing', async () => {
    app.close();
    await openApp(environmentSecrets(KEYS));
    await useBinance();
    await useAlpaca();
    const minute = { from: '2024-07-02 09:30', to: '2024-07-02 09:30' };
    const one = await app.sources.fetch(request({ id: 'binance', symbols: ['BTCUSDT'], ...minute }));
    expect(one.reports).toMatchObject([
      { accepted: 1, rejected: 0, series: [{ ticker: 'BTCUSDT', every: '1m' }] },
    ]);
    const day = { from: '2024-07-02', to: '2024-07-02', every: '1d' };
    const two = await app.sources.fetch(request({ id: 'alpaca', symbols: ['AAPL'], ...day }));
    expect(two.reports).toMatchObject([
      { accepted: 1, rejected: 0, series: [{ ticker: 'AAPL', every: '1d' }] },
    ]);
  });

  test('once more when asked to: what the vendor corrected is taken over', async () => {
    await useBinance();
    await app.sources.fetch(request({ ...days, from: '2024-07-02' }));
    const [before] = await app.series.list();
    const again = request({ ...days, from: '2024-07-02', again: true });
    expect((await app.sources.fetch(again)).reports[0]).toMatchObject({ stored: 0, unchanged: 1440 });
    const bar = [
      Date.UTC(2024, 6, 2),
      '1',
      '2',
      '1',
      '2',
      '5',
      Date.UTC(2024, 6, 2, 0, 1) - 1,
      '1',
      1,
      '1',
      '1',
      '0',
    ];
    binance.fail({ kind: 'answer', body: JSON.stringify([bar]) });
    const { reports } = await app.sources.fetch(again);
    expect(reports[0]).toMatchObject({ accepted: 1, rejected: 0 });
    expect((await app.series.list())[0]!.contentHash).not.toBe(before!.contentHash);
    expect((await app.series.list())[0]!.bars).toBe(1440);
  });

  test('what was undone, or whose series was removed, is fetched anew', async () => {
    await useBinance();
    const { reports } = await app.sources.fetch(request(days));
    await app.imports.undo(reports[1]!.importId);
    expect((await app.sources.fetch(request(days))).reports).toHaveLength(1);
    await app.imports.removeSeries((await app.series.list())[0]!.id);
    expect((await app.sources.fetch(request(days))).reports).toHaveLength(2);
  });

  test('symbols that are not there do not stop the others', async () => {
    await useBinance();
    const result = await app.sources.fetch(
      request({ id: 'binance', symbols: ['NOSUCH', 'ETHUSDT'], from: '2024-06-29', to: '2024-07-04' }),
    );
    expect(result.failures).toMatchObject([{ part: 'NOSUCH', error: { code: 'not-found' } }]);
    expect(result.empty).toEqual(['ETHUSDT 1m 2024-06-29 to 2024-06-30']);
    expect(result.reports).toMatchObject([{ stored: 2 * 1440 }]);
    const alone = request({ id: 'binance', symbols: ['NOSUCH'], from: '2024-06-29', to: '2024-07-04' });
    expect(await failureOf(app.sources.fetch(alone))).toMatchObject({ code: 'not-found' });
  });

  test('a failure that meets all parts ends it; what came before stays', async () => {
    await useBinance();
    const months = request({
      id: 'binance',
      symbols: ['BTCUSDT'],
      every: '30m',
      from: '2024-01-15',
      to: '2024-06-15',
    });
    // Not whole months: only from the API, one call for the first and last, two for each in between.
    binance.fail({
      kind: 'answer',
      status: 404,
      times: 1000,
      on: ({ pathname }) => pathname.startsWith('/data/'),
    });
    binance.fail({
      kind: 'answer',
      status: 451,
      times: 1000,
      after: 4,
      on: ({ pathname }) => pathname.startsWith('/api/'),
    });
    const failure = await failureOf(app.sources.fetch(months));
    expect(failure.code).toBe('source-denied');
    expect(failure.detail.hint).toMatch(
      /[1-3] of 6 parts were imported and stay; the next fetch goes on there\.$/,
    );
    const kept = (await app.imports.list()).length;
    expect(kept).toBeGreaterThan(0);
    binance.reset();
    binance.fail({
      kind: 'answer',
      status: 404,
      times: 1000,
      on: ({ pathname }) => pathname.startsWith('/data/'),
    });
    expect(await app.sources.fetch(months)).toMatchObject({ skipped: kept, failures: [] });
    expect((await app.series.list())[0]!.bars).toBe(48 * (17 + 29 + 31 + 30 + 31 + 15));
  });

  test('stops at once, and says what stays', async () => {
    await useBinance();
    const stop = new AbortController();
    const onProgress = ({ done }: FetchProgress) => {
      if (done === 1) stop.abort();
    };
    const failure = await failureOf(
      app.sources.fetch(request({ ...days, from: '2024-03-20', every: '30m' }), {
        signal: stop.signal,
        onProgress,
      }),
    );
    expect(failure).toMatchObject({
      code: 'cancelled',
      detail: { hint: expect.stringMatching(/^1 of 5 parts were imported and stay/) },
    });
    expect(await app.imports.list()).toHaveLength(1);
  });

  test('two at once take turns, and the second finds everything there', async () => {
    await useBinance();
    const stages: string[] = [];
    /** A fetch that has begun. */
    const begun = async (input: FetchRequestInput) => {
      let fetching: ReturnType<typeof app.sources.fetch> | undefined;
      await new Promise<void>((resolve) => {
        fetching = app.sources.fetch(request(input), { onProgress: () => resolve() });
      });
      return { fetching: fetching! };
    };
    const { fetching: one } = await begun(days);
    const two = app.sources.fetch(request(days), { onProgress: ({ stage }) => stages.push(stage) });
    expect([(await one).reports.length, (await two).skipped]).toEqual([2, 2]);
    expect(stages[0]).toBe('waiting');
    const stop = new AbortController();
    const { fetching: first } = await begun({ ...days, again: true });
    const second = app.sources.fetch(request(days), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect((await failureOf(second)).code).toBe('cancelled');
    expect((await first).reports).toHaveLength(2);
    expect((await app.sources.fetch(request(days))).skipped).toBe(2);
  });
});

describe('objects of a bucket', () => {
  let s3: S3StandIn;
  let aws: string;
  beforeEach(async () => {
    aws = mkdtempSync(join(tmpdir(), 'hindsight-s3-'));
    s3 = await new S3StandIn({ bucket: 'my-bars', keyIds: ['AKIAX'], deniedKeyIds: [], pageSize: 2 }).start();
    writeFileSync(join(aws, 'credentials'), '[x]\naws_access_key_id=AKIAX\naws_secret_access_key=s\n');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(aws, 'credentials'));
    vi.stubEnv('AWS_CONFIG_FILE', join(aws, 'config'));
    vi.stubEnv('AWS_ENDPOINT_URL', s3.url);
    const settings = { bucket: 'my-bars', prefix: 'bars/', profile: 'x', region: 'eu-west-1' };
    await app.sources.set({ id: 's3', enabled: true, settings });
    return async () => {
      vi.unstubAllEnvs();
      await s3.stop();
      rmSync(aws, { recursive: true });
    };
  });
  const everything: FetchRequestInput = { id: 's3', symbols: [] };

  test('new and changed ones are fetched, the others not', async () => {
    s3.put('bars/a.csv', csvOf(barLines(range(0, 100))));
    s3.put('bars/b.csv.gz', gzipSync(csvOf(barLines(range(100, 300)))));
    expect((await app.sources.fetch(request(everything))).reports).toMatchObject([
      { stored: 100 },
      { stored: 200 },
    ]);
    s3.put('bars/a.csv', csvOf(barLines(range(0, 110), 'VOD.L')));
    s3.put('bars/c.csv', csvOf(barLines(range(300, 310))));
    const { reports, skipped } = await app.sources.fetch(request(everything));
    expect(reports).toMatchObject([{ stored: 110 }, { stored: 10 }]);
    expect(skipped).toBe(1);
    expect((await app.imports.list())[0]!.source).toMatch(/^s3:\/\/my-bars\/bars\/c\.csv#[0-9a-f]{32},\d+$/);
  });

  test('what is no bars, and what leaves a question open, is told and does not stop the others', async () => {
    s3.put('bars/a.txt', 'Exceeded the daily hits limit');
    s3.put('bars/b.csv', '2024.07.01,09:00,1.1,1.2,1.0,1.1,5\n2024.07.01,09:01,1.1,1.2,1.0,1.1,5\n');
    s3.put('bars/c.csv', csvOf(barLines(range(0, 10))));
    const { reports, failures } = await app.sources.fetch(request(everything));
    expect(reports).toMatchObject([{ stored: 10 }]);
    expect(failures.map(({ part }) => part)).toEqual(['a.txt', 'b.csv']);
    for (const { error } of failures) expect(['file-format', 'bad-request']).toContain(error.code);
    expect(readdirSync(join(app.libraryPath, 'fetching'))).toEqual([]);
  });
});

describe('keys', () => {
  test('from the environment: used, never kept', async () => {
    app.close();
    await openApp(environmentSecrets(KEYS));
    const state = await useAlpaca();
    expect(state.secrets.map(({ heldIn }) => heldIn)).toEqual(['environment', 'environment']);
    expect(state.missing).toBeNull();
    const result = await app.sources.fetch(
      request({ id: 'alpaca', symbols: ['AAPL'], from: '2024-07-08', to: '2024-07-09' }),
    );
    expect(result.reports).toMatchObject([
      { accepted: 2880, rejected: 0, series: [{ ticker: 'AAPL', every: '1m' }] },
    ]);
    expect(alpaca.requests[0]!.headers['apca-api-key-id']).toBe(KEYS.APCA_API_KEY_ID);
    expect(
      await failureOf(app.sources.set({ id: 'alpaca', secrets: { APCA_API_KEY_ID: 'x' } })),
    ).toMatchObject({
      code: 'bad-request',
    });
    expect(filesWith(app.libraryPath, Object.values(KEYS))).toEqual([]);
  });

  test('in a store: bound to the address they were entered for', async () => {
    const slots = new Map<string, string>();
    const store: SecretStore = {
      refusal: async () => null,
      find: async (slot) => {
        const value = slots.get(keyOf(slot));
        return value === undefined ? null : { value, heldIn: 'key-store' };
      },
      put: async (slot, value) =>
        void (value === null ? slots.delete(keyOf(slot)) : slots.set(keyOf(slot), value)),
    };
    app.close();
    await openApp(store);
    const ready = await app.sources.set({
      id: 'alpaca',
      enabled: true,
      settings: { url: alpaca.url },
      secrets: { ...KEYS },
    });
    expect(ready.missing).toBeNull();
    expect(JSON.stringify(ready)).not.toMatch(/canary/i);
    const moved = await app.sources.set({ id: 'alpaca', settings: { url: 'https://elsewhere.example' } });
    expect(moved.secrets.map(({ heldIn }) => heldIn)).toEqual([null, null]);
    expect(moved.missing).toBe('Enter Key ID and Secret key.');
    expect((await app.sources.set({ id: 'alpaca', settings: { url: alpaca.url } })).missing).toBeNull();
    const removed = await app.sources.set({ id: 'alpaca', secrets: { APCA_API_KEY_ID: null } });
    expect(removed.missing).toBe('Enter Key ID.');
    expect(filesWith(app.libraryPath, Object.values(KEYS))).toEqual([]);
  });

  test('that no header can carry are refused without being repeated', async () => {
    const failure = await failureOf(
      app.sources.set({ id: 'alpaca', secrets: { APCA_API_KEY_ID: 'canary\nX: y' } }),
    );
    expect(failure.code).toBe('bad-request');
    expect(JSON.stringify(failure)).not.toContain('canary');
  });

  test('that a server repeats do not reach an error or the progress', async () => {
    app.close();
    await openApp(environmentSecrets(KEYS));
    await useAlpaca();
    const told: unknown[] = [];
    for (const status of [400, 401, 403, 404, 422, 500]) {
      alpaca.fail({
        kind: 'answer',
        status,
        times: 5,
        body: JSON.stringify({ message: `symbol of ${Object.values(KEYS).join(' and ')} is not known` }),
      });
      const fetching = app.sources.fetch(
        request({ id: 'alpaca', symbols: ['AAPL'], from: '2024-07-08', to: '2024-07-09' }),
        {
          onProgress: (progress) => told.push(progress),
        },
      );
      told.push(await failureOf(fetching));
      alpaca.reset();
    }
    // Among others that went well, a failure is part of the result.
    alpaca.fail({
      kind: 'answer',
      status: 422,
      body: JSON.stringify({ message: `symbol ${KEYS.APCA_API_SECRET_KEY} is not known` }),
      on: ({ searchParams }) => searchParams.get('symbols') === 'NOSUCH',
      times: 2,
    });
    const mixed = { id: 'alpaca', symbols: ['NOSUCH', 'AAPL'], to: '2024-07-09' } as const;
    const result = await app.sources.fetch(
      request({ ...mixed, symbols: [...mixed.symbols], from: '2024-07-09' }),
    );
    expect(result).toMatchObject({ reports: [{}], failures: [{ part: 'NOSUCH' }] });
    told.push(result);
    alpaca.fail({
      kind: 'answer',
      status: 422,
      body: JSON.stringify({ message: `symbol ${KEYS.APCA_API_KEY_ID}` }),
    });
    told.push(await failureOf(app.sources.plan(request({ id: 'alpaca', symbols: ['NOSUCH'] }))));
    expect(told.length).toBeGreaterThan(12);
    expect(JSON.stringify(told)).not.toMatch(/canary/i);
    expect(JSON.stringify(told)).toContain('[secret]');
  });
});

test('environment keys go to the usual address, to this machine, or where their owner says', async () => {
  const usualOrigin = 'https://data.alpaca.markets';
  const slot = (origin: string): SecretSlot => ({ name: 'K', origin, usualOrigin, addressVariable: 'K_URL' });
  const found = async (origin: string, env: Record<string, string> = {}) =>
    (await environmentSecrets({ K: ' key ', ...env }).find(slot(origin)))?.value ?? null;
  expect(await found(usualOrigin)).toBe('key');
  expect(await found('http://127.0.0.1:99')).toBe('key');
  expect(await found('https://evil.example')).toBeNull();
  expect(await found('https://evil.example', { K_URL: 'https://other.example' })).toBeNull();
  expect(await found('https://mine.example', { K_URL: 'https://mine.example/v2' })).toBe('key');
  expect(await environmentSecrets({}).find(slot(usualOrigin))).toBeNull();
});

const keyOf = ({ name, origin }: SecretSlot) => `${name}@${origin}`;

/** Files below a folder that hold any of the texts. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && texts.some((text) => readFileSync(path).includes(text)));
}
