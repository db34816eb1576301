/**
 * Every few bars, on each instrument: withdraws what waits, then bids some ticks below the close when flat, or offers
 * the position some ticks above it.
 */
import { integer, type Order, roundToTick, Strategy } from 'hindsight';

const params = {
  every: integer(7, { min: 1, max: 10_000, step: 1, help: 'Bars from one round to the next.' }),
  k: integer(4, { min: 0, max: 1000, step: 1, help: 'Ticks between close and limit.' }),
  validMinutes: integer(12, { min: 1, max: 10_000, step: 1, help: 'Life of a limit order.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per position.' }),
};

export default class PairLimits extends Strategy<typeof params> {
  static params = params;

  orders: (Order | null)[] = [];

  next() {
    const { every, k, validMinutes, size } = this.params;
    if ((this.bar + 1) % every !== 0) return;
    for (const [index, data] of this.datas.entries()) {
      const waiting = this.orders[index];
      if (waiting?.isOpen) this.cancel(waiting);
      const held = this.positionOf(data).size;
      const away = k * (data.tick ?? 0.01);
      const close = data.close.value;
      const valid = { minutes: validMinutes };
      this.orders[index] =
        held === 0
          ? this.buy({ data, size, limit: roundToTick(close - away, data.tick), valid })
          : this.sell({ data, size: held, limit: roundToTick(close + away, data.tick), valid });
    }
  }
}
