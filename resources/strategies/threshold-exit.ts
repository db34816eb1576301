/**
 * Buys while a score stands above a threshold, and leaves at a take-profit or stop-loss level.
 *
 * The score here is how oversold the price is: 1 - RSI / 100, from 0 to 1. Replace `score` by any number of your own that
 * rises with the chance of a gain, such as a model's probability.
 *
 * A buy that was really filled sets both levels, measured from the close that gave the signal; a rejected one changes
 * nothing. The levels are checked on closes, and the whole position is sold at the next open. While an order waits for
 * its fill nothing else is decided, so a bar never brings both an entry and an exit.
 */
import { integer, type Line, number, type Order, rsi, Strategy } from 'hindsight';

const params = {
  longThreshold: number(0.6, { min: 0, max: 1, step: 0.01, label: 'Buy above score' }),
  takeProfit: number(0.001, {
    min: 0.0001,
    max: 0.5,
    step: 0.0001,
    label: 'Take profit',
    help: '0.001 is 0.1 %.',
  }),
  stopLoss: number(0.005, {
    min: 0.0001,
    max: 0.5,
    step: 0.0001,
    label: 'Stop loss',
    help: '0.005 is 0.5 %.',
  }),
  tradeSize: integer(100, { min: 1, max: 1_000_000, step: 1, label: 'Units per buy' }),
  maxPosition: integer(1_000, { min: 1, max: 10_000_000, step: 1, label: 'Stop buying at' }),
  period: integer(14, { min: 2, max: 500, step: 1, label: 'RSI period' }),
};

export default class ThresholdExit extends Strategy<typeof params> {
  static params = params;

  strength!: Line;
  waiting: Order | null = null;
  signalClose = 0;
  takeProfitLevel = 0;
  stopLossLevel = 0;

  get score(): number {
    return 1 - this.strength.value / 100;
  }

  override init() {
    this.strength = rsi(this.data.close, this.params.period);
  }

  next() {
    if (this.waiting !== null) return;

    const held = this.position.size;
    const close = this.data.close.value;
    if (held > 0 && (close >= this.takeProfitLevel || close <= this.stopLossLevel)) {
      this.waiting = this.close();
    } else if (this.score > this.params.longThreshold && held < this.params.maxPosition) {
      this.waiting = this.buy({ size: this.params.tradeSize });
      this.signalClose = close;
    }
  }

  override onOrder(order: Order) {
    this.waiting = null;
    if (order.side === 'buy' && order.status === 'completed') {
      this.takeProfitLevel = this.signalClose * (1 + this.params.takeProfit);
      this.stopLossLevel = this.signalClose * (1 - this.params.stopLoss);
    }
  }
}
