/**
 * Buys when a fast moving average of the close crosses above a slow one, and sells when it crosses below.
 *
 * In `long` mode it holds shares or nothing. In `longshort` mode it is always in the market: each cross turns the
 * position around. In `sizer` mode it does as in `long`, with the sizes of the run's sizer.
 */
import { choice, crossOver, integer, type Line, Strategy, sma } from 'hindsight';

const params = {
  fast: integer(10, { min: 2, max: 200, step: 1, label: 'Fast average', help: 'Bars in the fast average.' }),
  slow: integer(30, { min: 3, max: 500, step: 1, label: 'Slow average', help: 'Bars in the slow average.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, label: 'Size', help: 'Units per position.' }),
  mode: choice('long', ['long', 'longshort', 'sizer'], {
    label: 'Mode',
    help: 'Hold nothing, or go short, after a sell; sizer: as long, with sizes by the run’s sizer.',
  }),
};

export default class SmaCross extends Strategy<typeof params> {
  static params = params;

  cross!: Line;

  override init() {
    const { fast, slow } = this.params;
    this.cross = crossOver(sma(this.data.close, fast), sma(this.data.close, slow));
  }

  next() {
    const cross = this.cross.value;
    if (cross === 0) return;

    const { size, mode } = this.params;
    if (mode === 'longshort') this.orderTargetSize(cross > 0 ? size : -size);
    else if (cross > 0 && this.position.size === 0) this.buy(mode === 'sizer' ? {} : { size });
    else if (cross < 0 && this.position.size > 0) this.close();
  }
}
