import type { BarColumns } from '../market/bar.ts';
import { BarCursor } from './bar-cursor.ts';

/** Where a run stands in bars made of an instrument's shorter ones: it moves when one of them is over. */
export class LongerCursor extends BarCursor {
  readonly source: BarCursor;
  /** By bar: index of the source bar with which it is known; the source's length: in a step behind its last bar. */
  readonly #knownAt: Int32Array;

  constructor(source: BarCursor, bars: BarColumns, knownAt: Int32Array) {
    super(source.feed, source.ticker, bars, source.tick);
    this.source = source;
    this.#knownAt = knownAt;
  }

  /** Follows the source. Where bars are missing, one may tell that the last longer bar is over and end its own. */
  follow(): void {
    let next = this.bar + 1;
    while (next < this.bars.length && this.#knownAt[next]! <= this.source.bar) this.bar = next++;
  }

  /** Stamp of a bar that only the end of the data closes; NaN where there is none. */
  get lateTime(): number {
    const last = this.bars.length - 1;
    return last >= 0 && this.#knownAt[last] === this.source.bars.length ? this.bars.time[last]! : Number.NaN;
  }

  followToEnd(): void {
    this.bar = this.bars.length - 1;
  }
}
