/**
 * Follows a trend when the MACD line crosses its signal and the directional index says that there is a trend. Leaves on
 * the opposite cross, or when the close is some average true ranges on the wrong side of the entry.
 */
import { atr, boolean, crossOver, dmi, type Line, macd, number, type Order, Strategy } from 'hindsight';

const params = {
  adxmin: number(20, { min: 0, max: 100, step: 1, help: 'Smallest directional index for an entry.' }),
  pct: number(0.5, { min: 0.01, max: 1, step: 0.01, help: 'Share of equity per position.' }),
  k: number(3, { min: 0.1, max: 20, step: 0.1, help: 'Average true ranges to the stop.' }),
  shorts: boolean(false, { help: 'Sell short, too.' }),
};

export default class MacdAdx extends Strategy<typeof params> {
  static params = params;

  cross!: Line;
  adx!: Line;
  range!: Line;
  order: Order | null = null;

  override init() {
    const { macd: line, signal } = macd(this.data.close, 12, 26, 9);
    this.cross = crossOver(line, signal);
    this.adx = dmi(this.data, 14).adx;
    this.range = atr(this.data, 14);
  }

  next() {
    if (this.order?.isOpen) return;
    const { adxmin, pct, k, shorts } = this.params;
    const cross = this.cross.value;
    const { size, price } = this.position;
    if (size === 0) {
      if (!(this.adx.value > adxmin)) return;
      if (cross > 0) this.order = this.orderTargetPercent(pct);
      else if (cross < 0 && shorts) this.order = this.orderTargetPercent(-pct);
      return;
    }
    const side = Math.sign(size);
    const loss = side * (price - this.data.close.value);
    if (cross * side < 0 || loss > k * this.range.value) this.order = this.close();
  }
}
