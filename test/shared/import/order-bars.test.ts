import { describe, expect, it } from 'vitest';
import { orderBars } from '../../../shared/import/order-bars.ts';
import { describeReject, REJECT_REASONS } from '../../../shared/import/reject-reason.ts';
import { StepCounter } from '../../../shared/import/step-counter.ts';
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

describe('steps', () => {
  const count = (times: number[]) => {
    const steps = new StepCounter();
    for (const time of times) steps.add(Float64Array.of(time));
    return steps;
  };
  const interval = (times: number[]) => count(times).interval();

  it('tell the interval: the most common one, the shorter of equally common ones', () => {
    expect(interval([5])).toBeNull();
    expect(interval([5, 5])).toBeNull();
    expect(interval([0, 60, 120, 480, 540])).toBe(60);
    expect(interval([0, 60, 180])).toBe(60);
    expect(interval([0, 60, 360, 660, 960])).toBe(300);
    expect(count([0, 60, 360, 660, 960]).closerThan(300)).toBe(1);
  });

  it('of a share that seldom trades are those of its finest, if the others are multiples of it', () => {
    const thin = [0, 2, 4, 6, 7, 9, 11, 13, 14, 16, 18, 21, 22, 24].map((minute) => minute * 60);
    expect(interval(thin)).toBe(60);
    const odd = [0, 300, 600, 900, 1_200, 1_260, 1_500, 1_800, 1_861, 2_100, 2_400, 2_477, 2_700];
    expect(interval(odd)).toBe(300);
  });
});

it('has words for every reject reason', () => {
  for (const [code, words] of Object.entries(REJECT_REASONS)) expect(describeReject(code)).toBe(words);
  expect(describeReject('missing: close')).toBe('there is no value (close)');
});
