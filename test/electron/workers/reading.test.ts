import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { equityCurve } from '../../../electron/workers/equity-curve.ts';
import { fillMarkers, fillTrades } from '../../../electron/workers/fill-markers.ts';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { LruCache } from '../../../electron/workers/lru-cache.ts';
import { seriesDetail } from '../../../electron/workers/series-detail.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import type { SeriesHandle } from '../../../electron/workers/tasks.ts';
import { tradeOrder, tradePage } from '../../../electron/workers/trade-page.ts';
import {
  type EquityMeta,
  type MarkersMeta,
  TRADE_SORT_KEYS,
  TradeQuerySchema,
} from '../../../shared/contract/schemas.ts';
import { unpackFrame } from '../../../shared/contract/wire.ts';
import { storedRun } from '../store/stored-run.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../store/temporary-library.ts';

const BARS = 20_000;
let library: TemporaryLibrary;
let handle: SeriesHandle;
beforeAll(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf(barLines(range(0, BARS), 'A')));
  handle = loadSeries(library.series, library.series.list()[0]!.id);
});
afterAll(() => library.close());

it('counts the bars of each UTC day', () => {
  const detail = seriesDetail(library.series, handle.seriesId);
  expect(detail.days.reduce((sum, [, bars]) => sum + bars, 0)).toBe(BARS);
  expect(detail.days.slice(0, 2)).toEqual([
    [Date.UTC(2024, 6, 1), 17 * 60],
    [Date.UTC(2024, 6, 2), 24 * 60],
  ]);
  expect(detail.imports).toHaveLength(1);
});

describe('equity curve', () => {
  const { equity } = storedRun('r', 5_000).result;

  it('keeps every extreme within the limit', () => {
    const { meta, columns } = unpackFrame<EquityMeta>(equityCurve(equity, 1_000, 300).buffer);
    const values = columns.equity as Float64Array;
    expect(meta).toEqual({ steps: 20_000, startingCash: 1_000 });
    expect(values.length).toBeLessThanOrEqual(300);
    expect(Math.max(...values)).toBe(Math.max(...equity.equity));
    expect(Math.min(...values)).toBe(Math.min(...equity.equity));
    expect([columns.time![0], columns.time!.at(-1)]).toEqual([equity.time[0], equity.time.at(-1)]);
    let peak = -Infinity;
    let deepest = 0;
    for (const value of equity.equity) {
      peak = Math.max(peak, value);
      deepest = Math.min(deepest, (value / peak - 1) * 100);
    }
    expect(Math.min(...(columns.drawdown as Float64Array))).toBe(deepest);
    expect([...(columns.time as Float64Array)]).toEqual(
      [...new Set(columns.time as Float64Array)].sort((a, b) => a - b),
    );
  });

  it('keeps the deepest drawdown of a stretch that begins lower', () => {
    const values = Float64Array.from({ length: 3_000 }, (_, step) => (step < 1_500 ? 100 + step : 5_000));
    values[700] = 500; // far above the stretch's first values, far below its peak
    const like = {
      length: 3_000,
      time: values.map((_, step) => step),
      equity: values,
      cash: values,
      exposure: values,
    };
    const { columns } = unpackFrame<EquityMeta>(equityCurve(like, 100, 14).buffer);
    expect([...(columns.time as Float64Array)]).toContain(700);
  });

  it('is whole where it fits', () => {
    const short = storedRun('r', 5).result.equity;
    const { columns } = unpackFrame<EquityMeta>(equityCurve(short, 1_000, 20).buffer);
    expect(columns.equity).toEqual(short.equity);
  });
});

