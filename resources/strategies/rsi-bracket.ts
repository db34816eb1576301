/**
 * Mean reversion: buys when the relative strength index is low, with a stop and a target around the entry, and (with
 * shorts on) sells when it is high. One bracket at a time.
 */
import { type Bracket, boolean, integer, type Line, number, roundToTick, rsi, Strategy } from 'hindsight';

const fraction = { min: 0, max: 0.5, step: 0.0005 };
const params = {
  period: integer(14, { min: 2, max: 200, step: 1, help: 'Bars of the index.' }),
  low: number(30, { min: 0, max: 100, step: 1, help: 'Buy below this value of the index.' }),
  high: number(70, { min: 0, max: 100, step: 1, help: 'With shorts: sell above this value.' }),
  entry: number(0.0005, { ...fraction, help: 'Limit this fraction better than the close; 0: at market.' }),
  entryValidMinutes: integer(20, { min: 0, max: 10_000, step: 1, help: 'Life of the entry; 0: no end.' }),
  stop: number(0.004, { ...fraction, help: 'Loss is cut at this fraction from the close.' }),
  target: number(0.006, { ...fraction, help: 'Profit is taken at this fraction from the close.' }),
  shorts: boolean(false, { help: 'Sell short, too.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per position.' }),
};

export default class RsiBracket extends Strategy<typeof params> {
  static params = params;

  strength!: Line;
  bracket: Bracket | null = null;

  override init() {
    this.strength = rsi(this.data.close, this.params.period);
  }

  next() {
    if (this.position.size !== 0 || this.isWaiting()) return;
    const { low, high, shorts } = this.params;
    const strength = this.strength.value;
    if (strength < low) this.bracket = this.buyBracket(this.request(1));
    else if (shorts && strength > high) this.bracket = this.sellBracket(this.request(-1));
  }

  isWaiting(): boolean {
    if (this.bracket === null) return false;
    const { entry, stop, target } = this.bracket;
    return entry.isOpen || stop.isOpen || target.isOpen;
  }

  request(side: 1 | -1) {
    const { size, entry, entryValidMinutes, stop, target } = this.params;
    const close = this.data.close.value;
    const away = (share: number) => roundToTick(close * (1 + share), this.data.tick);
    return {
      size,
      ...(entry === 0 ? {} : { limit: away(-side * entry) }),
      ...(entryValidMinutes === 0 ? {} : { valid: { minutes: entryValidMinutes } }),
      stopLoss: away(-side * stop),
      takeProfit: away(side * target),
    };
  }
}
