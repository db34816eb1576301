import { expect, test } from 'vitest';
import { resampleSeries } from '../../../electron/workers/resample-series.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import { FIRST_BAR, randomCloses, seriesOf } from '../../fixtures/series.ts';

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

test('what cannot be made is refused', () => {
  expect(() => resampleSeries({ ...question, every: '1s' })).toThrow(/cannot be made/);
  expect(() => resampleSeries({ ...question, every: 'often' })).toThrow(RangeError);
  expect(() => resampleSeries({ ...question, calendar: 'XXXX' })).toThrow(/no calendar/);
});
