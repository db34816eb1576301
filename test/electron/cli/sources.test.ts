import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { parseCommandLine, UsageError } from '../../../electron/cli/command-line.ts';
import { describeError, toPlainError } from '../../../shared/contract/errors.ts';
import type { FetchPlan, FetchResult, SourceState } from '../../../shared/contract/schemas.ts';
import { AlpacaStandIn } from '../sources/stand-ins/alpaca-stand-in.ts';

const KEYS = { APCA_API_KEY_ID: 'PKCANARY', APCA_API_SECRET_KEY: 'canarySecret' };

let server: AlpacaStandIn;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-cli-'));
  server = await new AlpacaStandIn({
    keyId: KEYS.APCA_API_KEY_ID,
    secretKey: KEYS.APCA_API_SECRET_KEY,
    listed: { AAPL: 0, 'BRK.B': 0 },
    now: Date.UTC(2024, 6, 10),
    pageSize: 10_000,
  }).start();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => server.reset());

interface Output {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command as main.ts runs it, within this process. `until`: when to press Ctrl+C. */
async function hindsight(
  words: string[],
  { env = KEYS, until }: { env?: Record<string, string>; until?: () => boolean } = {},
): Promise<Output> {
  const stop = new AbortController();
  const watch = setInterval(() => until?.() === true && stop.abort(), 10);
  let stdout = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  for (const name of Object.keys(KEYS)) vi.stubEnv(name, env[name]);
  try {
    await parseCommandLine([...words, '--library', join(folder, 'library')]).run(stop.signal);
    return { status: 0, stdout, stderr: '' };
  } catch (thrown) {
    if (thrown instanceof UsageError) return { status: 2, stdout, stderr: thrown.message };
    return { status: 1, stdout, stderr: describeError(toPlainError(thrown)) };
  } finally {
    clearInterval(watch);
    write.mockRestore();
    vi.unstubAllEnvs();
  }
}
const jsonOf = async <T>(words: string[]): Promise<T> => {
  const { status, stdout, stderr } = await hindsight([...words, '--json']);
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as T;
};

test('a source is off, is set up, turned on, used, and turned off again', { timeout: 120_000 }, async () => {
  const list = await hindsight(['sources']);
  expect(list.stdout).toMatch(/^s3: Amazon S3, off/m);
  expect(list.stdout).toMatch(/^binance: Binance, off/m);
  expect(list.stdout).toMatch(/nothing else leaves this machine/);

  const range = ['--from', '2024-06-28', '--to', '2024-07-01'];
  const off = await hindsight(['fetch', 'alpaca', 'AAPL', ...range]);
  expect(off.status).toBe(1);
  expect(off.stderr).toBe(
    'source-off: Alpaca is turned off. Turn it on among the sources of the Data screen, or with: hindsight sources enable alpaca',
  );

  await hindsight(['sources', 'set', 'alpaca', `url=${server.url}`, 'feed=iex']);
  const on = await hindsight(['sources', 'enable', 'alpaca'], { env: {} });
  expect(on.stdout).toMatch(
    /^Alpaca is on\. Alpaca sees.*\nIt is not ready yet\. Start Hindsight with APCA_API_KEY_ID/,
  );
  expect((await hindsight(['sources', 'secret', 'alpaca'])).stdout).toMatch(
    /^Key ID: from the environment \(APCA_API_KEY_ID\)\n/,
  );
  const state = await jsonOf<{ sources: SourceState[] }>(['sources', 'list']);
  expect(JSON.stringify(state)).not.toMatch(/canary/i);
  expect(server.requests).toHaveLength(0);

  const plan = await jsonOf<FetchPlan>(['fetch', 'alpaca', 'AAPL,BRK.B', ...range, '--plan']);
  expect(plan.parts.map(({ name, isHeld }) => [name, isHeld])).toEqual([
    ['AAPL 1m 2024-06-28 to 2024-06-30', false],
    ['AAPL 1m 2024-07-01', false],
    ['BRK.B 1m 2024-06-28 to 2024-06-30', false],
    ['BRK.B 1m 2024-07-01', false],
  ]);
  const fetched = await hindsight(['fetch', 'alpaca', 'AAPL,BRK.B', ...range]);
  expect(fetched.stderr).toBe('');
  expect(fetched.stdout).toMatch(
    /^4 parts imported, 0 held already, 0 without bars\n11520 bars stored, 0 lines rejected\n/,
  );
  expect(fetched.stdout).toMatch(/^AAPL 1m +5 760 +2024-06-28 00:00 +2024-07-01 23:59$/m);
  const again = await jsonOf<FetchResult>(['fetch', 'alpaca', 'AAPL,BRK.B', ...range]);
  expect(again).toMatchObject({ reports: [], skipped: 4 });

  expect((await hindsight(['sources', 'disable', 'alpaca'])).stdout).toBe('Alpaca is off.\n');
  expect((await hindsight(['fetch', 'alpaca', 'AAPL'])).status).toBe(1);
});

test('interrupted, it says what stays', { timeout: 60_000 }, async () => {
  await hindsight(['sources', 'set', 'alpaca', `url=${server.url}`]);
  await hindsight(['sources', 'enable', 'alpaca']);
  server.fail({ kind: 'hang', after: 3 });
  const { status, stderr } = await hindsight(
    ['fetch', 'alpaca', 'AAPL', '--every', '5m', '--from', '2024-01-01', '--to', '2024-06-30'],
    { until: () => server.requests.length >= 4 },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^cancelled: Stopped\. [0-3] of 6 parts were imported and stay; the next fetch goes on there\.$/,
  );
});

test.each([
  [['sources', 'enabel', 'binance'], 2, /takes list, enable.*Did you mean enable\?/],
  [['sources', 'enable'], 2, /Name a source: s3, binance, alpaca/],
  [['sources', 'enable', 'binanse'], 1, /not-found: There is no source "binanse"\. Did you mean binance\?/],
  [['sources', 'set', 'binance', 'apiUrl'], 2, /takes key=value/],
  [['sources', 'set', 'binance', 'apiURL=https://x'], 1, /Did you mean apiUrl\?/],
  [['fetch', 'binance', 'BTCUSDT', '--every', 'minute'], 2, /--every takes an interval such as 1m/],
  [['fetch', 'binance', 'BTCUSDT', '--from', 'yesterday'], 2, /--from takes a date or time in UTC/],
])('%s', async (words, status, message) => {
  const output = await hindsight(words);
  expect(output.stderr).toMatch(message);
  expect(output.status).toBe(status);
});