describe('trade page', () => {
  const { trades, tickers } = storedRun('r', 3_000).result;
  const page = (query: object) => {
    const full = TradeQuerySchema.parse({ runId: 'r', limit: 1_000, ...query });
    return tradePage(trades, tickers, tradeOrder(trades, tickers, full.sort), full);
  };

  it('sorts by every column both ways, rows without a value last', () => {
    for (const sort of TRADE_SORT_KEYS) {
      for (const descending of [false, true]) {
        const rows = range(0, 3).flatMap((index) => page({ sort, descending, offset: index * 1_000 }).rows);
        expect(new Set(rows.map(({ ref }) => ref)).size).toBe(3_000);
        const values = rows.map((row) => (sort === 'side' ? (row.side === 'long' ? 1 : -1) : row[sort]));
        const known = values.filter((value) => value !== null);
        expect(values.slice(known.length).every((value) => value === null)).toBe(true);
        const inOrder = known.every(
          (value, index) =>
            index === 0 || (descending ? value <= known[index - 1]! : value >= known[index - 1]!),
        );
        expect(inOrder, `${sort} ${descending}`).toBe(true);
      }
    }
  });

  it('filters, counts and pages', () => {
    const closed = [...trades.net.subarray(0, 2_999)];
    expect(closed).toContain(0);
    expect(page({ outcome: 'won' }).total).toBe(closed.filter((net) => net > 0).length);
    expect(page({ outcome: 'lost' }).total).toBe(closed.filter((net) => net < 0).length);
    expect(page({ outcome: 'open' }).rows).toMatchObject([
      { ref: 3_000, exitTime: null, exitPrice: null, isOpen: true },
    ]);
    expect(page({ side: 'short' }).total).toBe(1_000);
    expect(page({ side: 'short', offset: 998, limit: 10 }).rows.map(({ ref }) => ref)).toEqual([
      2_995, 2_998,
    ]);
    expect(page({ offset: 5_000 })).toEqual({ total: 3_000, rows: [] });
  });
});

describe('fill markers', () => {
  const { fills, trades, tickers } = storedRun('r', 2_000).result;
  const of = fillTrades(fills, trades);
  const ask = (query: object) =>
    unpackFrame<MarkersMeta>(
      fillMarkers(
        handle,
        { fills, tickers, of },
        { runId: 'r', seriesId: 's', fromBar: 0, toBar: BARS, max: 5_000, every: null, ...query },
      ).buffer,
    );

  it('give each fill its trade, and the profit to the one that ends it', () => {
    for (let fill = 0; fill < fills.length; fill++) {
      expect(of.trade[fill]).toBe((fill >> 1) + 1);
      if (fill % 2 === 0) expect(of.profit[fill]).toBeNaN();
      else expect(of.profit[fill]).toBe(trades.net[fill >> 1]);
    }
  });

  it('follow reversals and partial exits', () => {
    const part = (size: number[], closed: number[], opened: number[], position: number[]) => ({
      ...fills,
      length: 4,
      feed: new Uint16Array(4),
      size: Float64Array.from(size),
      closed: Float64Array.from(closed),
      opened: Float64Array.from(opened),
      positionSize: Float64Array.from(position),
    });
    const two = {
      ...trades,
      length: 2,
      feed: new Uint16Array(2),
      ref: Int32Array.of(1, 2),
      net: Float64Array.of(7, -3),
    };
    // in 10, out 4, reverse to -5, out
    const { trade, profit } = fillTrades(
      part([10, -4, -11, 5], [0, -4, -6, 5], [10, 0, -5, 0], [10, 6, -5, 0]),
      two,
    );
    expect([...trade]).toEqual([1, 1, 1, 2]);
    expect([...profit]).toEqual([Number.NaN, Number.NaN, 7, -3]);
  });

  it('show one ticker inside the range, or only their number', () => {
    const all = ask({});
    expect(all.meta.total).toBe(2_000);
    expect(
      [...(all.columns.bar as Int32Array)].every(
        (bar, index) => barsOf(handle).time[bar] === all.columns.time![index],
      ),
    ).toBe(true);
    expect(new Set([...(all.columns.trade as Int32Array)].map((ref) => ref % 2))).toEqual(new Set([1]));
    const some = ask({ fromBar: 8, toBar: 11 });
    expect([...some.columns.bar!]).toEqual([8, 10]);
    const none = ask({ max: 10 });
    expect(none.meta.total).toBe(2_000);
    expect(none.columns.bar).toHaveLength(0);
    expect(ask({ fromBar: 5, toBar: 5 }).meta.total).toBe(0);
  });
});

it('keeps what was used last within its limit', () => {
  const cache = new LruCache<number>(10);
  const made: string[] = [];
  const get = (key: string, weight: number) =>
    cache.get(
      key,
      () => made.push(key),
      () => weight,
    );
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) get(key, 5);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  get('huge', 50);
  get('huge', 50);
  get('a', 5);
  expect(made.slice(4)).toEqual(['huge', 'a']);
});
