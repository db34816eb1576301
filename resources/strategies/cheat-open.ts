/**
 * A moving average cross that decides when a bar has opened, knowing its open, and buys at that very open. Needs a run
 * with the setting cheat-on-open, which is more than a trader could know.
 */
import { boolean, crossOver, integer, type Line, Strategy, sma } from 'hindsight';

const params = {
  fast: integer(10, { min: 2, max: 200, step: 1, help: 'Bars in the fast average.' }),
  slow: integer(30, { min: 3, max: 500, step: 1, help: 'Bars in the slow average.' }),
  short: boolean(false, { help: 'Turn the position around instead of leaving it.' }),
  size: integer(100, { min: 1, max: 1_000_000, step: 1, help: 'Units per position.' }),
};

export default class CheatOpen extends Strategy<typeof params> {
  static params = params;

  cross!: Line;

  override init() {
    const { fast, slow } = this.params;
    this.cross = crossOver(sma(this.data.close, fast), sma(this.data.close, slow));
  }

  next() {}

  override nextOpen() {
    const cross = this.cross.value;
    const { size, short } = this.params;
    if (cross > 0) this.orderTargetSize(size);
    else if (cross < 0) this.orderTargetSize(short ? -size : 0);
  }
}
