import type { BacktestResult } from '../backtest/result.ts';
import { lowerBound } from '../market/bar.ts';
import { figure } from './figure.ts';
import type { Statistic } from './statistic.ts';

const LIMIT = 0.01;
/** Feeds are numbered in 16 bits. */
const MOST_FEEDS = 65_536;

/** The bars that one of the run's feeds was made of; `volume` null where the data have none. */
export interface FeedVolume {
  readonly time: Float64Array;
  readonly volume: Float64Array | null;
}

/**
 * Largest share of a bar's volume that the fills on it took, and the account at which that share would be 1 %: sizes are
 * thought to grow with the starting cash. Null without volumes; no share and a capacity of zero where a fill met a bar on
 * which nothing was traded.
 */
export function capacityStatistics(result: BacktestResult, feeds: readonly FeedVolume[]): Statistic[] {
  const share = largestShare(result, feeds);
  const missing = share === null ? 'not enough data: no fill on a bar with a known volume' : null;
  return [
    figure(
      {
        id: 'largestParticipation',
        label: 'Largest share of volume',
        group: 'cost',
        unit: 'percent',
        convention: 'Most units filled on one bar as a percentage of the volume of that bar.',
      },
      100 * (share ?? Number.NaN),
      missing ?? (share === Number.POSITIVE_INFINITY ? 'undefined: a fill on a bar without trading' : null),
    ),
    figure(
      {
        id: 'capacity',
        label: 'Capacity',
        group: 'cost',
        unit: 'money',
        convention:
          'Starting cash at which the largest share of volume would be 1 %, if sizes grew with the account.',
      },
      (result.ledger.startingCash * LIMIT) / (share ?? Number.NaN),
      missing,
    ),
  ];
}

/** Null where no fill lies on a bar with a volume; Infinity where one lies on a bar of volume zero. */
function largestShare({ fills, equity }: BacktestResult, feeds: readonly FeedVolume[]): number | null {
  const units = new Map<number, { feed: number; bar: number; size: number }>();
  for (let row = 0; row < fills.length; row++) {
    const feed = fills.feed[row]!;
    if (feeds[feed] === undefined) continue;
    const bar = fills.bar[row]!;
    const key = bar * MOST_FEEDS + feed;
    const entry = units.get(key) ?? { feed, bar, size: 0 };
    entry.size += Math.abs(fills.size[row]!);
    units.set(key, entry);
  }
  // Index data carry a column of zeros: that is no volume at all.
  const known = feeds.map(({ time, volume }) => ({
    time,
    volume: volume?.some((value) => value > 0) ? volume : null,
  }));
  let largest: number | null = null;
  for (const { feed, bar, size } of units.values()) {
    const { time, volume: volumes } = known[feed]!;
    if (volumes === null) continue;
    const volume = volumes[lastBarBy(time, equity.time[bar]!)] ?? Number.NaN;
    if (Number.isNaN(volume)) continue;
    largest = Math.max(largest ?? 0, size / volume);
  }
  return largest;
}

/** Last bar that has begun by `time`. */
function lastBarBy(times: Float64Array, time: number): number {
  return lowerBound(times, time + 1) - 1;
}
