import { expect, test } from 'vitest';
import { compareRuns } from '../../../electron/export/compare-runs.ts';

const hashes = { orders: 'a', fills: 'b', trades: 'c', equity: 'd', statistics: 'e' };
const files = {
  'orders.csv': 'ref\n1\n2\n',
  'fills.csv': 'order\n1\n',
  'trades.csv': 'ref\n1\n',
  'equity.csv': 'time\n1\n2\n3\n',
  'statistics.json': '[]\n',
};
const side = (changed: Partial<typeof files> = {}, hash: Partial<typeof hashes> = {}) => ({
  hashes: { ...hashes, ...hash },
  file: (name: keyof typeof files) => ({ ...files, ...changed })[name],
});

test('equal hashes are identical without reading a file', () => {
  const unread = { hashes, file: () => expect.fail('read a file') };
  expect(compareRuns(unread, unread)).toEqual({ identical: true, difference: null });
});

test('the first differing line of the first differing file', () => {
  const actual = side(
    { 'orders.csv': 'ref\n1\n3\n', 'trades.csv': 'ref\n9\n' },
    { orders: 'x', trades: 'y' },
  );
  expect(compareRuns(side(), actual)).toEqual({
    identical: false,
    difference: { file: 'orders.csv', line: 3, expected: '2', actual: '3' },
  });
});

test('a file that ends early differs at its first missing line', () => {
  const actual = side({ 'equity.csv': 'time\n1\n' }, { equity: 'x' });
  expect(compareRuns(side(), actual).difference).toEqual({
    file: 'equity.csv',
    line: 3,
    expected: '2',
    actual: '',
  });
});

test('without files the difference has no place', () => {
  const expected = { hashes: { ...hashes, fills: 'x' }, file: () => null };
  expect(compareRuns(expected, side())).toEqual({ identical: false, difference: null });
});
