import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RUN_FILES } from '../../shared/contract/schemas.ts';
import { hindsight } from './terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindsight-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const library = () => ['--library', at('library')];
const demo = async (out: string, libraryPath: string) => {
  const outcome = await hindsight(['demo', '--json', '--out', at(out), '--library', at(libraryPath)]);
  expect(outcome.stderr).toBe('');
  return JSON.parse(outcome.stdout);
};

describe('hindsight demo', () => {
  test('writes all seven files, the same bytes on two fresh libraries, and reproduces', async () => {
    const first = await demo('first', 'library');
    const second = await demo('second', 'other-library');
    expect(first.statistics.trades).toBeGreaterThanOrEqual(20);
    expect(Object.keys(first.files)).toEqual([...RUN_FILES]);
    for (const name of RUN_FILES) expect(second.files[name].sha256, name).toBe(first.files[name].sha256);
    const again = await hindsight(['reproduce', at('first/manifest.json'), ...library()]);
    expect(again).toMatchObject({ code: 0, stdout: 'identical\n' });
  });

  test('reproduce names the first difference when a result was edited', async () => {
    const manifest = JSON.parse(await readFile(at('first/manifest.json'), 'utf8'));
    const trades = await readFile(at('first/trades.csv'), 'utf8');
    const [heading, ...rows] = trades.split('\n');
    rows[4] = rows[4]!.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
    manifest.results.trades = 'f'.repeat(64);
    await writeFile(at('first/edited.json'), JSON.stringify(manifest));
    await writeFile(at('first/trades.csv'), [heading, ...rows].join('\n'));
    const { code, stderr } = await hindsight(['reproduce', at('first/edited.json'), ...library()]);
    expect(code).toBe(1);
    expect(stderr).toContain('trades.csv:6');
    await writeFile(at('first/trades.csv'), trades);
  });

  test('a run whose bars changed says so', async () => {
    const manifest = JSON.parse(await readFile(at('first/manifest.json'), 'utf8'));
    manifest.dataUsed[0].sha256 = '0'.repeat(64);
    await writeFile(at('changed.json'), JSON.stringify(manifest));
    const { code, stderr } = await hindsight(['reproduce', at('changed.json'), ...library()]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^data-changed: .*NOVA\.L/);
  });
});

describe('a run as a file', () => {
  test('the documented example runs, and the command line overrides it', async () => {
    const text = await readFile(new URL('../../docs/run-file.md', import.meta.url), 'utf8');
    await writeFile(at('run.json'), /```json\n([\s\S]*?)```/.exec(text)![1]!);
    const run = async (...more: string[]) =>
      JSON.parse((await hindsight(['backtest', at('run.json'), '--json', ...more, ...library()])).stdout);
    const plain = await run();
    expect(new Date(plain.run.first).toISOString().slice(0, 10)).toBe('2024-02-01');
    expect(new Date(plain.run.last).toISOString().slice(0, 10)).toBe('2024-06-28');
    expect(plain.statistics.trades).toBeGreaterThan(20);
    expect(plain.statistics.totalCommission).toBeGreaterThan(0);
    const free = await run('--commission', 'none', '--slippage', 'none', '--set', 'size=10');
    expect(free.statistics).toMatchObject({
      trades: plain.statistics.trades,
      totalCommission: 0,
      totalSlippage: 0,
    });
  });

  test('a strategy beside it, named by its path', async () => {
    await writeFile(
      at('own.ts'),
      "import { Strategy } from 'hindsight';\nexport default class Own extends Strategy {\n  next() {\n    if (this.bar % 100 === 0) this.orderTargetSize(this.position.size === 0 ? 5 : 0);\n  }\n}\n",
    );
    await writeFile(
      at('own.json'),
      JSON.stringify({
        strategy: 'own.ts',
        data: [{ ticker: 'QUAY.L' }, { ticker: 'HALO.L' }],
        to: '2024-01-31',
      }),
    );
    const { run, statistics } = JSON.parse(
      (await hindsight(['backtest', at('own.json'), '--json', ...library()])).stdout,
    );
    expect(run).toMatchObject({ strategyName: 'own', tickers: ['QUAY.L', 'HALO.L'] });
    expect(statistics.trades).toBeGreaterThan(10);
    const out = await hindsight(['backtest', at('own.json'), '--out', at('own'), ...library()]);
    expect(out.code).toBe(0);
    const manifest = await readFile(at('own/manifest.json'), 'utf8');
    expect(manifest).not.toContain(folder);
    const again = await hindsight(['reproduce', at('own/manifest.json'), ...library()]);
    expect(again).toMatchObject({ code: 0, stdout: 'identical\n' });
  });

  test('an unknown field names itself', async () => {
    await writeFile(
      at('odd.json'),
      JSON.stringify({ strategy: 'sma-cross', data: [{ ticker: 'NOVA.L' }], leverage: 2 }),
    );
    const { code, stderr } = await hindsight(['backtest', at('odd.json'), ...library()]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad-request: .*odd\.json: leverage/);
  });
});

