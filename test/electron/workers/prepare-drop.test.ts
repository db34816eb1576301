import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeBars } from '../../../electron/workers/health-tasks.ts';
import { CORRECTION, prepareDrop } from '../../../electron/workers/prepare-drop.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../store/temporary-library.ts';

const FIRST = Date.UTC(2024, 6, 1, 7);
const MINUTE = 60_000;
/** Two windows of 16,384 minutes, and one behind them that holds five stray bars. */
const MINUTES = [...range(0, 30_000), ...range(100_000, 100_005)];
const at = (minute: number) => FIRST + minute * MINUTE;

let library: TemporaryLibrary;
let seriesId: string;
beforeEach(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf(barLines(MINUTES)));
  seriesId = library.series.list()[0]!.id;
});
afterEach(() => library.close());

const series = () => library.series.get(seriesId);
const minutes = () => [...decodeBars(library.series, seriesId).time].map((time) => (time - FIRST) / MINUTE);
function drop(from: number, to: number, reason = ''): string {
  const { prepared } = prepareDrop(library.series, { seriesId, from: at(from), to: at(to), reason });
  library.imports.commit(prepared, Date.UTC(2026, 0, 2));
  return prepared.report.importId;
}

test('takes bars out of the windows they lie in, and undo brings them back', () => {
  const before = { ...series(), lastImportAt: 0 };
  const chunks = library.snapshot();
  const importId = drop(16_000, 17_000, 'a feed that hung');
  expect(minutes()).toEqual(MINUTES.filter((minute) => minute < 16_000 || minute > 17_000));
  expect(series()).toMatchObject({ bars: MINUTES.length - 1_001, first: at(0), last: at(100_004) });
  expect(library.imports.list()[0]).toMatchObject({
    importId,
    file: '1001 bars of AAL.L 1m taken out',
    source: CORRECTION,
    accepted: 0,
    warnings: ['a feed that hung'],
  });
  expect(library.imports.undo(importId)).toEqual({ removedBars: -1_001 });
  expect({ ...series(), lastImportAt: 0 }).toEqual(before);
  expect(library.snapshot()).toEqual(chunks);
});

test('the same bars give the same content whether they were dropped or never there', async () => {
  drop(16_000, 17_000);
  drop(100_000, 100_004);
  const other = new TemporaryLibrary();
  try {
    await other.import(
      csvOf(barLines(range(0, 30_000).filter((minute) => minute < 16_000 || minute > 17_000))),
    );
    expect(series().contentHash).toBe(other.series.list()[0]!.contentHash);
    expect(series().last).toBe(at(29_999));
  } finally {
    other.close();
  }
});

test('a window that is emptied keeps its place: later imports build on the correction', async () => {
  const importId = drop(100_000, 100_004);
  expect(minutes()).toEqual(range(0, 30_000));
  await library.import(csvOf(barLines([100_002])));
  expect(minutes().at(-1)).toBe(100_002);
  expect(() => library.imports.undo(importId)).toThrow(/cannot be undone: the later import/);
  library.imports.undo(library.imports.list()[0]!.importId);
  expect(minutes()).toEqual(range(0, 30_000));
  library.imports.undo(importId);
  expect(minutes()).toEqual(MINUTES);
});

test('nothing there, or everything, is refused', () => {
  expect(() => drop(40_000, 50_000)).toThrow('AAL.L has no bars there');
  expect(() => drop(0, 200_000)).toThrow('These are all bars of AAL.L 1m');
});

test('a correction that was prepared against older bars is refused', async () => {
  const { prepared } = prepareDrop(library.series, { seriesId, from: at(5), to: at(6), reason: '' });
  await library.import(csvOf(barLines(range(31_000, 31_010))));
  expect(() => library.imports.commit(prepared, 0)).toThrow(
    expect.objectContaining({ code: 'library-busy' }),
  );
});
