import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeLevels } from '../../../electron/store/level-store.ts';
import { ChunkReader } from '../../../electron/workers/chunk-reader.ts';
import { IndicatorCache } from '../../../electron/workers/indicator-cache.ts';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import { viewport } from '../../../electron/workers/viewport.ts';
import { type ViewportMeta, ViewportQuerySchema } from '../../../shared/contract/schemas.ts';
import { unpackFrame } from '../../../shared/contract/wire.ts';
import { sma } from '../../../shared/indicators/sma.ts';
import { type BarColumns, lowerBound } from '../../../shared/market/bar.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../store/temporary-library.ts';

// One series of few full chunks, and one of many that are mostly empty, as markets with short days have.
let library: TemporaryLibrary;
beforeAll(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf(barLines(range(0, 50_000), 'FULL')));
  const sparse = range(0, 1_200_000).filter((minute) => minute % 1_440 < 40 && minute % 10_080 < 7_200);
  await library.import(csvOf(barLines(sparse, 'SPARSE')), { every: '1m' });
});
afterAll(() => library.close());

const seriesOf = (ticker: string) => library.series.list().find((series) => series.ticker === ticker)!;

function ask(ticker: string, query: object, reader = new ChunkReader(library.series)) {
  const seriesId = seriesOf(ticker).id;
  const parsed = ViewportQuerySchema.parse({ seriesId, ...query });
  const handle = parsed.indicators.length === 0 ? null : loadSeries(library.series, seriesId);
  return unpackFrame<ViewportMeta>(viewport(reader, { handle, query: parsed }, new IndicatorCache()).buffer);
}
type Answer = ReturnType<typeof ask>;

const allBars = (ticker: string) => barsOf(loadSeries(library.series, seriesOf(ticker).id));

/** Every bucket against the bars it says it holds. */
function expectExact({ meta, columns }: Answer, bars: BarColumns): void {
  const starts = columns.bar!;
  for (let bucket = 0; bucket < starts.length; bucket++) {
    const from = starts[bucket]!;
    const to = starts[bucket + 1] ?? meta.toBar;
    expect(to - from).toBeGreaterThan(0);
    expect(to - from).toBeLessThanOrEqual(meta.barsPerBucket);
    const found = ['time', 'open', 'high', 'low', 'close', 'volume'].map((name) => columns[name]![bucket]);
    expect(found).toEqual([
      bars.time[from],
      bars.open[from],
      Math.max(...bars.high.subarray(from, to)),
      Math.min(...bars.low.subarray(from, to)),
      bars.close[to - 1],
      bars.volume!.subarray(from, to).reduce((sum, value) => sum + value, 0),
    ]);
  }
}

