import { type BarColumns, lowerBound } from '../../market/bar.ts';
import { Quote } from './quote.ts';
import { restOfBar } from './rest-of-bar.ts';

/** Finer bars of an instrument, asked what happened inside a coarser bar. */
export class DrillDown {
  readonly #bars: BarColumns;
  readonly #interval: number;
  readonly #quote = new Quote();
  readonly #rest = new Quote();

  constructor(bars: BarColumns, interval: number) {
    this.#bars = bars;
    this.#interval = interval;
  }

  /** Index of the finer bar of the coarser one at `time` that first reached `price`; -1 where none is known to. */
  reached(price: number, time: number): number {
    const { high, low } = this.#bars;
    const end = lowerBound(this.#bars.time, time + this.#interval);
    for (let i = lowerBound(this.#bars.time, time); i < end; i++) {
      if (low[i]! <= price && price <= high[i]!) return i;
    }
    return -1;
  }

  /**
   * What was left of the coarser bar at `time` after an entry of `side` at `price`, read off the finer bars; the finer bar
   * of the entry itself is read for the worse. False where the finer bars do not show the entry.
   */
  restAfter(side: number, price: number, time: number, rest: Quote): boolean {
    const entry = this.reached(price, time);
    if (entry < 0) return false;
    const { open, high, low, close } = this.#bars;
    this.#quote.set(open[entry]!, high[entry]!, low[entry]!, close[entry]!);
    restOfBar('worst', side, price, price === open[entry], this.#quote, this.#rest);
    let highest = this.#rest.high;
    let lowest = this.#rest.low;
    let last = entry;
    const end = lowerBound(this.#bars.time, time + this.#interval);
    for (let i = entry + 1; i < end; i++) {
      highest = Math.max(highest, high[i]!);
      lowest = Math.min(lowest, low[i]!);
      last = i;
    }
    rest.set(price, highest, lowest, close[last]!);
    return true;
  }
}
