import type { BarColumns } from '../market/bar.ts';

/**
 * Where a run stands in one instrument's bars. The engine moves it; strategy code never sees it, only the lines that
 * read through it.
 */
export class BarCursor {
  /** Position of the instrument in the run's list. */
  readonly feed: number;
  readonly ticker: string;
  readonly bars: BarColumns;
  /** Index of the current bar; -1 before the first. Keeps showing the last bar while others move on. */
  bar = -1;
  /** Bars needed until every indicator on this instrument has a value. */
  minimumPeriod = 1;
  /** True inside `init()`, the only place where lines may be declared. */
  isDeclaring = true;

  constructor(feed: number, ticker: string, bars: BarColumns) {
    this.feed = feed;
    this.ticker = ticker;
    this.bars = bars;
  }
}
