/** Trades minute bars by a moving average cross on longer bars made of them; the longer bars show only when they are over. */
import { choice, crossOver, type Data, integer, type Line, Strategy, sma } from 'hindsight';

const params = {
  every: choice('5m', ['2m', '3m', '5m', '10m', '15m', '30m', '1h', '2h', '4h', '1d'], {
    help: 'Length of the longer bars.',
  }),
  fast: integer(5, { min: 1, max: 200, step: 1, help: 'Longer bars in the fast average.' }),
  slow: integer(15, { min: 2, max: 500, step: 1, help: 'Longer bars in the slow average.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per position.' }),
  rule: choice('closed', ['closed', 'backtrader', 'backtrader, left edge', 'backtrader, no edge'], {
    help: 'How the longer bars are made: on whole multiples of their length, or as backtrader does.',
  }),
};

export default class MultiTimeframe extends Strategy<typeof params> {
  static params = params;

  longer!: Data;
  cross!: Line;
  seen = 0;

  override init() {
    const { every, fast, slow, rule } = this.params;
    const isClosed = rule === 'closed';
    this.longer = this.resample(
      this.data,
      every,
      isClosed
        ? 'closed'
        : {
            kind: 'backtrader',
            rightedge: rule !== 'backtrader, left edge',
            bar2edge: rule !== 'backtrader, no edge',
          },
    );
    this.cross = crossOver(sma(this.longer.close, fast), sma(this.longer.close, slow));
  }

  next() {
    // A cross on the longer bars stands for as long as the next one takes.
    if (this.longer.length === this.seen) return;
    this.seen = this.longer.length;
    const cross = this.cross.value;
    if (cross > 0 && this.position.size === 0) this.buy({ size: this.params.size });
    else if (cross < 0 && this.position.size > 0) this.close();
  }
}
