/** Adds to a position in steps while the close is on its side of an average, up to four steps, and turns unevenly. */
import { ema, integer, type Line, Strategy } from 'hindsight';

const params = {
  period: integer(100, { min: 2, max: 1000, step: 1, help: 'Bars of the exponential average.' }),
  every: integer(37, { min: 1, max: 10_000, step: 1, help: 'Bars from one step to the next.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per step.' }),
};

export default class ScaleInOut extends Strategy<typeof params> {
  static params = params;

  average!: Line;

  override init() {
    this.average = ema(this.data.close, this.params.period);
  }

  next() {
    const { every, size } = this.params;
    if ((this.bar + 1) % every !== 0) return;
    const close = this.data.close.value;
    const average = this.average.value;
    const held = this.position.size;
    if (close > average && held < 4 * size) this.buy({ size });
    if (close < average && held > -4 * size) this.sell({ size: size + Math.floor(size / 2) });
  }
}
