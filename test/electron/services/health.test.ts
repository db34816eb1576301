import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../../electron/services/create-app.ts';
import {
  ActionInputSchema,
  type RunSpecInput,
  RunSpecSchema,
  type Series,
} from '../../../shared/contract/schemas.ts';
import { trustItems } from '../../../shared/format/trust.ts';
import { type Bar, daysOf, walk } from '../../shared/health/bars.ts';

// Health, corrections, actions and runs together, as the application runs them.

const folder = mkdtempSync(join(tmpdir(), 'hindsight-health-'));
const YEAR = daysOf('XNYS', '2023-01-01', '2024-01-01');
const SPLIT = YEAR[120]!;
const SPIKE = YEAR[60]!;

let app: App;
beforeAll(async () => {
  app = await createApp({
    libraryPath: join(folder, 'library'),
    resourcesPath: fileURLToPath(new URL('../../../resources', import.meta.url)),
    face: 'browser',
  });
  const sick = walk(YEAR, { step: 0.02 });
  for (const bar of sick.slice(120)) {
    for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] /= 4;
    bar.volume *= 4;
  }
  Object.assign(sick[60]!, { close: sick[60]!.close * 3, high: sick[60]!.close * 3.1 });
  await importBars('SICK', sick);
  await importBars('SOUND', walk(YEAR, { step: 0.02, seed: 7 }));
});
afterAll(() => {
  app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function importBars(ticker: string, bars: readonly Bar[]): Promise<void> {
  const path = join(folder, `${ticker}.csv`);
  const rows = bars.map(({ time, open, high, low, close, volume }) =>
    [new Date(time).toISOString().slice(0, 10), ticker, '', open, high, low, close, volume, '', ''].join(','),
  );
  writeFileSync(path, `bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n${rows.join('\n')}\n`);
  await app.imports.importFile({ path, name: `${ticker}.csv` });
  await app.instruments.change({ ticker, calendar: 'XNYS' });
}

const series = async (ticker: string): Promise<Series> => app.series.find(ticker, '1d');
const reportOf = async (ticker: string) => app.health.report((await series(ticker)).id);
const kinds = async (ticker: string) => (await reportOf(ticker)).suspects.map(({ kind }) => kind).sort();
const putSplit = (ratio = 4) =>
  app.actions.put(ActionInputSchema.parse({ ticker: 'SICK', at: SPLIT, kind: 'split', ratio }));

async function run(more: Partial<RunSpecInput> = {}) {
  const spec = RunSpecSchema.parse({
    strategy: 'sma-cross',
    params: { fast: 2, slow: 3, size: 10 },
    data: [{ ticker: 'SICK', every: '1d' }],
    ...more,
  });
  const { id } = await app.runs.start(spec);
  return app.runs.get(id);
}

describe('health', () => {
  test('is computed in the background after an import, and announced', async () => {
    const stop = new AbortController();
    const ids = [(await series('SICK')).id, (await series('SOUND')).id].sort();
    const known = async () => (await app.health.scores()).map(({ seriesId }) => seriesId).sort();
    for await (const _ of app.changes.subscribe(stop.signal)) {
      if ((await known()).join() === ids.join()) stop.abort();
    }
    expect(await known()).toEqual(ids);
  });

  test('finds what is sick, by the calendar of the instrument', async () => {
    expect(await kinds('SICK')).toEqual(['likely-split', 'spike']);
    expect(await reportOf('SICK')).toMatchObject({ calendar: 'XNYS' });
    expect(await reportOf('SOUND')).toMatchObject({ score: 100, suspects: [] });
  });

  test('takes a user’s word for a suspect, and back', async () => {
    const { id } = await series('SICK');
    const before = await reportOf('SICK');
    const spike = before.suspects.find(({ kind }) => kind === 'spike')!;
    const review = { seriesId: id, kind: spike.kind, from: spike.from, to: spike.to };
    await app.health.review({ ...review, isFine: true });
    const after = await reportOf('SICK');
    expect(after.suspects.at(-1)).toMatchObject({ kind: 'spike', isReviewed: true });
    expect(after.score).toBeGreaterThan(before.score);
    expect((await app.health.scores()).find(({ seriesId }) => seriesId === id)).toMatchObject({
      score: after.score,
      suspectCount: 1,
    });
    await app.health.review({ ...review, isFine: false });
    expect(await reportOf('SICK')).toEqual(before);
  });

  test('is that of the bars as they are: dropped ones are missing, undone they are back', async () => {
    const { id } = await series('SICK');
    const before = await reportOf('SICK');
    const { importId, droppedBars } = await app.health.dropBars({
      seriesId: id,
      from: SPIKE,
      to: SPIKE,
      reason: 'a bad print',
    });
    expect(droppedBars).toBe(1);
    expect(await kinds('SICK')).toEqual(['likely-split', 'missing-session']);
    expect((await app.imports.list())[0]).toMatchObject({
      importId,
      source: 'correction',
      warnings: ['a bad print'],
    });
    await app.imports.undo(importId);
    expect(await reportOf('SICK')).toEqual(before);
  });

  test('changes with the table of actions', async () => {
    const { id } = await putSplit();
    expect(await kinds('SICK')).toEqual(['spike']);
    await app.actions.remove(id);
    expect(await kinds('SICK')).toEqual(['likely-split', 'spike']);
  });
});

describe('runs', () => {
  test('over a sick range say so, and what was earned on bars of suspects', async () => {
    const { trust, id } = await run();
    const { data } = trust!;
    const { suspectCount } = await reportOf('SICK');
    expect(data.suspects).toBe(suspectCount);
    expect(data.health).toBe((await reportOf('SICK')).score);
    const { rows } = await app.workers.readers.run('trades', {
      runId: id,
      offset: 0,
      limit: 1_000,
      sort: 'ref',
      descending: false,
      outcome: 'all',
      side: 'all',
    });
    const sick = [SPIKE, YEAR[119], SPLIT];
    const tainted = rows.filter(
      ({ entryTime, exitTime }) => sick.includes(entryTime) || sick.includes(exitTime ?? 0),
    );
    expect(tainted.length).toBeGreaterThan(0);
    expect(data.suspectTrades).toBe(tainted.length);
    expect(data.suspectNet).toBeCloseTo(
      tainted.reduce((sum, { net }) => sum + net, 0),
      6,
    );
    const item = trustItems(trust!).find(({ id: name }) => name === 'data')!;
    expect(item.value).toMatch(/on doubtful bars$/);
    expect(item.state).not.toBe('good');
  });

  test('over a sound part of it do not', async () => {
    const { trust } = await run({ from: '2023-08-01' });
    expect(trust!.data).toMatchObject({ health: 100, suspects: 0, suspectTrades: 0, suspectNet: 0 });
    expect(trustItems(trust!).find(({ id }) => id === 'data')).toMatchObject({
      value: 'health 100',
      state: 'good',
    });
  });

  test('take the library’s actions, record them, and reproduce whatever the library learns later', async () => {
    const { manifest: without, id: before } = await run();
    expect(without.data[0]!.actions).toEqual([]);
    const { id } = await putSplit();
    try {
      const { manifest, trust, id: after } = await run();
      expect(manifest.data[0]!.actions).toEqual([
        { kind: 'split', at: new Date(SPLIT).toISOString().slice(0, 10), ratio: 4 },
      ]);
      expect(manifest.results.equity).not.toBe(without.results.equity);
      expect(trust!.data.jumps).toBeLessThan(3);
      expect(await app.runs.reproduce(before)).toEqual({ identical: true, difference: null });
      await app.actions.remove(id);
      expect(await app.runs.reproduce(after)).toEqual({ identical: true, difference: null });
    } finally {
      await app.actions.remove(id).catch(() => {});
    }
  });

  test('leave out actions behind their last bar, and take those that RUN.json names', async () => {
    const { id } = await putSplit();
    try {
      const { manifest } = await run({ to: '2023-05-31' });
      expect(manifest.data[0]!.actions).toEqual([]);
      const own = [{ kind: 'dividend', at: '2023-03-01', amount: 0.5 }] as const;
      const { manifest: named } = await run({ data: [{ ticker: 'SICK', every: '1d', actions: [...own] }] });
      expect(named.data[0]!.actions).toEqual(own);
    } finally {
      await app.actions.remove(id);
    }
  });

  test('compare with the benchmark’s total return where its actions are known, and say so', async () => {
    const figure = (detail: Awaited<ReturnType<typeof run>>) =>
      detail.statistics.find(({ id }) => id === 'benchmarkReturn')!;
    const plain = figure(await run({ benchmark: 'SOUND' }));
    expect(plain.convention).not.toMatch(/Total return/);
    const { id } = await app.actions.put(
      ActionInputSchema.parse({ ticker: 'SOUND', at: YEAR[100]!, kind: 'dividend', amount: 10 }),
    );
    try {
      const detail = await run({ benchmark: 'SOUND' });
      const total = figure(detail);
      expect(total.convention).toMatch(
        /Total return: 0 splits taken out, 1 dividend put back into the share\.$/,
      );
      const before = 100 + plain.value!;
      expect(total.value! + 100).toBeGreaterThan(before * 1.05);
      await app.actions.remove(id);
      expect(await app.runs.reproduce(detail.id)).toEqual({ identical: true, difference: null });
    } finally {
      await app.actions.remove(id).catch(() => {});
    }
  });
});

describe('actions', () => {
  test('of a file are imported once; Yahoo’s dividends become what was paid', async () => {
    const path = join(folder, 'YAHOO_dividends.csv');
    writeFileSync(path, 'Date,Dividends\n2014-02-06,0.10\n2015-02-05,0.47\nnever,1\n');
    await app.actions.put(
      ActionInputSchema.parse({ ticker: 'YAHOO', at: Date.parse('2014-06-09'), kind: 'split', ratio: 7 }),
    );
    const report = await app.actions.importFile({ path }, null);
    expect(report).toMatchObject({
      file: 'YAHOO_dividends.csv',
      linesRead: 3,
      added: 2,
      unchanged: 0,
      tickers: 1,
      rejects: [{ line: 4, field: 'date' }],
    });
    expect(report.warnings[0]).toMatch(/1 were multiplied by the splits that followed/);
    expect(
      (await app.actions.list('YAHOO')).map(({ kind, ratio, amount }) => [kind, ratio ?? amount]),
    ).toEqual([
      ['dividend', 0.7],
      ['split', 7],
      ['dividend', 0.47],
    ]);
    expect(await app.actions.importFile({ path }, null)).toMatchObject({ added: 0, unchanged: 2 });
  });

  test('are proposed from the bars, with evidence', async () => {
    const found = await app.actions.propose('SICK');
    expect(found).toMatchObject([{ kind: 'missed-split', at: SPLIT, ratio: 4 }]);
    expect((await app.actions.propose(null)).map(({ ticker }) => ticker)).toEqual(['SICK']);
  });

  test('adjust the chart', async () => {
    const { id } = await series('SICK');
    const actions = async (view: 'raw' | 'split') => app.actions.inView(id, view);
    expect(await actions('split')).toEqual([]);
    const stored = await putSplit();
    expect(await actions('split')).toEqual([{ kind: 'split', time: SPLIT, ratio: 4 }]);
    expect(await actions('raw')).toEqual([]);
    await app.actions.remove(stored.id);
    expect(await actions('split')).toEqual([]);
  });
});
