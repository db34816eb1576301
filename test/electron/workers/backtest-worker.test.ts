import { afterAll, describe, expect, test } from 'vitest';
import { compileStrategy } from '../../../electron/services/compile-strategy.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import type { BacktestTasks } from '../../../electron/workers/tasks.ts';
import { DEFAULT_SETTINGS, DEFAULT_TERMS } from '../../../shared/backtest/settings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { randomCloses, seriesOf } from '../../fixtures/series.ts';

// Long enough for a thread to start on a busy machine.
const STALL_MILLISECONDS = 2_500;
const pool = new WorkerPool<BacktestTasks>({
  worker: 'backtest',
  threads: 1,
  heapMegabytes: 128,
  unit: 'bars',
  stall: {
    milliseconds: STALL_MILLISECONDS,
    error: (done) => new AppError('strategy-stuck', `no progress at ${done}`),
  },
});
afterAll(() => pool.close());

const series = seriesOf(randomCloses(2_000, 7));

const runSource = async (source: string, options: { signal?: AbortSignal } = {}, on = pool) => {
  const compiled = await compileStrategy(source, 'mine.ts');
  try {
    return await on.run(
      'run',
      {
        code: compiled.code,
        fileName: 'mine.ts',
        params: {},
        feeds: [
          {
            handle: series,
            from: 0,
            to: series.length,
            interval: 60_000,
            terms: DEFAULT_TERMS,
            session: null,
            actions: [],
            finer: null,
            health: null,
          },
        ],
        settings: DEFAULT_SETTINGS,
        seed: 1,
        riskFreeRate: 0,
        benchmark: null,
        trials: { count: 1, sharpeVariance: 0 },
        memory: null,
        leakCuts: 2,
      },
      options,
    );
  } catch (thrown) {
    throw thrown instanceof AppError ? compiled.locate(thrown) : thrown;
  }
};
const failure = async (source: string) => {
  const thrown = await runSource(source).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
};
const strategy = (next: string) =>
  `import { Strategy } from 'hindsight';\nexport default class Mine extends Strategy {\n  next() {\n    ${next}\n  }\n}\n`;
const works = strategy('if (this.bar === 10) this.buy({ size: 1 });');

describe('a strategy in its compartment', () => {
  test('runs, and hands back columns', async () => {
    const { result, statistics } = await runSource(works);
    expect(result.orders.length).toBe(1);
    expect(result.fills.bar[0]).toBe(11);
    expect(result.equity.length).toBe(series.length);
    expect(statistics.find(({ id }) => id === 'openTrades')?.value).toBe(1);
  });

  test('declares its parameters without being run', async () => {
    const source = `import { integer, Strategy } from 'hindsight';
      const params = { fast: integer(10, { min: 2, max: 50, step: 2, label: 'Fast' }) };
      export default class Mine extends Strategy<typeof params> { static params = params; init() { throw new Error('never'); } }`;
    const { code } = await compileStrategy(source, 'mine.ts');
    const { params } = await pool.run('describe', { code, fileName: 'mine.ts' });
    expect(params).toEqual({
      fast: { kind: 'integer', default: 10, min: 2, max: 50, step: 2, label: 'Fast' },
    });
  });

  test.each([
    ['the file system', `import { readFileSync } from 'node:fs';`, 'readFileSync("/etc/passwd");'],
    ['another package', `import zod from 'zod';`, 'zod.string();'],
  ])('cannot import %s', async (_, line, use) => {
    const error = await failure(`${line}\n${strategy(use)}`);
    expect(error.code).toBe('strategy-forbidden');
    expect(error.message).toContain('may import "hindsight" only');
  });

  test.each([
    ['process', 'if (typeof process !== "undefined") this.buy({ size: 1 });'],
    ['fetch', 'if (typeof fetch !== "undefined") this.buy({ size: 1 });'],
    ['timers', 'if (typeof setTimeout !== "undefined") this.buy({ size: 1 });'],
    [
      'shared memory',
      'if (typeof SharedArrayBuffer !== "undefined" || typeof Atomics !== "undefined") this.buy({ size: 1 });',
    ],
    [
      'a real global object',
      'if ((globalThis as any).process || (globalThis as any).require) this.buy({ size: 1 });',
    ],
  ])('does not see %s', async (_, next) => {
    const { result } = await runSource(strategy(next));
    expect(result.orders.length).toBe(0);
  });

  test.each([
    ['the clock', 'Date.now();'],
    ['a new date', 'new Date();'],
    ['unseeded chance', 'Math.random();'],
    ['the function constructor', '(() => {}).constructor("return process")();'],
    ['a constructor chain over the API', '(this.data as any).constructor.constructor("return process")();'],
    ['frozen intrinsics', '"use strict"; (Array.prototype as any).map = () => 1;'],
    [
      'our errors',
      'try { this.data.close.ago(-1); } catch (e: any) { e.constructor.prototype.toPlain = null; }',
    ],
    ['the API itself', '(Strategy as any).prototype.buy = () => {};'],
    ['a raw column through the API', '(this.data.close as any).values[0].constructor.from([1]);'],
  ])('is refused %s', async (_, next) => {
    const error = await failure(strategy(next));
    expect(['strategy-forbidden', 'strategy-error']).toContain(error.code);
    expect(error.detail.line).toBe(4);
  });

  test('is refused a dynamic import', async () => {
    const error = await failure(strategy('void import("node:fs");'));
    expect(error.code).toBe('strategy-forbidden');
  });

  test('an error names file, line and bar', async () => {
    const error = await failure(strategy('if (this.bar === 41) throw new Error("I give up");'));
    expect(error).toMatchObject({ code: 'strategy-error', detail: { file: 'mine.ts', line: 4 } });
    expect(error.message).toBe('Error: I give up (bar 42, 2024-07-01T07:41Z)');
  });

  test.each([
    ['null', 'throw null;'],
    ['a hostile object', 'throw { get message() { throw 1; }, toString() { throw 2; } };'],
  ])('may throw %s', async (_, next) => {
    expect((await failure(strategy(next))).code).toBe('strategy-error');
  });

  test('a file without a strategy is told what to export', async () => {
    const error = await failure('export const nothing = 1;');
    expect(error.detail.hint).toContain('export default class');
  });

  test('a syntax error names line and column', async () => {
    const source = `import { Strategy } from 'hindsight';\nexport default class Mine extends Strategy {\n  next( {\n}\n`;
    await expect(compileStrategy(source, 'mine.ts')).rejects.toMatchObject({
      code: 'strategy-syntax',
      detail: { file: 'mine.ts', line: 5, column: 1 },
    });
  });
});

