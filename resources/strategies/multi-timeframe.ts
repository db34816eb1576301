/** Trades minute bars by a moving average cross on longer bars made of them; the longer bars show only when they are over. */
import { boolean, choice, crossOver, type Data, integer, type Line, Strategy, sma, text } from 'hindsight';

const params = {
  every: text('5m', {
    help: 'Length of the longer bars: 5m, 1h, 1d or another whole multiple of the bars’ own.',
  }),
  fast: integer(5, { min: 1, max: 200, step: 1, help: 'Longer bars in the fast average.' }),
  slow: integer(15, { min: 2, max: 500, step: 1, help: 'Longer bars in the slow average.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per position.' }),
  rule: choice('closed', ['closed', 'backtrader'], {
    help: 'How the longer bars are made: on whole multiples of their length, or as backtrader does.',
  }),
  bar2edge: boolean(true, { help: 'backtrader’s option of that name.' }),
  adjbartime: boolean(true, { help: 'backtrader’s option of that name.' }),
  rightedge: boolean(true, { help: 'backtrader’s option of that name.' }),
};

export default class MultiTimeframe extends Strategy<typeof params> {
  static params = params;

  longer!: Data;
  cross!: Line;
  seen = 0;

  override init() {
    const { every, fast, slow, rule, bar2edge, adjbartime, rightedge } = this.params;
    this.longer = this.resample(
      this.data,
      // Lengths that cannot be made are refused by the engine.
      every as Parameters<Strategy['resample']>[1],
      rule === 'closed' ? 'closed' : { kind: 'backtrader', bar2edge, adjbartime, rightedge },
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
