/**
 * Buys in an upward trend when the slow stochastic turns up from below, and leaves at the close of the session once it is
 * high or the trend has ended.
 */
import { crossUp, ema, integer, type Line, number, type Order, Strategy, stochastic } from 'hindsight';

const level = { min: 0, max: 100, step: 1 };
const params = {
  period: integer(50, { min: 2, max: 1000, step: 1, help: 'Bars of the exponential average.' }),
  below: number(40, { ...level, help: 'Enter only below this value of %K.' }),
  above: number(80, { ...level, help: 'Leave above this value of %K.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per position.' }),
};

export default class EmaStochasticClose extends Strategy<typeof params> {
  static params = params;

  trend!: Line;
  percentK!: Line;
  turn!: Line;
  order: Order | null = null;

  override init() {
    this.trend = ema(this.data.close, this.params.period);
    const { k, d } = stochastic(this.data, 14, 3, 3);
    this.percentK = k;
    this.turn = crossUp(k, d);
  }

  next() {
    if (this.order?.isOpen) return;
    const { below, above, size } = this.params;
    const close = this.data.close.value;
    const held = this.position.size;
    if (held > 0) {
      const isOver = this.percentK.value > above || close < this.trend.value;
      if (isOver) this.order = this.sell({ size: held, at: 'close' });
    } else if (close > this.trend.value && this.turn.value > 0 && this.percentK.value < below) {
      this.order = this.buy({ size });
    }
  }
}
