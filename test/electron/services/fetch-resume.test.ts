import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { environmentSecrets } from '../../../electron/services/environment-secrets.ts';
import { openReader } from '../../../electron/store/database.ts';
import { toPlainError } from '../../../shared/contract/errors.ts';
import {
  type FetchProgress,
  type FetchRequestInput,
  FetchRequestSchema,
  type SourceChange,
} from '../../../shared/contract/schemas.ts';
import { openLibraryApp } from '../sources/library-app.ts';
import { AlpacaStandIn } from '../sources/stand-ins/alpaca-stand-in.ts';
import { BinanceStandIn } from '../sources/stand-ins/binance-stand-in.ts';
import { S3StandIn } from '../sources/stand-ins/s3-stand-in.ts';
import type { Fault, StandIn } from '../sources/stand-ins/stand-in.ts';
import { TestClock } from '../sources/test-clock.ts';
import { barLines, csvOf, range } from '../store/temporary-library.ts';

// However a fetch is interrupted, and however often it is repeated: in the end the library holds what one undisturbed
// fetch would have brought.

const CHILD = fileURLToPath(new URL('fetch-child.ts', import.meta.url));
const RUNS = Number(process.env.HINDSIGHT_FETCH_RUNS ?? 3);
const KILLS = Number(process.env.HINDSIGHT_FETCH_KILLS ?? 4);
const NOW = Date.UTC(2024, 6, 10, 12);
const KEYS = { APCA_API_KEY_ID: 'id', APCA_API_SECRET_KEY: 'secret' };
const SILENCE_MILLISECONDS = 1_000;
const OBJECTS = 7;
const OBJECT_BARS = 4_000;

interface Case {
  readonly server: StandIn;
  readonly change: SourceChange;
  readonly request: FetchRequestInput;
}
const cases: Record<string, Case> = {};
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-resume-'));
  const binance = await new BinanceStandIn({
    listed: { BTCUSDT: Date.UTC(2024, 1, 20), ETHUSDT: 0 },
    now: NOW,
    firstUnpublished: '2024-04',
  }).start();
  const alpaca = await new AlpacaStandIn({
    keyId: KEYS.APCA_API_KEY_ID,
    secretKey: KEYS.APCA_API_SECRET_KEY,
    listed: { AAPL: Date.UTC(2024, 2, 5), MSFT: 0 },
    now: NOW,
    pageSize: 1000,
  }).start();
  const s3 = await new S3StandIn({
    bucket: 'bars',
    keyIds: ['AKIAX'],
    deniedKeyIds: [],
    pageSize: 2,
  }).start();
  for (let number = 0; number < OBJECTS; number++) {
    const from = number * (OBJECT_BARS - 500); // each reaches into the next
    const csv = csvOf(barLines(range(from, from + OBJECT_BARS)));
    if (number % 2 === 0) s3.put(`bars/${number}.csv.gz`, gzipSync(csv));
    else s3.putInParts(`bars/${number}.csv`, Buffer.from(csv));
  }
  writeFileSync(join(folder, 'credentials'), '[x]\naws_access_key_id=AKIAX\naws_secret_access_key=s\n');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_ENDPOINT_URL', s3.url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  cases.binance = {
    server: binance,
    change: { id: 'binance', enabled: true, settings: { apiUrl: binance.url, filesUrl: binance.url } },
    request: {
      id: 'binance',
      symbols: ['BTCUSDT', 'ETHUSDT'],
      every: '15m',
      from: '2024-01-25',
      to: '2024-05-10',
    },
  };
  cases.alpaca = {
    server: alpaca,
    change: { id: 'alpaca', enabled: true, settings: { url: alpaca.url } },
    request: { id: 'alpaca', symbols: ['AAPL', 'MSFT'], every: '5m', from: '2024-02-20', to: '2024-04-10' },
  };
  cases.s3 = {
    server: s3,
    change: { id: 's3', enabled: true, settings: { bucket: 'bars', prefix: 'bars/', profile: 'x' } },
    request: { id: 's3', symbols: [] },
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(Object.values(cases).map(({ server }) => server.stop()));
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  for (const { server } of Object.values(cases)) server.reset();
});
afterEach(() => {
  for (const { server } of Object.values(cases)) server.reset();
});

