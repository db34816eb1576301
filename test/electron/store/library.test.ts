import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
beforeEach(() => {
  library = new TemporaryLibrary();
});
afterEach(() => library.close());

/** Minutes that lie in three windows of 16,384. */
const MINUTES = range(0, 40_000).filter((minute) => minute % 7 !== 3);
const contentOf = (ticker = 'AAL.L') =>
  library.series.list().find((series) => series.ticker === ticker)?.contentHash;

describe('import', () => {
  it('stores what the file says, and loads it back', async () => {
    const report = await library.import(csvOf(barLines(MINUTES)));
    expect(report).toMatchObject({
      linesRead: MINUTES.length,
      accepted: MINUTES.length,
      stored: MINUTES.length,
      rejected: 0,
    });
    const [series] = library.series.list();
    expect(series).toMatchObject({
      ticker: 'AAL.L',
      every: '1m',
      bars: MINUTES.length,
      first: Date.UTC(2024, 6, 1, 7),
    });
    const bars = barsOf(loadSeries(library.series, series!.id));
    const expected = barLines(MINUTES).map((line) => line.split(','));
    for (const index of [0, 1, 14_000, 20_001, MINUTES.length - 1]) {
      const [time, , trades, open, high, low, close, volume, vwap] = expected[index]!;
      expect(bars.time[index]).toBe(Date.parse(`${time!.replace(' ', 'T')}Z`));
      expect(
        [bars.open, bars.high, bars.low, bars.close, bars.volume, bars.trades, bars.vwap].map(
          (column) => column![index],
        ),
      ).toEqual([open, high, low, close, volume, trades, vwap].map(Number));
    }
    expect(bars.twap).toBeNull();
  });

  it('of the same file again stores nothing and changes nothing', async () => {
    await library.import(csvOf(barLines(MINUTES)));
    const before = library.snapshot();
    const again = await library.import(csvOf(barLines(MINUTES)));
    expect(again).toMatchObject({
      stored: 0,
      unchanged: MINUTES.length,
      accepted: MINUTES.length,
      rejected: 0,
    });
    expect(library.snapshot()).toEqual(before);
    expect(library.series.imports(library.series.list()[0]!.id)).toHaveLength(2);
  });

  it('of shuffled and overlapping pieces gives one hash', async () => {
    await library.import(csvOf(barLines(MINUTES)));
    const expected = contentOf();
    let state = 17;
    const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
    for (let round = 0; round < 10; round++) {
      const pieces = new TemporaryLibrary();
      try {
        const starts = range(0, 8).map((piece) => piece * 5_000);
        starts.sort(() => random(3) - 1);
        for (const start of starts) {
          const part = MINUTES.filter((minute) => minute >= start - random(3_000) && minute < start + 5_000);
          const lines = barLines(part);
          if (random(2) === 0) lines.reverse();
          else lines.sort(() => random(3) - 1);
          await pieces.import(csvOf(lines));
        }
        await pieces.import(csvOf(barLines(MINUTES)));
        expect(pieces.series.list()[0]!.contentHash).toBe(expected);
      } finally {
        pieces.close();
      }
    }
  });

  it('gives one hash whether an empty column is there or not', async () => {
    await library.import(
      'bucket,ticker,open,high,low,close,volume\n2024-07-01 07:00,X,1,1,1,1,5\n2024-07-01 07:01,X,1,1,1,1,5\n',
    );
    const other = new TemporaryLibrary();
    await other.import(
      'bucket,ticker,open,high,low,close,volume,vwap\n2024-07-01 07:00,X,1,1,1,1,5,\n2024-07-01 07:01,X,1,1,1,1,5,\n',
    );
    expect(other.series.list()[0]!.contentHash).toBe(contentOf('X'));
    other.close();
  });

  it('keeps the stored bar where a file says otherwise, and says so', async () => {
    await library.import(csvOf(barLines(range(0, 100))));
    const before = library.snapshot();
    const lines = barLines(range(90, 110));
    lines[3] = lines[3]!.replace(/,(\d+),([\d.]+),$/, ',123456,$2,');
    const report = await library.import(csvOf(lines));
    expect(report).toMatchObject({ linesRead: 20, accepted: 19, stored: 10, unchanged: 9, rejected: 1 });
    expect(report.rejects).toMatchObject([
      { reason: 'conflicts-with-library', count: 1, examples: [{ line: 5 }] },
    ]);
    expect(report.rejects[0]!.examples[0]!.text).toContain('2024-07-01 08:33:00,AAL.L');
    const { removedBars } = library.imports.undo(report.importId);
    expect(removedBars).toBe(10);
    expect(library.snapshot()).toEqual(before);
  });

  it('of several tickers makes one series each, and undo takes all of them back', async () => {
    const lines = range(0, 200).flatMap((minute) =>
      ['A', 'B', 'C'].flatMap((ticker) => barLines([minute], ticker)),
    );
    const report = await library.import(csvOf(lines));
    expect(report.series.map(({ ticker, bars }) => [ticker, bars])).toEqual([
      ['A', 200],
      ['B', 200],
      ['C', 200],
    ]);
    expect(library.imports.undo(report.importId)).toEqual({ removedBars: 600 });
    expect(library.snapshot()).toEqual({ chunks: [], series: [] });
  });

  it('is refused when the library moved on since it was prepared', async () => {
    const prepared = await library.prepare(csvOf(barLines(range(0, 50))));
    await library.import(csvOf(barLines(range(20, 80))));
    const before = library.snapshot();
    expect(() => library.imports.commit(prepared, 0)).toThrow(
      expect.objectContaining({ code: 'library-busy' }),
    );
    expect(library.snapshot()).toEqual(before);
    expect(library.writer.prepare('SELECT count(*) FROM import').pluck().get()).toBe(1);
  });
});

