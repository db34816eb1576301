import { expect, test } from 'vitest';
import { derivedViewport } from '../../../electron/workers/derived-viewport.ts';
import { fillMarkers } from '../../../electron/workers/fill-markers.ts';
import { IndicatorCache } from '../../../electron/workers/indicator-cache.ts';
import { resampleSeries } from '../../../electron/workers/resample-series.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import {
  type MarkersMeta,
  type ViewportMeta,
  ViewportQuerySchema,
} from '../../../shared/contract/schemas.ts';
import { unpackFrame } from '../../../shared/contract/wire.ts';
import { sma } from '../../../shared/indicators/sma.ts';
import { FIRST_BAR, randomCloses, seriesOf } from '../../fixtures/series.ts';
import { storedRun } from '../store/stored-run.ts';

const handle = seriesOf(randomCloses(510, 3), 'AAL.L');
const question = { handle, every: '1h', calendar: 'XLON', hours: null };

test('longer bars are a series of their own in shared memory', () => {
  const { handle: hours, buckets, leftOut } = resampleSeries(question);
  expect([hours.ticker, hours.every, hours.length, leftOut]).toEqual(['AAL.L', '1h', 9, 0]);
  expect(hours.columns.close).toBeInstanceOf(SharedArrayBuffer);
  expect(hours.columns.trades).toBeNull();
  expect(hours.present).toEqual(handle.present);
  const bars = barsOf(hours);
  expect([...bars.time]).toEqual(Array.from({ length: 9 }, (_, i) => FIRST_BAR + i * 3_600_000));
  expect(bars.volume!.reduce((sum, one) => sum + one)).toBe(510_000);
  expect(buckets.end[8]! - buckets.start[8]!).toBe(1_800_000);
});

test('they are told apart by bars, length, calendar and hours', () => {
  const names = [
    question,
    { ...question, every: '2h' },
    { ...question, calendar: null },
    { ...question, hours: 'regular' as const },
    { ...question, handle: seriesOf(randomCloses(510, 4), 'AAL.L') },
  ].map((one) => {
    const { seriesId, contentHash } = resampleSeries(one).handle;
    return `${seriesId} ${contentHash}`;
  });
  expect(new Set(names).size).toBe(5);
  const again = resampleSeries({ ...question, every: '60m' }).handle;
  expect(`${again.seriesId} ${again.contentHash}`).toBe(names[0]);
});

test('a view of them holds whole powers of two of longer bars, with indicators', () => {
  const { handle: bars5 } = resampleSeries({ ...question, every: '5m' });
  const ask = (query: object) =>
    unpackFrame<ViewportMeta>(
      derivedViewport(
        {
          handle: bars5,
          query: ViewportQuerySchema.parse({
            seriesId: 'AAL.L',
            every: '5m',
            fromBar: 3,
            toBar: 100,
            ...query,
          }),
        },
        new IndicatorCache(),
      ).buffer,
    );
  const all = ask({ indicators: [{ kind: 'sma', period: 3 }] });
  expect(all.meta).toEqual({ fromBar: 3, toBar: 100, totalBars: 102, barsPerBucket: 1 });
  const { close } = barsOf(bars5);
  expect([...all.columns.close!]).toEqual([...close.subarray(3, 100)]);
  expect([...all.columns.i0!]).toEqual([...sma(close, 3).subarray(3, 100)]);
  const thin = ask({ maxBuckets: 14 });
  expect(thin.meta).toEqual({ fromBar: 0, toBar: 102, totalBars: 102, barsPerBucket: 8 });
  expect([...thin.columns.bar!]).toEqual(Array.from({ length: 13 }, (_, i) => i * 8));
  expect(thin.columns.high![12]).toBe(Math.max(...barsOf(bars5).high.subarray(96)));
  expect((thin.columns.volume as Float64Array).reduce((sum, one) => sum + one)).toBe(510_000);
});

test('fills are shown on the longer bar that they lie in', () => {
  const { handle: hours } = resampleSeries(question);
  const run = storedRun('r', 100).result;
  const time = Float64Array.of(FIRST_BAR, FIRST_BAR + 61 * 60_000, FIRST_BAR + 509 * 60_000);
  const fills = { ...run.fills, length: 3, feed: new Uint16Array(3), time };
  const of = { trade: new Int32Array(3), profit: new Float64Array(3) };
  const query = { runId: 'r', seriesId: 's', fromBar: 0, toBar: 9, max: 100, every: '1h' };
  const { meta, columns } = unpackFrame<MarkersMeta>(
    fillMarkers(hours, { fills, tickers: ['AAL.L'], of }, query).buffer,
  );
  expect([meta.total, ...columns.bar!]).toEqual([3, 0, 1, 8]);
});

test('what they are made of can be adjusted', () => {
  const actions = [{ kind: 'split' as const, time: FIRST_BAR + 240 * 60_000, ratio: 2 }];
  const raw = resampleSeries(question).handle;
  const adjusted = resampleSeries({ ...question, view: 'split', actions }).handle;
  const open = (one: typeof raw) => barsOf(one).open;
  expect([open(adjusted)[0], open(adjusted)[4]]).toEqual([open(raw)[0]! / 2, open(raw)[4]]);
  expect(adjusted.contentHash).not.toBe(raw.contentHash);
  expect(resampleSeries({ ...question, view: 'split', actions: [] }).handle.contentHash).not.toBe(
    adjusted.contentHash,
  );
});

test('what cannot be made is refused', () => {
  expect(() => resampleSeries({ ...question, every: '1s' })).toThrow(/cannot be made/);
  expect(() => resampleSeries({ ...question, every: 'often' })).toThrow(RangeError);
  expect(() => resampleSeries({ ...question, calendar: 'XXXX' })).toThrow(/no calendar/);
});
