import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SUSPECT_KINDS } from '../../../shared/health/kinds.ts';
import { nth } from '../../../shared/health/nth.ts';
import { ratioText } from '../../../shared/health/ratio-text.ts';
import { RunCensus } from '../../../shared/health/run-census.ts';
import { overallScore, partScore } from '../../../shared/health/score.ts';
import { type SuspectRow, SuspectTable } from '../../../shared/health/suspect-table.ts';

test('the nth value is that of the sorted ones', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 3 })), {
        minLength: 1,
        maxLength: 200,
      }),
      fc.nat(),
      (values, seed) => {
        const index = seed % values.length;
        const sorted = [...values].sort((a, b) => a - b);
        const found = nth(Float64Array.from(values), values.length, index);
        // The two zeros are equal and in any order.
        expect(found + 0).toBe(sorted[index]! + 0);
      },
    ),
  );
});

test('a table of suspects gives back what was put in, also out of its cells', () => {
  const figure = fc.double({ noNaN: true });
  const row = fc.record({
    kind: fc.constantFrom(...SUSPECT_KINDS),
    fromBar: fc.nat(),
    toBar: fc.nat(),
    from: fc.nat(),
    to: fc.nat(),
    severity: fc.double({ min: 0, max: 1, noNaN: true }),
    weight: fc.nat(),
    figures: fc.tuple(figure, figure, figure),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 100 }), (rows: SuspectRow[]) => {
      const table = new SuspectTable();
      for (const one of rows) table.add(one);
      expect([...table]).toEqual(rows);
      expect([...new SuspectTable(table.cells.slice())]).toEqual(rows);
    }),
  );
});

describe('runs', () => {
  test('a single one is never unusual, whatever else there is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 1e6 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (slots, lengths) => {
          const census = new RunCensus(slots + lengths.reduce((sum, length) => sum + length, 1));
          census.add(1);
          for (const length of lengths) census.add(length);
          expect(census.limit(1)).toBeGreaterThan(1);
        },
      ),
    );
  });

  test('the limit is that of chance where there are few', () => {
    const census = new RunCensus(1_000);
    for (const length of [3, 1, 1, 1]) census.add(length);
    // Without the run itself, and one more: 4 of 998.
    expect(census.limit(3)).toBeCloseTo(Math.log(0.01 / 1_000) / Math.log(4 / 998), 10);
  });

  test('and four times the long ones where there are many', () => {
    const census = new RunCensus(100_000);
    for (let run = 0; run < 990; run++) census.add(1);
    for (let run = 0; run < 10; run++) census.add(20);
    expect(census.limit(81)).toBe(80);
  });
});

describe('scores', () => {
  const extent = { bars: 10_000, expectedBars: 12_000, sessions: 30 };
  const none = { count: 0, weight: 0, severity: 0 };

  test('nothing found is 100, more is less, and never below 0', () => {
    for (const kind of SUSPECT_KINDS) {
      expect(partScore(kind, none, extent)).toBe(100);
      const scores = [1, 2, 20, 1e6].map((weight) =>
        partScore(kind, { count: 1, weight, severity: weight }, extent),
      );
      expect([...scores].sort((a, b) => b - a)).toEqual(scores);
      expect(scores.every((score) => score >= 0 && score < 100)).toBe(true);
    }
  });

  test('the lowest part decides most', () => {
    expect(overallScore([100, 100, 100, 100])).toBe(100);
    expect(overallScore([100, 100, 0, 100])).toBeCloseTo(0.3 * 75, 10);
    expect(overallScore([50, 50])).toBeCloseTo(50, 10);
  });
});

test.each([
  [2, '2:1'],
  [1.5, '3:2'],
  [0.1, '1:10'],
  [4 / 3, '4:3'],
  [0.04, '1:25'],
  [1 / 50, '1:50'],
  [1.841, '1.841:1'],
])('%d is %s', (ratio, text) => expect(ratioText(ratio)).toBe(text));
