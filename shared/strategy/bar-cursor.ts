import type { BarColumns } from '../market/bar.ts';

/**
 * Where a run stands in one instrument's bars. The engine moves it; strategy code never sees it, only the lines that
 * read through it.
 */
export class BarCursor {
  /** Position of the instrument in the run's list; resampled bars carry that of their source. */
  readonly feed: number;
  readonly ticker: string;
  readonly bars: BarColumns;
  /** Smallest price step; null where unknown. */
  readonly tick: number | null;
  /** Index of the bar that lines show; -1 before the first. Keeps showing the last bar while others move on. */
  bar = -1;
  /** True inside `nextOpen()` where a new bar has begun: it is the one after `bar`, and only its open is known. */
  isOpening = false;
  /** Bars needed until every indicator on this instrument has a value. */
  minimumPeriod = 1;
  /** True inside `init()`, the only place where lines may be declared. */
  isDeclaring = true;

  constructor(feed: number, ticker: string, bars: BarColumns, tick: number | null = null) {
    this.feed = feed;
    this.ticker = ticker;
    this.bars = bars;
    this.tick = tick;
  }

  /** Index of the newest bar that has begun. */
  get visibleBar(): number {
    return this.isOpening ? this.bar + 1 : this.bar;
  }
}