test('Ctrl+C ends a run with 130, even one that never ends, and stores nothing', async () => {
  await writeFile(
    at('endless.ts'),
    "import { Strategy } from 'hindsight';\nexport default class A extends Strategy {\n  next() {\n    for (;;) {}\n  }\n}\n",
  );
  const outcome = await hindsight(['backtest', at('endless.ts'), '--data', 'NOVA.L', ...library()], {
    interruptAfter: 3_000,
  });
  expect(outcome).toEqual({ code: 130, stderr: 'cancelled: nothing was stored\n', stdout: '' });
});

describe('mistakes', () => {
  const failsWith = async (args: string[], code: number, text: RegExp) => {
    const outcome = await hindsight([...args, ...library()]);
    expect(outcome.stderr).toMatch(text);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
  };

  test('an unknown command or option is named, with the nearest', async () => {
    await failsWith(['bactest'], 2, /no command "bactest".*backtest/);
    await failsWith(['data', 'list', '--jsn'], 2, /Did you mean --json/);
    await failsWith(['import'], 2, /at least one file/);
  });

  test('an unknown ticker is told the nearest', () =>
    failsWith(
      ['backtest', 'sma-cross', '--data', 'NOWA.L'],
      1,
      /data-missing: .*NOWA\.L.*Did you mean NOVA\.L/,
    ));

  test('a parameter out of range names itself', () =>
    failsWith(['backtest', 'sma-cross', '--data', 'NOVA.L', '--set', 'fast=0'], 1, /bad-request: .*fast/));

  test('a range without bars says what there is', () =>
    failsWith(
      ['backtest', 'sma-cross', '--data', 'NOVA.L', '--from', '2030-01-01'],
      1,
      /data-missing: .*2024-01/,
    ));

  test('a file that is not there', () =>
    failsWith(['import', at('nowhere.csv')], 1, /file-unreadable: .*nowhere\.csv/));

  test('a strategy that does not compile names line and column', async () => {
    await writeFile(
      at('broken.ts'),
      "import { Strategy } from 'hindsight';\nexport default class A extends Strategy {\n  next( {\n}\n",
    );
    await failsWith(
      ['backtest', at('broken.ts'), '--data', 'NOVA.L'],
      1,
      /strategy-syntax: .*broken\.ts:5:1/,
    );
  });

  test('a strategy that throws names line and bar', async () => {
    await writeFile(
      at('throws.ts'),
      "import { Strategy } from 'hindsight';\nexport default class A extends Strategy {\n  next() {\n    throw new Error('too hot');\n  }\n}\n",
    );
    await failsWith(
      ['backtest', at('throws.ts'), '--data', 'NOVA.L'],
      1,
      /strategy-error: throws\.ts:4:\d+: Error: too hot \(bar 1, 2024-/,
    );
  });

  test('a failed import leaves the library as it was', async () => {
    const before = await hindsight(['data', 'list', '--json', ...library()]);
    await writeFile(at('typo.csv'), 'bucket,ticker,open,high,low,clsoe\n2024-07-01 07:00:00,X.L,1,1,1,1\n');
    await failsWith(['import', at('typo.csv')], 1, /file-format: .*typo\.csv.*close.*clsoe/);
    const after = await hindsight(['data', 'list', '--json', ...library()]);
    expect(after.stdout).toBe(before.stdout);
  });
});
