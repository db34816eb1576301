import { describe, expect, it } from 'vitest';
import { detectInterval } from '../../../shared/import/detect-interval.ts';
import { orderBars } from '../../../shared/import/order-bars.ts';
import { describeReject, REJECT_REASONS } from '../../../shared/import/reject-reason.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';

describe('ordering bars', () => {
  const bars = (times: number[], closes: number[]): BarColumns => {
    const column = Float64Array.from(closes);
    return {
      length: times.length,
      time: Float64Array.from(times),
      open: column,
      high: column,
      low: column,
      close: column,
      volume: null,
      trades: null,
      vwap: null,
      twap: null,
    };
  };
  const run = (times: number[], closes: number[]) => {
    const duplicates: [number, boolean][] = [];
    const lines = Uint32Array.from(times, (_, index) => index + 2);
    const ordered = orderBars(bars(times, closes), lines, (line, same) => duplicates.push([line, same]));
    return {
      times: [...ordered.bars.time],
      closes: [...ordered.bars.close],
      lines: [...ordered.lines],
      duplicates,
      sorted: ordered.wasOutOfOrder,
    };
  };

  it('leaves ascending bars alone', () => {
    expect(run([1, 2, 3], [7, 8, 9])).toEqual({
      times: [1, 2, 3],
      closes: [7, 8, 9],
      lines: [2, 3, 4],
      duplicates: [],
      sorted: false,
    });
  });

  it('sorts, and keeps the first of those with one time', () => {
    expect(run([3, 1, 3, 2, 1], [7, 8, 7, 9, 5])).toEqual({
      times: [1, 2, 3],
      closes: [8, 9, 7],
      lines: [3, 5, 2],
      duplicates: [
        [6, false],
        [4, true],
      ],
      sorted: true,
    });
  });
});

it('tells the interval by the most common step', () => {
  const detect = (times: number[], given: number | null = null) =>
    detectInterval(Float64Array.from(times), given);
  expect(detect([5])).toEqual({ interval: null, closer: 0 });
  expect(detect([0, 60, 120, 480, 540])).toEqual({ interval: 60, closer: 0 });
  expect(detect([0, 60, 180])).toEqual({ interval: 60, closer: 0 });
  expect(detect([0, 60, 360, 660, 960])).toEqual({ interval: 300, closer: 1 });
  expect(detect([0, 60, 360], 300)).toEqual({ interval: 300, closer: 1 });
});

it('has words for every reject reason', () => {
  for (const [code, words] of Object.entries(REJECT_REASONS)) expect(describeReject(code)).toBe(words);
  expect(describeReject('missing: close')).toBe('there is no value (close)');
});