const openApp = (libraryPath?: string) =>
  openLibraryApp({
    clock: new TestClock(NOW),
    secrets: environmentSecrets(KEYS),
    ...(libraryPath === undefined ? {} : { libraryPath }),
  });

/** What one undisturbed fetch brings. */
async function undisturbed({ change, request }: Case) {
  const app = await openApp();
  await app.sources.set(change);
  const { reports, failures } = await app.sources.fetch(FetchRequestSchema.parse(request));
  expect(failures).toEqual([]);
  const hashes = await app.hashes();
  app.close();
  return { hashes, parts: reports.length };
}

const faults: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom('reset', 'truncate'),
  after: fc.nat(12),
});

describe.each(['binance', 'alpaca', 's3'] as const)('%s', (name) => {
  test(`stopped at random, ${RUNS} times over, and gone on with`, { timeout: 300_000 }, async () => {
    const one = cases[name]!;
    const expected = await undisturbed(one);
    expect(expected.parts).toBeGreaterThan(3);
    const request = FetchRequestSchema.parse(one.request);
    const property = fc.asyncProperty(
      fc.array(fc.nat(40), { maxLength: 4 }),
      fc.array(faults, { maxLength: 3 }),
      async (stops, broken) => {
        one.server.reset();
        one.server.fail(...broken);
        const app = await openApp();
        try {
          await app.sources.set(one.change);
          for (const after of stops) {
            const stop = new AbortController();
            let told = 0;
            const onProgress = (_: FetchProgress) => {
              if (told++ === after) stop.abort();
            };
            await app.sources.fetch(request, { signal: stop.signal, onProgress }).catch((thrown: unknown) => {
              expect(toPlainError(thrown).code).toBe('cancelled');
            });
          }
          await app.sources.fetch(request);
          expect(await app.hashes()).toEqual(expected.hashes);
          const again = await app.sources.fetch(request);
          expect(again).toMatchObject({ reports: [], failures: [] });
          expect(await app.hashes()).toEqual(expected.hashes);
          expect(readdirSync(join(app.libraryPath, 'fetching'))).toEqual([]);
        } finally {
          app.close();
        }
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });
});

describe.each(['binance', 's3'] as const)('%s', (name) => {
  test(`killed ${KILLS} times at random, and gone on with`, { timeout: 300_000 }, async () => {
    const one = cases[name]!;
    const expected = await undisturbed(one);
    const libraryPath = mkdtempSync(join(tmpdir(), 'hindsight-killed-'));
    const task = JSON.stringify({
      libraryPath,
      change: one.change,
      request: FetchRequestSchema.parse(one.request),
    });
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        // Sometimes in the middle of a file, so that the rest of it is asked for.
        if (kill % 3 === 0) one.server.fail({ kind: 'hang', after: 2 + kill });
        await killWhileFetching(task, 1 + ((kill * 7) % 23), (kill * 13) % 40);
        one.server.reset();
        const reader = openReader(libraryPath);
        expect(reader.pragma('quick_check', { simple: true })).toBe('ok');
        reader.close();
      }
      const app = await openApp(libraryPath);
      const before = (await app.imports.list()).length;
      const { reports, skipped } = await app.sources.fetch(FetchRequestSchema.parse(one.request));
      expect(skipped).toBe(before);
      expect(reports.length + skipped).toBe(expected.parts);
      expect(await app.hashes()).toEqual(expected.hashes);
      app.close();
      process.stderr.write(
        `${name}: ${KILLS} kills, ${before} of ${expected.parts} parts were in before the last fetch\n`,
      );
    } finally {
      rmSync(libraryPath, { recursive: true, force: true });
    }
  });
});

/**
 * Kills the child some milliseconds after it has told so many things, or when it has fallen silent because the source
 * hangs; or lets it finish before.
 */
async function killWhileFetching(task: string, tellings: number, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, task], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let told = 0;
  const enough = new Promise<void>((resolve) => {
    let silence: NodeJS.Timeout | undefined;
    createInterface(child.stdout).on('line', () => {
      clearTimeout(silence);
      silence = globalThis.setTimeout(resolve, SILENCE_MILLISECONDS);
      if (++told === tellings) resolve();
    });
  });
  await Promise.race([enough, ended]);
  await Promise.race([setTimeout(milliseconds), ended]);
  child.kill('SIGKILL');
  await ended;
}
