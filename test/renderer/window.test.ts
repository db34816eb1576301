import { describe, expect, test } from 'vitest';
import { clampWindow, zoomed } from '../../renderer/screens/chart/use-window.ts';

describe('the chart’s window', () => {
  test.each([
    [
      { from: -50, to: 50 },
      { from: 0, to: 100 },
    ],
    [
      { from: 950, to: 1_050 },
      { from: 900, to: 1_000 },
    ],
    [
      { from: -500, to: 5_000 },
      { from: 0, to: 1_000 },
    ],
    [
      { from: 500, to: 501 },
      { from: 500, to: 512 },
    ],
    [
      { from: 100.5, to: 300.5 },
      { from: 100.5, to: 300.5 },
    ],
  ])('%o of 1000 bars becomes %o', (window, expected) =>
    expect(clampWindow(window, 1_000)).toEqual(expected),
  );

  test('a series shorter than the least window is shown whole', () =>
    expect(clampWindow({ from: 2, to: 3 }, 5)).toEqual({ from: 0, to: 5 }));

  test('zooming keeps the bar under the pointer in its place', () => {
    const window = { from: 200, to: 600 };
    for (const share of [0, 0.25, 1]) {
      const { from, to } = zoomed(window, 0.5, share);
      expect(from + (to - from) * share).toBeCloseTo(200 + 400 * share, 9);
      expect(to - from).toBeCloseTo(200, 9);
    }
  });

  test('zooming in and out again leaves the window as it was', () => {
    const { from, to } = zoomed(zoomed({ from: 10, to: 90 }, 0.8, 0.3), 1.25, 0.3);
    expect(from).toBeCloseTo(10, 9);
    expect(to).toBeCloseTo(90, 9);
  });
});
