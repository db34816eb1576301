import { describe, expect, it } from 'vitest';
import {
  type Buckets,
  buildLevels,
  emptyBuckets,
  extendBucket,
  fillBucket,
  levelSizes,
} from '../../../shared/market/pyramid.ts';

/** Bars that wander; every seventh volume is missing. */
function randomBuckets(length: number, seed: number, hasVolume = true): Buckets {
  let state = seed;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const close = Float64Array.from({ length }, () => 100 + Math.floor(random() * 400) / 4);
  return {
    length,
    time: close.map((_, index) => index * 60_000),
    open: close.map((_, index) => close[index - 1] ?? 100),
    high: close.map((value, index) => Math.max(value, close[index - 1] ?? 100) + Math.floor(random() * 3)),
    low: close.map((value, index) => Math.min(value, close[index - 1] ?? 100) - Math.floor(random() * 3)),
    close,
    volume: hasVolume
      ? close.map((_, index) => (index % 7 === 3 ? Number.NaN : Math.floor(random() * 99)))
      : null,
  };
}

function direct(bars: Buckets, from: number, to: number) {
  const volumes = [...(bars.volume?.subarray(from, to) ?? [])].filter((value) => !Number.isNaN(value));
  return [
    bars.time[from],
    bars.open[from],
    Math.max(...bars.high.subarray(from, to)),
    Math.min(...bars.low.subarray(from, to)),
    bars.close[to - 1],
    volumes.length === 0 ? Number.NaN : volumes.reduce((sum, value) => sum + value, 0),
  ];
}
const entry = ({ time, open, high, low, close, volume }: Buckets, at: number) =>
  [time, open, high, low, close, volume].map((column) => column?.[at] ?? Number.NaN);

describe('levels of a chunk', () => {
  it('grow by eight until one bucket holds all', () => {
    expect(levelSizes(0)).toEqual([]);
    expect(levelSizes(1)).toEqual([64]);
    expect(levelSizes(64)).toEqual([64]);
    expect(levelSizes(65)).toEqual([64, 512]);
    expect(levelSizes(4_097)).toEqual([64, 512, 4_096, 32_768]);
  });

  it('say of every bucket what its bars say', () => {
    for (const length of [1, 63, 64, 65, 500, 4_097, 16_384]) {
      const bars = randomBuckets(length, length);
      const levels = buildLevels(bars);
      expect(levels.map(({ barsPerBucket }) => barsPerBucket)).toEqual(levelSizes(length));
      expect(levels.at(-1)!.length).toBe(1);
      for (const level of levels) {
        const { barsPerBucket: size } = level;
        expect(level.length).toBe(Math.ceil(length / size));
        for (let bucket = 0; bucket < level.length; bucket++) {
          const to = Math.min((bucket + 1) * size, length);
          expect(entry(level, bucket)).toEqual(direct(bars, bucket * size, to));
        }
      }
    }
  });

  it('have no volume where the bars have none', () => {
    expect(buildLevels(randomBuckets(300, 5, false)).every(({ volume }) => volume === null)).toBe(true);
  });
});

it('a bucket grows by what follows it', () => {
  const bars = randomBuckets(1_000, 9);
  const target = emptyBuckets(1, true);
  for (let cut = 1; cut < 1_000; cut += 13) {
    fillBucket(target, 0, bars, 0, cut);
    extendBucket(target, 0, bars, cut, 1_000);
    expect(entry(target, 0)).toEqual(direct(bars, 0, 1_000));
  }
});

it('volumes that are missing altogether stay missing', () => {
  const bars = { ...randomBuckets(10, 3), volume: new Float64Array(10).fill(Number.NaN) };
  const target = emptyBuckets(1, true);
  fillBucket(target, 0, bars, 0, 5);
  extendBucket(target, 0, bars, 5, 10);
  expect(target.volume![0]).toBeNaN();
});