describe('viewport', () => {
  it('is exact, keeps to the limit and covers what was asked', () => {
    for (const ticker of ['FULL', 'SPARSE']) {
      const bars = allBars(ticker);
      const { length } = bars;
      for (const [from, to] of [
        [0, 1],
        [0.31, 0.311],
        [0.2, 0.7],
        [0.999, 1],
        [-1, 0.01],
        [0.5, 2],
      ] as const) {
        for (const maxBuckets of [10, 64, 1_000, 4_000]) {
          const [fromBar, toBar] = [Math.floor(from * length), Math.ceil(to * length)];
          const answer = ask(ticker, { fromBar, toBar, maxBuckets });
          const { meta, columns } = answer;
          expect(columns.bar!.length).toBeLessThanOrEqual(maxBuckets);
          expect(columns.bar![0]).toBe(meta.fromBar);
          expect(meta.fromBar).toBeLessThanOrEqual(Math.max(0, fromBar));
          expect(meta.fromBar).toBeGreaterThan(Math.max(0, fromBar) - meta.barsPerBucket);
          expect(meta.toBar).toBeGreaterThanOrEqual(Math.min(length, toBar));
          expect(meta.toBar).toBeLessThan(Math.min(length, toBar) + meta.barsPerBucket);
          expect(meta.totalBars).toBe(length);
          expectExact(answer, bars);
        }
      }
    }
  });

  it('uses the room it is given', () => {
    for (const ticker of ['FULL', 'SPARSE']) {
      for (const maxBuckets of [100, 1_000, 4_000]) {
        const { columns } = ask(ticker, { fromBar: 0, toBar: 1e9, maxBuckets });
        expect(columns.bar!.length).toBeGreaterThan(maxBuckets / 4);
      }
    }
  });

  it('keeps the bars of a candle while the view moves', () => {
    for (const ticker of ['FULL', 'SPARSE']) {
      let compared = 0;
      let before: Answer | null = null;
      for (let shift = 0; shift < 12_000; shift += 371) {
        const answer: Answer = ask(ticker, { fromBar: shift, toBar: 17_000 + shift, maxBuckets: 60 });
        if (before?.meta.barsPerBucket === answer.meta.barsPerBucket) {
          const { fromBar } = answer.meta;
          const { toBar } = before.meta;
          const inBoth = ({ columns }: Answer) =>
            [...columns.bar!].filter((bar) => bar >= fromBar && bar < toBar);
          expect(inBoth(answer)).toEqual(inBoth(before));
          compared++;
        }
        before = answer;
      }
      expect(compared).toBeGreaterThan(10);
    }
  });

  it('shows single bars where they fit', () => {
    const { meta, columns } = ask('FULL', { fromBar: 16_000, toBar: 17_000, maxBuckets: 1_000 });
    expect(meta).toEqual({ fromBar: 16_000, toBar: 17_000, totalBars: 50_000, barsPerBucket: 1 });
    expect([...columns.bar!]).toEqual(range(16_000, 17_000));
    for (const [fromBar, toBar] of [
      [5, 5],
      [60_000, 70_000],
      [-20, -10],
    ]) {
      expect(ask('FULL', { fromBar, toBar }).columns.bar).toHaveLength(0);
    }
  });

  it('samples indicators at the last bar of each bucket', () => {
    const { meta, columns } = ask('SPARSE', {
      fromBar: 0,
      toBar: 40_000,
      maxBuckets: 50,
      indicators: [{ kind: 'sma', period: 20 }, { kind: 'obv' }],
    });
    const expected = sma(allBars('SPARSE').close, 20);
    const ends = [...columns.bar!.slice(1), meta.toBar];
    expect([...columns.i0!]).toEqual(ends.map((end) => expected[end - 1]));
    expect(columns.i1!.at(-1)).not.toBeNaN();
  });

  it('has no volume where the bars have none', async () => {
    await library.import(
      'bucket,ticker,open,high,low,close\n2024-07-01 07:00,BARE,1,2,1,1\n2024-07-01 07:01,BARE,1,1,1,1\n',
    );
    expect(Object.keys(ask('BARE', { fromBar: 0, toBar: 2 }).columns)).toEqual([
      'bar',
      'time',
      'open',
      'high',
      'low',
      'close',
    ]);
  });
});

describe('levels of detail', () => {
  const whole = { fromBar: 0, toBar: 1e9, maxBuckets: 300 };

  it('are made on the way where a library has none, and completed by the writer', () => {
    const expected = ask('SPARSE', whole);
    const count = library.writer.prepare('SELECT count(*) FROM chunk_level').pluck();
    const before = count.get();
    library.writer.exec('DELETE FROM chunk_level');
    expect(ask('SPARSE', whole)).toEqual(expected);
    let batches = 0;
    for (let after: number | null = 0; after !== null; batches++)
      after = completeLevels(library.writer, after, () => true);
    expect(batches).toBeGreaterThan(1);
    expect(count.get()).toBe(before);
    expect(ask('SPARSE', whole)).toEqual(expected);
  });

  it('do no harm when they are damaged', () => {
    const expected = ask('SPARSE', whole);
    library.writer.exec('UPDATE chunk_level SET bytes = zeroblob(length(bytes)) WHERE chunk % 3 = 0');
    expect(ask('SPARSE', whole)).toEqual(expected);
  });
});

it('finds bars by time without decoding the series', () => {
  const reader = new ChunkReader(library.series);
  for (const ticker of ['FULL', 'SPARSE']) {
    const { time } = allBars(ticker);
    const directory = reader.directory(seriesOf(ticker).id);
    const first = time[0]!;
    const last = time.at(-1)!;
    const times = [-1e15, first - 1, first, first + 1, last - 1, last, last + 1, 1e15];
    for (let step = 0; step < 300; step++) times.push(first + Math.floor(((last - first) * step) / 300));
    for (const at of times) expect(reader.locate(directory, at), `${at}`).toBe(lowerBound(time, at));
  }
});
