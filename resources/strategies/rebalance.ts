/** Holds fixed shares of equity in several instruments and restores them every so many bars. */
import { boolean, type Data, integer, Strategy, text } from 'hindsight';

const params = {
  every: integer(300, { min: 1, max: 1_000_000, step: 1, help: 'Bars from one rebalance to the next.' }),
  weights: text('', {
    help: 'Shares of equity, comma separated, in the order of the instruments; empty: equal.',
  }),
  rotate: boolean(false, { help: 'Move the weights on by one instrument after each rebalance.' }),
  sellfirst: boolean(false, { help: 'Reduce what is too large before buying.' }),
};

export default class Rebalance extends Strategy<typeof params> {
  static params = params;

  weights: number[] = [];

  override init() {
    const { weights } = this.params;
    this.weights =
      weights.trim() === '' ? this.datas.map(() => 0.95 / this.datas.length) : weights.split(',').map(Number);
    if (this.weights.length !== this.datas.length || this.weights.some(Number.isNaN)) {
      throw new Error(
        `weights has ${this.weights.length} numbers for ${this.datas.length} instruments: ${weights}`,
      );
    }
  }

  next() {
    const { every, rotate, sellfirst } = this.params;
    if ((this.bar + 1) % every !== 0) return;
    const targets = this.datas.map((data, index) => ({ data, weight: this.weights[index] ?? 0 }));
    const isTooLarge = ({ data, weight }: { data: Data; weight: number }) =>
      this.positionOf(data).size * data.close.value > weight * this.equity;
    const ordered = sellfirst
      ? [...targets.filter(isTooLarge), ...targets.filter((target) => !isTooLarge(target))]
      : targets;
    for (const { data, weight } of ordered) this.orderTargetPercent(weight, data);
    if (rotate) this.weights = [...this.weights.slice(-1), ...this.weights.slice(0, -1)];
  }
}
