import { describe, expect, test } from 'vitest';
import { crossOver } from '../../../shared/indicators/cross-over.ts';
import { ema, wilderAverage } from '../../../shared/indicators/exponential-average.ts';
import { obv } from '../../../shared/indicators/obv.ts';
import { rsi } from '../../../shared/indicators/rsi.ts';

const of = (...values: number[]) => Float64Array.from(values);
const { NaN: none } = Number;

describe('ema', () => {
  test('is seeded with the mean of its first values', () => {
    expect([...ema(of(1, 2, 6, 7, 3), 3)]).toEqual([none, none, 3, 5, 4]);
  });
  test('waits for a run of numbers, and passes over gaps later', () => {
    expect([...ema(of(none, 1, none, 1, 2, 6, none, 7), 3)]).toEqual([
      none,
      none,
      none,
      none,
      none,
      3,
      none,
      5,
    ]);
  });
  test('stays undefined on too few values', () => {
    expect([...ema(of(1, 2), 3)]).toEqual([none, none]);
    expect(ema(of(), 3)).toHaveLength(0);
  });
  test('Wilder weighs the new value by one over the period', () => {
    expect([...wilderAverage(of(2, 4, 7, 1), 2)]).toEqual([none, 3, 5, 3]);
  });
});

describe('rsi', () => {
  test('compares the average rise with the average fall', () => {
    // Rises 1, 0, 3 and falls 0, 1, 0: averages 0.5 and 0.5, then (0.5 + 3) / 2 and 0.25.
    expect([...rsi(of(10, 11, 10, 13), 2)]).toEqual([none, none, 50, 100 - 100 / (1 + 1.75 / 0.25)]);
  });
  test('is 100 without falls, 0 without rises, 50 without change', () => {
    expect(rsi(of(1, 2, 3, 4), 3)[3]).toBe(100);
    expect(rsi(of(4, 3, 2, 1), 3)[3]).toBe(0);
    expect(rsi(of(5, 5, 5, 5), 3)[3]).toBe(50);
  });
});

describe('obv', () => {
  test('adds the volume of rising closes and takes off that of falling ones', () => {
    expect([...obv(of(10, 11, 11, 9, 12), of(5, 7, 100, 3, 1))]).toEqual([5, 12, 12, 9, 10]);
  });
  test('leaves out bars without close or volume', () => {
    expect([...obv(of(10, none, 11, 12), of(5, 7, none, 2))]).toEqual([5, none, none, 7]);
  });
});

describe('crossOver', () => {
  const against = (...differences: number[]) => [
    ...crossOver(of(...differences), new Float64Array(differences.length)),
  ];
  test('marks the bar of the cross', () => {
    expect(against(-1, -2, 3, 4, -1)).toEqual([none, 0, 1, 0, -1]);
  });
  test('touching is no cross, crossing through equality is one', () => {
    expect(against(-1, 0, -1, 0, 0, 2)).toEqual([none, 0, 0, 0, 0, 1]);
    expect(against(1, 0, 1, 0, -2)).toEqual([none, 0, 0, 0, -1]);
  });
  test('does not cross out of a first equality', () => {
    expect(against(0, 0, 1, -1)).toEqual([none, 0, 0, -1]);
  });
  test('remembers across a gap', () => {
    expect(against(none, -1, none, 2)).toEqual([none, none, none, 1]);
  });
});