describe('the pool', () => {
  test.each([
    ['next()', strategy('while (true) {}')],
    [
      'init()',
      `import { Strategy } from 'hindsight';\nexport default class Mine extends Strategy { init() { for (;;) {} } }`,
    ],
    [
      'the module itself',
      `import { Strategy } from 'hindsight';\nfor (;;) {}\nexport default class Mine extends Strategy {}`,
    ],
  ])('ends an endless loop in %s and goes on', async (_, source) => {
    expect((await failure(source)).code).toBe('strategy-stuck');
    expect((await runSource(works)).result.orders.length).toBe(1);
  });

  test('gives a cancelled run up at once, without waiting for its thread, and goes on', async () => {
    const stop = new AbortController();
    let outcome: unknown = null;
    const run = runSource(strategy('while (true) {}'), { signal: stop.signal }).catch((error) => {
      outcome = error;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(outcome).toBeNull();
    stop.abort();
    await new Promise((resolve) => setImmediate(resolve));
    expect(outcome).toMatchObject({ code: 'cancelled' });
    await run;
    expect((await runSource(works)).result.orders.length).toBe(1);
  });

  test('survives a strategy that eats memory', async () => {
    const error = await failure(
      `import { Strategy } from 'hindsight';\nconst hoard: unknown[] = [];\nexport default class Mine extends Strategy { next() { for (let i = 0; i < 1e6; i++) hoard.push({ i, text: String(i) + hoard.length }); } }`,
    );
    expect(['strategy-error', 'strategy-stuck']).toContain(error.code);
    expect((await runSource(works)).result.orders.length).toBe(1);
  });

  test('rejects at once when the signal has already fired', async () => {
    await expect(runSource(works, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('from run to run', () => {
  test('a module that keeps something is evaluated anew, so that every run is the first', async () => {
    const counting = `import { Strategy } from 'hindsight';
      let runs = 0;
      export default class Mine extends Strategy {
        init() { runs++; }
        next() { if (this.bar === runs) this.buy({ size: runs }); }
      }`;
    const first = await runSource(counting);
    const second = await runSource(counting);
    expect([...second.result.orders.size]).toEqual([...first.result.orders.size]);
    expect(second.hashes).toEqual(first.hashes);
  });

  test('a class without state serves again, and its instances start afresh', async () => {
    const source = strategy(
      'this.seen = (this.seen ?? 0) + 1; if (this.seen === 5) this.buy({ size: this.seen });',
    );
    const first = await runSource(source);
    expect([...(await runSource(source)).result.orders.createdBar]).toEqual([
      ...first.result.orders.createdBar,
    ]);
  });

  test('what hangs on the class cannot be changed', async () => {
    const error = await failure(strategy('(this.constructor as any).count = 1;'));
    expect(error.message).toContain('object is not extensible');
  });
});

test('the same run gives the same bits on any number of threads', async () => {
  const source = `import { ema, Strategy } from 'hindsight';
    export default class Mine extends Strategy {
      init() { this.line = ema(this.data.close, 9); }
      next() {
        if (this.random() < 0.05) this.buyBracket({ size: 1 + Math.floor(this.random() * 9), stopLoss: this.data.close.value - 1, takeProfit: this.data.close.value + 1 });
        else if (this.data.close.value > this.line.value && this.random() < 0.02) this.close();
      }
    }`;
  const alone = await runSource(source);
  const many = new WorkerPool<BacktestTasks>({ worker: 'backtest', threads: 3 });
  try {
    const runs = await Promise.all(Array.from({ length: 6 }, () => runSource(source, {}, many)));
    expect(alone.result.trades.length).toBeGreaterThan(20);
    for (const run of runs) expect(run.hashes).toEqual(alone.hashes);
  } finally {
    many.close();
  }
});
