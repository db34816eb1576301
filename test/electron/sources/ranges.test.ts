import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, rangeText, requestedRange } from '../../../electron/sources/ranges.ts';
import { FetchRequestSchema } from '../../../shared/contract/schemas.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const texts = (from: string, to: string, size: 'day' | 'month' | 'year' | 'all') =>
  cellsOf({ from: at(from), to: at(to) }, size).map(
    (cell) => `${rangeText(cell)}${cell.isWhole ? ' whole' : ''}`,
  );

describe('cells of a range', () => {
  test('months, the first and the last cut off', () => {
    expect(texts('2023-12-15T00:00', '2024-03-01T09:30', 'month')).toEqual([
      '2023-12-15 to 2023-12-31',
      '2024-01 whole',
      '2024-02 whole',
      '2024-03-01 to 2024-03-01 09:30',
    ]);
  });
  test('days, years, all', () => {
    expect(texts('2024-02-28T12:00', '2024-03-02T00:00', 'day')).toEqual([
      '2024-02-28 12:00',
      '2024-02-29 whole',
      '2024-03-01 whole',
    ]);
    expect(texts('2023-06-01T00:00', '2025-01-01T00:00', 'year')).toEqual([
      '2023-06-01 to 2023-12-31',
      '2024-01-01 to 2024-12-31 whole',
    ]);
    expect(texts('2020-01-01T00:00', '2025-01-01T00:00', 'all')).toEqual(['2020-01-01 to 2024-12-31']);
  });
  test('an empty range has none', () => {
    for (const size of ['day', 'month', 'year', 'all'] as const) {
      expect(cellsOf({ from: at('2024-01-01T00:00'), to: at('2024-01-01T00:00') }, size)).toEqual([]);
    }
  });
  test('cover any range without gap or overlap', () => {
    const time = fc.integer({ min: at('1999-01-01T00:00'), max: at('2040-01-01T00:00') });
    fc.assert(
      fc.property(time, time, fc.constantFrom('month', 'year', 'all'), (a, b, size) => {
        const range = { from: Math.min(a, b), to: Math.max(a, b) };
        const cells = cellsOf(range, size);
        if (range.from === range.to) return expect(cells).toEqual([]);
        expect(cells[0]!.from).toBe(range.from);
        expect(cells.at(-1)!.to).toBe(range.to);
        for (const [index, cell] of cells.entries()) {
          expect(cell.from).toBeLessThan(cell.to);
          if (index > 0) {
            expect(cell.from).toBe(cells[index - 1]!.to);
            expect(new Date(cell.from).toISOString()).toMatch(/-01T00:00:00.000Z$/);
          }
        }
      }),
    );
  });
});

describe('the range of a request', () => {
  const request = (from: string | null, to: string | null) =>
    requestedRange(FetchRequestSchema.parse({ id: 'binance', symbols: [], from, to }));
  test('both ends are in it, a date with its whole day', () => {
    expect(request('2024-01-05', '2024-01-05')).toEqual({
      from: at('2024-01-05T00:00'),
      to: at('2024-01-06T00:00'),
    });
    expect(request('2024-01-05 09:30', null)).toEqual({ from: at('2024-01-05T09:30'), to: null });
  });
  test('what cannot be is refused', () => {
    expect(() => request('2024-02-30', null)).toThrow('2024-02-30 is not a date that exists');
    expect(() => request('2024-01-05', '2024-01-04')).toThrow(
      'The range ends (2024-01-04) before it begins (2024-01-05)',
    );
  });
});
