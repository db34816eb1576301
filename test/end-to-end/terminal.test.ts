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
  test('writes all files, the same bytes on two fresh libraries, and reproduces', async () => {
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
      JSON.stringify({ strategy: 'sma-cross', data: [{ ticker: 'NOVA.L' }], lever: 2 }),
    );
    const { code, stderr } = await hindsight(['backtest', at('odd.json'), ...library()]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad-request: .*odd\.json: lever/);
  });
});

describe('trust', () => {
  test('the leak test decides the exit code when asked for, and every run carries its numbers', async () => {
    await writeFile(
      at('leaky.ts'),
      `import { indicator, type Line, Strategy } from 'hindsight';
      export default class Leaky extends Strategy {
        next_!: Line;
        init() {
          this.next_ = indicator(this.data.close, 1, (close) => close.map((_, i) => close[i + 1] ?? close[i]!));
        }
        next() {
          const rises = this.next_.value > this.data.close.value;
          if (rises && this.position.size === 0) this.buy({ size: 1 });
          else if (!rises && this.position.size > 0) this.close();
        }
      }`,
    );
    const leaky = ['backtest', at('leaky.ts'), '--data', 'NOVA.L', '--to', '2024-02-29', ...library()];
    const plain = JSON.parse((await hindsight([...leaky, '--json'])).stdout);
    expect(plain.trust.leakTest).toMatchObject({ outcome: 'leak' });
    const asked = await hindsight([...leaky, '--leak-test']);
    expect(asked.code).toBe(1);
    expect(asked.stderr).toMatch(/^look-ahead: .*(depends on what came after|when the data end)/);
    const honest = await hindsight([
      'backtest',
      'rsi-bracket',
      '--data',
      'NOVA.L',
      '--to',
      '2024-02-29',
      '--set',
      'stop=0.001',
      '--set',
      'target=0.001',
      '--set',
      'low=60',
      '--leak-test',
      '--json',
      ...library(),
    ]);
    expect(honest.code).toBe(0);
    const { trust } = JSON.parse(honest.stdout);
    expect(trust).toMatchObject({ leakTest: { outcome: 'clean', detail: null }, trials: 1, unseenShare: 1 });
    expect(trust.ambiguous.bars).toBeGreaterThan(0);
    expect(trust.ambiguous.best).toBeGreaterThan(trust.ambiguous.worst);
  });

  test('the second run of a strategy on the same bars has seen them all', async () => {
    const run = async () =>
      JSON.parse(
        (
          await hindsight([
            'backtest',
            'scale-in-out',
            '--data',
            'QUAY.L',
            '--to',
            '2024-01-31',
            '--json',
            ...library(),
          ])
        ).stdout,
      ).trust;
    expect(await run()).toMatchObject({ trials: 1, unseenShare: 1 });
    expect(await run()).toMatchObject({ trials: 2, unseenShare: 0 });
  });
});

describe('orders from elsewhere', () => {
  test('a signal list is replayed with this engine’s fills and costs', async () => {
    await writeFile(
      at('signals.csv'),
      'time,ticker,side,size,limit\n2024-01-02T08:30:00Z,NOVA.L,buy,100,\n2024-01-02T09:00:00Z,NOVA.L,close,,\n2024-01-02T10:00:00Z,NOVA.L,sell,50,99999\n',
    );
    const { code, stdout, stderr } = await hindsight([
      'backtest',
      'orders-from-file',
      '--data',
      'NOVA.L',
      '--to',
      '2024-01-05',
      '--set',
      `orders=@${at('signals.csv')}`,
      '--commission',
      '5/trade',
      '--same-bar',
      'backtrader',
      '--json',
      '--out',
      at('signals'),
      ...library(),
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).statistics).toMatchObject({ trades: 1, totalCommission: 10 });
    const orders = (await readFile(at('signals/orders.csv'), 'utf8')).split('\n');
    expect(orders[3]).toMatch(/sell,limit,50,99999/);
    const again = await hindsight(['reproduce', at('signals/manifest.json'), ...library()]);
    expect(again).toMatchObject({ code: 0, stdout: 'identical\n' });
    const broken = await hindsight([
      'backtest',
      'orders-from-file',
      '--data',
      'NOVA.L',
      '--set',
      'orders=time,ticker,side,size',
      ...library(),
    ]);
    expect(broken.code).toBe(0);
    await writeFile(at('wrong.csv'), 'time,ticker,side,size\n2024-01-02,NOVA.L,hold,1\n');
    const wrong = await hindsight([
      'backtest',
      'orders-from-file',
      '--data',
      'NOVA.L',
      '--set',
      `orders=@${at('wrong.csv')}`,
      ...library(),
    ]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('Line 2: side is one of buy, sell, close, target, not "hold"');
  });

  test('other money: margin, multiplier, interest and a sizer from the command line', async () => {
    const { code, stdout, stderr } = await hindsight([
      'backtest',
      'sma-cross',
      '--data',
      'NOVA.L',
      '--to',
      '2024-01-31',
      '--set',
      'mode=longshort',
      '--set',
      'size=2',
      '--margin',
      '50x10',
      '--commission',
      '2/contract,min=3',
      '--interest',
      '4%',
      '--json',
      '--out',
      at('futures'),
      ...library(),
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).statistics.totalCommission).toBeGreaterThan(0);
    const manifest = JSON.parse(await readFile(at('futures/manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      margin: { kind: 'amount', amount: 50 },
      multiplier: 10,
      interest: { rate: 0.04, onLong: false },
      commission: { kind: 'per-share', amount: 2, minimum: 3 },
    });
    const again = await hindsight(['reproduce', at('futures/manifest.json'), ...library()]);
    expect(again).toMatchObject({ code: 0, stdout: 'identical\n' });
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
