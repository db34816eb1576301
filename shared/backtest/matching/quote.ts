import type { BarColumns } from '../../market/bar.ts';

/** The prices that an order is matched against: a bar, or what was left of it after an entry. Reused, never kept. */
export class Quote {
  open = 0;
  high = 0;
  low = 0;
  close = 0;

  readBar(bars: BarColumns, bar: number): void {
    this.open = bars.open[bar]!;
    this.high = bars.high[bar]!;
    this.low = bars.low[bar]!;
    this.close = bars.close[bar]!;
  }

  set(open: number, high: number, low: number, close: number): void {
    this.open = open;
    this.high = high;
    this.low = low;
    this.close = close;
  }
}
