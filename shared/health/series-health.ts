import type { BarColumns } from '../market/bar.ts';
import { findDoubledSplits } from './doubled-splits.ts';
import { findGaps } from './gaps.ts';
import type { HealthInput } from './health-input.ts';
import { findLikelySplits } from './likely-splits.ts';
import { findMissingSessions } from './missing-sessions.ts';
import { findOhlcOrder } from './ohlc-order.ts';
import { findOutsideSessions } from './outside-sessions.ts';
import { ownScales } from './own-scale.ts';
import { expectedBars, type Placement, placementOf } from './placement.ts';
import { sessionBars } from './session-bars.ts';
import { findSpikes } from './spikes.ts';
import { splitSteps } from './split-steps.ts';
import { findStalePrices } from './stale-prices.ts';
import { SuspectTable } from './suspect-table.ts';
import { findUnitJumps } from './unit-jumps.ts';
import { findZeroVolume } from './zero-volume.ts';

const DAY = 86_400_000;

/** Raised whenever a check changes: what was computed before is computed again. */
export const HEALTH_VERSION = 1;

/** What a series suffers from, as figures; report.ts puts it into words and scores. */
export interface SeriesHealth {
  readonly bars: number;
  /** Calendar sessions between the first bar and the last; days with bars where no calendar is known. */
  readonly days: SessionDays;
  readonly suspects: SuspectTable;
  readonly hasCalendar: boolean;
  /** Bars outside trading hours that are the series' own habit. */
  readonly usualExtendedBars: number;
}

/** By session: midnight UTC of its day, its bars, and how many there are by the series' own rhythm. */
export interface SessionDays {
  readonly length: number;
  readonly day: Float64Array;
  readonly bars: Float64Array;
  readonly expected: Float64Array;
}

/** All checks over a series; a million bars take some tens of milliseconds. */
export function seriesHealth(input: HealthInput): SeriesHealth {
  const { bars, interval, actions } = input;
  const suspects = new SuspectTable();
  const placement = placementOf(input);
  let usualExtendedBars = 0;
  if (placement !== null) {
    findMissingSessions(bars, placement, suspects);
    findGaps(bars, interval, placement, suspects);
    const outside = findOutsideSessions(bars, interval, placement, suspects);
    if (outside.isExtendedUsual) usualExtendedBars = outside.extended;
  }
  findOhlcOrder(bars, suspects);
  findZeroVolume(bars, interval, suspects);
  findStalePrices(bars, suspects);
  const unitJumps = findUnitJumps(bars, suspects);
  const sessions = sessionBars(bars, placement);
  const steps = splitSteps(sessions).filter(({ session }) => !unitJumps.bars.has(sessions.bar[session]!));
  findLikelySplits(bars, sessions, steps, actions, suspects);
  findDoubledSplits(bars, sessions, actions, suspects);
  const explained = new Set([...unitJumps.bars, ...steps.map(({ session }) => sessions.bar[session]!)]);
  findSpikes(bars, ownScales(bars), (bar) => explained.has(bar), suspects);
  const days = placement === null ? daysWithBars(bars) : daysOf(placement);
  return { bars: bars.length, days, suspects, hasCalendar: placement !== null, usualExtendedBars };
}

function daysOf(placement: Placement): SessionDays {
  const { table, first, length } = placement;
  return {
    length,
    day: Float64Array.from({ length }, (_, session) => table.day[first + session]! * DAY),
    bars: Float64Array.from(placement.bars),
    expected: Float64Array.from({ length }, (_, session) => expectedBars(placement, session)),
  };
}

function daysWithBars({ time, length }: BarColumns): SessionDays {
  const day: number[] = [];
  const bars: number[] = [];
  for (let bar = 0; bar < length; bar++) {
    const midnight = Math.floor(time[bar]! / DAY) * DAY;
    if (day.at(-1) === midnight) bars[bars.length - 1]!++;
    else {
      day.push(midnight);
      bars.push(1);
    }
  }
  const counts = Float64Array.from(bars);
  return { length: day.length, day: Float64Array.from(day), bars: counts, expected: counts };
}
