import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HealthKey, HealthStore } from '../../../electron/store/health-store.ts';
import type { SeriesHealth } from '../../../shared/health/series-health.ts';
import { SuspectTable } from '../../../shared/health/suspect-table.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
let key: HealthKey;
beforeEach(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf(barLines(range(0, 100))));
  const [series] = library.series.list();
  key = { seriesId: series!.id, contentHash: series!.contentHash, calendar: 'XLON', basis: 'what is known' };
});
afterEach(() => library.close());

const suspects = new SuspectTable();
suspects.add({
  kind: 'gap',
  fromBar: 3,
  toBar: 4,
  from: 30,
  to: 40,
  severity: 0.4,
  weight: 2.5,
  figures: [3, 1.5, 60_000],
});
const health: SeriesHealth = {
  bars: 100,
  hasCalendar: true,
  usualExtendedBars: 4,
  days: {
    length: 2,
    day: Float64Array.of(0, 86_400_000),
    bars: Float64Array.of(40, 60),
    expected: Float64Array.of(50, 60),
  },
  suspects,
};
const months: [string, number][] = [['1970-01', 0.09]];
const record = (of: HealthKey) => ({
  key: of,
  score: 87.5,
  suspectCount: 1,
  months,
  health: { ...health, suspects: suspects.cells.slice() },
});

test('what is kept is found under its key, and under no other', () => {
  new HealthStore(library.writer).save([record(key)]);
  const store = new HealthStore(library.reader);
  const found = store.find(key)!;
  expect({ ...found, suspects: [...found.suspects] }).toEqual({ ...health, suspects: [...suspects] });
  expect(store.has(key)).toBe(true);
  for (const other of [{ contentHash: 'x' }, { calendar: 'XNYS' }, { basis: 'x' }, { seriesId: 'x' }]) {
    expect(store.find({ ...key, ...other })).toBeNull();
    expect(store.has({ ...key, ...other })).toBe(false);
  }
});

test('a series has one, of its bars as they are', async () => {
  const store = new HealthStore(library.writer);
  store.save([record({ ...key, calendar: 'XNYS' }), record(key), record({ ...key, seriesId: 'gone' })]);
  expect(store.scores()).toEqual([{ seriesId: key.seriesId, score: 87.5, suspectCount: 1, months }]);
  await library.import(csvOf(barLines(range(200, 300))));
  expect(store.scores()).toEqual([]);
  library.imports.removeSeries(key.seriesId);
  expect(library.reader.prepare('SELECT count(*) FROM series_health').pluck().get()).toBe(0);
});

test('a user’s word is kept, taken back, and goes with the series', () => {
  const store = new HealthStore(library.writer);
  const review = { seriesId: key.seriesId, kind: 'gap', from: 30, to: 40, isFine: true } as const;
  store.review(review);
  store.review(review);
  expect([...store.reviewed(key.seriesId)]).toEqual(['gap 30 40']);
  store.review({ ...review, isFine: false });
  expect(store.reviewed(key.seriesId).size).toBe(0);
  store.review(review);
  library.imports.removeSeries(key.seriesId);
  expect(store.reviewed(key.seriesId).size).toBe(0);
  store.review(review);
  expect(store.reviewed(key.seriesId).size).toBe(0);
});
