export const TIMEFRAMES = ['Minutes', 'Days', 'Weeks', 'Months', 'Years'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

/** The calendar periods in which a run has steps. */
export interface Periods {
  readonly timeframe: Timeframe;
  /** First step of each period, ascending; the first step of the run always begins one. */
  readonly firstStep: Int32Array;
  /**
   * Date of the period, epoch ms, as backtrader files it: 31 December, the last day of the month, the Sunday of the week,
   * the day (midnight UTC each); for minutes the first minute of the period.
   */
  readonly key: Float64Array;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/**
 * Cuts a run into periods of UTC calendar time. `time` in epoch ms, ascending. `compression` joins that many minutes,
 * counted from midnight; longer timeframes ignore it, as backtrader's do. A few operations per period, not per step.
 */
export function periodsOf(time: Float64Array, timeframe: Timeframe, compression = 1): Periods {
  const unit = timeframe === 'Minutes' ? MINUTE : DAY;
  const firstStep: number[] = [];
  const keys: number[] = [];
  let key = Number.NaN;
  for (let step = 0; step < time.length; ) {
    const start = Math.floor(time[step]! / unit) * unit;
    const nextKey = keyOf(start, timeframe, compression);
    if (nextKey !== key) {
      key = nextKey;
      firstStep.push(step);
      keys.push(key);
    }
    step = firstAtOrAfter(time, start + unit, step + 1);
  }
  return { timeframe, firstStep: Int32Array.from(firstStep), key: Float64Array.from(keys) };
}

/** First step from `from` on whose time is `at` or later, by doubling strides and then halving; `time.length` if none. */
function firstAtOrAfter(time: Float64Array, at: number, from: number): number {
  let before = from - 1;
  let stride = 1;
  while (before + stride < time.length && time[before + stride]! < at) {
    before += stride;
    stride *= 2;
  }
  let low = before + 1;
  let high = Math.min(before + stride, time.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Key of the period that holds `start`, which is the start of a minute or a day. */
function keyOf(start: number, timeframe: Timeframe, compression: number): number {
  switch (timeframe) {
    case 'Minutes': {
      const midnight = Math.floor(start / DAY) * DAY;
      return start - ((start - midnight) % (compression * MINUTE));
    }
    case 'Days':
      return start;
    case 'Weeks':
      // 1 January 1970 was a Thursday: the first Monday-to-Sunday week of the epoch ended on day 3.
      return (Math.floor((start / DAY + 3) / 7) * 7 + 3) * DAY;
    case 'Months': {
      const date = new Date(start);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0);
    }
    case 'Years':
      return Date.UTC(new Date(start).getUTCFullYear(), 11, 31);
  }
}

/** Step with which period `index` ends. */
export function lastStepOf({ firstStep }: Periods, index: number, steps: number): number {
  return (firstStep[index + 1] ?? steps) - 1;
}
