import { afterEach, beforeEach, expect, test } from 'vitest';
import { InstrumentStore } from '../../../electron/store/instrument-store.ts';
import { listInstruments } from '../../../electron/workers/instrument-tasks.ts';
import { csvOf, TemporaryLibrary } from '../store/temporary-library.ts';

const MINUTE = 60_000;
let library: TemporaryLibrary;
beforeEach(() => {
  library = new TemporaryLibrary();
});
afterEach(() => library.close());

/** Lines of a ticker's bars, one every `step` from a time on. */
const lines = (ticker: string, from: string, count: number, step = MINUTE) =>
  Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.parse(`${from}Z`) + index * step).toISOString().slice(0, 19).replace('T', ' ');
    return `${time},${ticker},1,100,101,99,100,10,100,100`;
  });
const instruments = () =>
  listInstruments({ series: library.series, instruments: new InstrumentStore(library.reader) });

test('guesses are checked against the stored bars; what the user said stands', async () => {
  await library.import(csvOf(lines('AAL.L', '2024-07-01T07:00', 510)));
  await library.import(csvOf(lines('MYCOIN', '2024-07-04T00:00', 5 * 1440)));
  await library.import(csvOf(lines('THING-1', '2024-07-01T07:00', 60)));
  const store = new InstrumentStore(library.writer);
  store.change({ ticker: 'THING-1', calendar: 'XETR', sector: 'Utilities' });
  store.change({ ticker: 'NEVER', currency: 'EUR' });
  expect(instruments().map(({ why: _, ...rest }) => rest)).toEqual([
    { ticker: 'AAL.L', calendar: 'XLON', currency: 'GBX', sector: null, source: 'guess' },
    { ticker: 'MYCOIN', calendar: 'CRYPTO', currency: null, sector: null, source: 'guess' },
    { ticker: 'NEVER', calendar: 'XNYS', currency: 'EUR', sector: null, source: 'guess' },
    { ticker: 'THING-1', calendar: 'XETR', currency: null, sector: 'Utilities', source: 'user' },
  ]);
  expect(instruments()[0]!.why).toContain('100 % of its bars lie on trading days');
  store.change({ ticker: 'THING-1', calendar: 'XOLD' });
  expect(instruments()[3]).toMatchObject({ calendar: null, source: 'guess' });
});
