import { afterEach, beforeEach, expect, test } from 'vitest';
import { InstrumentStore } from '../../../electron/store/instrument-store.ts';
import { TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
beforeEach(() => {
  library = new TemporaryLibrary();
});
afterEach(() => library.close());

test('what was said is kept, changed field by field and taken back', () => {
  const store = new InstrumentStore(library.writer);
  const seen = () => new InstrumentStore(library.reader).list();
  expect(seen()).toEqual([]);
  store.change({ ticker: 'AAL.L', calendar: 'XLON', currency: 'GBX' });
  store.change({ ticker: 'AAL.L', sector: 'Mining' });
  expect(seen()).toEqual([{ ticker: 'AAL.L', calendar: 'XLON', currency: 'GBX', sector: 'Mining' }]);
  store.change({ ticker: 'AAL.L', calendar: null });
  expect(seen()).toMatchObject([{ calendar: null, currency: 'GBX', sector: 'Mining' }]);
  store.change({ ticker: 'AAL.L', currency: null, sector: null });
  expect(seen()).toEqual([]);
});
