import type { BarColumns } from './bar.ts';

/** What is wrong, or worth knowing, about the bars of a run. */
export interface BarHealth {
  readonly bars: number;
  /** Bars with a price that is missing. */
  readonly missingPrices: number;
  /** Bars in which nothing traded; 0 where the data have no volume. */
  readonly withoutVolume: number;
  /** Places inside a day at which bars are missing, and the bars missing there. */
  readonly gaps: number;
  readonly missingBars: number;
  /** Closes more than a tenth away from the one before. */
  readonly jumps: number;
}

const DAY = 86_400_000;
const JUMP = 0.1;

/** One pass over the columns. `interval` in milliseconds; days are UTC's. */
export function barHealth(
  { length, time, open, high, low, close, volume }: BarColumns,
  interval: number,
): BarHealth {
  let missingPrices = 0;
  let withoutVolume = 0;
  let gaps = 0;
  let missingBars = 0;
  let jumps = 0;
  let before = Number.NaN;
  for (let bar = 0; bar < length; bar++) {
    const price = close[bar]!;
    const range = open[bar]! + high[bar]! + low[bar]! + price;
    if (range - range !== 0) missingPrices++;
    if (volume !== null && volume[bar] === 0) withoutVolume++;
    if (Math.abs(price / before - 1) > JUMP) jumps++;
    if (!Number.isNaN(price)) before = price;
    if (bar === 0 || interval <= 0) continue;
    const step = time[bar]! - time[bar - 1]!;
    if (step > interval && Math.floor(time[bar]! / DAY) === Math.floor(time[bar - 1]! / DAY)) {
      gaps++;
      missingBars += Math.round(step / interval) - 1;
    }
  }
  return { bars: length, missingPrices, withoutVolume, gaps, missingBars, jumps };
}