describe('undo', () => {
  it('restores the bytes that were there', async () => {
    await library.import(csvOf(barLines(range(0, 20_000))));
    const before = library.snapshot();
    const report = await library.import(csvOf(barLines(range(10_000, 40_000))));
    expect(library.snapshot()).not.toEqual(before);
    expect(library.imports.undo(report.importId)).toEqual({ removedBars: 20_000 });
    expect(library.snapshot()).toEqual(before);
  });

  it('is refused while a later import stands on it, and possible once that is undone', async () => {
    const first = await library.import(csvOf(barLines(range(0, 100))));
    const second = await library.import(csvOf(barLines(range(50, 150))));
    expect(() => library.imports.undo(first.importId)).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(second.importId) }),
    );
    library.imports.undo(second.importId);
    expect(library.imports.undo(first.importId)).toEqual({ removedBars: 100 });
    expect(library.series.list()).toEqual([]);
  });

  it('of something undone or unknown says so', async () => {
    const { importId } = await library.import(csvOf(barLines(range(0, 10))));
    library.imports.undo(importId);
    expect(() => library.imports.undo(importId)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    expect(() => library.imports.undo('nothing')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('leaves the import in the history, marked', async () => {
    await library.import(csvOf(barLines(range(0, 10))));
    const { importId } = await library.import(csvOf(barLines(range(5, 20))));
    library.imports.undo(importId);
    const history = library.series.imports(library.series.list()[0]!.id);
    expect(history.map((entry) => [entry.undone, entry.stored])).toEqual([
      [true, 10],
      [false, 10],
    ]);
  });
});

it('removes a series with all its bars and leaves the others', async () => {
  await library.import(csvOf([...barLines(range(0, 100), 'A'), ...barLines(range(0, 100), 'B')]));
  await library.import(csvOf(barLines(range(50, 200), 'A')));
  const [a] = library.series.list();
  library.imports.removeSeries(a!.id);
  expect(library.series.list().map(({ ticker }) => ticker)).toEqual(['B']);
  expect(library.writer.prepare('SELECT count(*) FROM chunk WHERE series_id = ?').pluck().get(a!.id)).toBe(0);
  expect(library.writer.prepare('SELECT count(DISTINCT chunk) FROM chunk_column').pluck().get()).toBe(1);
  expect(() => library.imports.removeSeries(a!.id)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

it('detects every flipped byte of stored bars and names ticker and window', async () => {
  await library.import(csvOf(barLines(range(0, 3_000))));
  const [series] = library.series.list();
  const columns = library.writer
    .prepare<[], { rowid: number; bytes: Buffer }>('SELECT rowid, bytes FROM chunk_column')
    .all();
  const update = library.writer.prepare('UPDATE chunk_column SET bytes = ? WHERE rowid = ?');
  let state = 23;
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
  for (let round = 0; round < 200; round++) {
    const { rowid, bytes } = columns[random(columns.length)]!;
    const flipped = Buffer.from(bytes);
    const at = random(flipped.length);
    flipped[at] = flipped[at]! ^ (1 << random(8));
    update.run(round % 5 === 0 ? flipped.subarray(0, at) : flipped, rowid);
    expect(() => loadSeries(library.series, series!.id)).toThrow(
      expect.objectContaining({
        code: 'library-damaged',
        message: expect.stringMatching(/AAL\.L.*window \d+/),
      }),
    );
    update.run(bytes, rowid);
  }
  expect(loadSeries(library.series, series!.id).length).toBe(3_000);
});
