/**
 * Buys when the close falls below the lower Bollinger band and leaves with a trailing stop, by an amount or by a fraction
 * of the price, optionally with a limit behind it.
 */
import { bollinger, integer, type Line, number, type Order, Strategy } from 'hindsight';

const distance = { min: 0, max: 1_000_000, step: 0.1 };
const params = {
  period: integer(20, { min: 2, max: 500, step: 1, help: 'Bars of the bands.' }),
  dev: number(2, { min: 0.1, max: 10, step: 0.1, help: 'Standard deviations from middle to band.' }),
  trailamount: number(1, { ...distance, help: 'Trailing distance in price units; 0: by fraction.' }),
  trailpercent: number(0, {
    min: 0,
    max: 0.5,
    step: 0.001,
    help: 'Trailing distance as a fraction, 0.01 is 1 %.',
  }),
  trailLimit: number(0, { ...distance, help: 'Limit this far behind the stop; 0: none.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per position.' }),
};

export default class BollingerTrail extends Strategy<typeof params> {
  static params = params;

  bottom!: Line;
  order: Order | null = null;

  override init() {
    this.bottom = bollinger(this.data.close, this.params.period, this.params.dev).bottom;
  }

  next() {
    if (this.order?.isOpen) return;
    const close = this.data.close.value;
    const held = this.position.size;
    if (held > 0) this.order = this.sell({ size: held, ...this.trail(close) });
    else if (close < this.bottom.value) this.order = this.buy({ size: this.params.size });
  }

  trail(close: number) {
    const { trailamount, trailpercent, trailLimit } = this.params;
    return {
      ...(trailamount > 0 ? { trailAmount: trailamount } : { trailPercent: trailpercent }),
      // Without the dust that subtracting leaves behind.
      ...(trailLimit > 0 ? { trailFrom: close, limit: Number((close - trailLimit).toFixed(10)) } : {}),
    };
  }
}
