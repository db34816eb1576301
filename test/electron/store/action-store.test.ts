import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ActionStore } from '../../../electron/store/action-store.ts';
import { type ActionInput, ActionInputSchema } from '../../../shared/contract/schemas.ts';
import { TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
let store: ActionStore;
beforeEach(() => {
  library = new TemporaryLibrary();
  store = new ActionStore(library.writer);
});
afterEach(() => library.close());

const at = (day: string) => Date.parse(`${day}T00:00Z`);
const split = (ticker: string, day: string, ratio: number, more: object = {}): ActionInput =>
  ActionInputSchema.parse({ ticker, at: at(day), kind: 'split', ratio, ...more });
const dividend = (ticker: string, day: string, amount: number): ActionInput =>
  ActionInputSchema.parse({ ticker, at: at(day), kind: 'dividend', amount });

test('lists what was put, by ticker and day', () => {
  store.put(split('B', '2024-06-10', 10));
  store.put(dividend('A', '2024-03-08', 0.24));
  store.put(split('A', '2024-01-08', 2, { note: 'by the exchange', source: 'a letter' }));
  expect(store.list(null).map(({ ticker, kind, ratio, amount }) => [ticker, kind, ratio, amount])).toEqual([
    ['A', 'split', 2, null],
    ['A', 'dividend', null, 0.24],
    ['B', 'split', 10, null],
  ]);
  expect(store.list('A')[0]).toMatchObject({
    at: at('2024-01-08'),
    note: 'by the exchange',
    source: 'a letter',
  });
  expect(store.list('C')).toEqual([]);
});

test('changes an entry by its id', () => {
  const { id } = store.put(split('A', '2024-01-08', 2));
  expect(store.put(split('A', '2024-01-09', 3, { id }))).toMatchObject({ id, ratio: 3 });
  expect(store.list('A')).toMatchObject([{ id, at: at('2024-01-09'), ratio: 3 }]);
});

test('removes an entry, which can be put back as it was', () => {
  const stored = store.put(split('A', '2024-01-08', 2, { source: 'a letter' }));
  expect(store.remove(stored.id)).toEqual(stored);
  expect(store.list(null)).toEqual([]);
  store.put(ActionInputSchema.parse(stored));
  expect(store.list(null)).toEqual([stored]);
  expect(() => store.remove('nothing')).toThrow(expect.objectContaining({ code: 'not-found' }));
});

describe('a day', () => {
  test('has one split', () => {
    store.put(split('A', '2024-01-08', 2));
    expect(() => store.put(split('A', '2024-01-08', 3))).toThrow(
      'A has a split of 2 for 1 on 2024-01-08 already',
    );
  });
  test('may have several dividends, each once', () => {
    store.put(dividend('A', '2024-01-08', 1));
    store.put(dividend('A', '2024-01-08', 5));
    expect(() => store.put(dividend('A', '2024-01-08', 1))).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
    expect(store.list('A')).toHaveLength(2);
  });
});

test('adding many tells what is new, what is known, and what contradicts', () => {
  store.put(split('A', '2024-01-08', 2));
  store.put(dividend('A', '2024-03-08', 0.24));
  const inputs = [
    split('A', '2024-01-08', 2),
    dividend('A', '2024-03-08', 0.24000001),
    dividend('A', '2024-03-08', 3),
    split('A', '2024-01-08', 4),
    split('B', '2024-01-08', 4),
  ];
  const { ids, unchanged, conflicts } = store.add(inputs);
  expect(ids).toHaveLength(2);
  expect(unchanged).toBe(2);
  expect(conflicts).toEqual([{ index: 3, held: 'a split of 2 for 1' }]);
  expect(store.add(inputs)).toMatchObject({ ids: [], unchanged: 4 });
  expect(store.list(null)).toHaveLength(4);
});

test.each([
  [{ kind: 'split', ratio: null }, 'ratio'],
  [{ kind: 'split', ratio: 1 }, 'ratio'],
  [{ kind: 'split', ratio: -2 }, 'ratio'],
  [{ kind: 'dividend', amount: null }, 'amount'],
  [{ kind: 'dividend', amount: 0 }, 'amount'],
  [{ kind: 'split', ratio: 2, at: 1 }, 'at'],
])('%o does not pass the contract, by field', (wrong, field) => {
  const { error } = ActionInputSchema.safeParse({ ticker: 'A', at: at('2024-01-08'), ...wrong });
  expect(error!.issues[0]!.path).toEqual([field]);
});
