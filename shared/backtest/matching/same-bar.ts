import { ColumnTable } from '../records/column-table.ts';
import type { AmbiguousBars } from '../result.ts';
import type { SameBarPolicy } from '../settings.ts';
import type { DrillDown } from './drill-down.ts';
import type { Quote } from './quote.ts';
import { highComesFirst } from './rest-of-bar.ts';

/** Decides between two orders of which one cancels the other and which one bar reaches both. */
export class SameBar {
  readonly policy: SameBarPolicy;
  readonly #table = new ColumnTable({ bar: Int32Array, feed: Uint16Array });

  constructor(policy: SameBarPolicy) {
    this.policy = policy;
  }

  /** Counts a bar as ambiguous, once per instrument. */
  note(step: number, feed: number): void {
    const { columns, length } = this.#table;
    for (let row = length - 1; row >= 0 && columns.bar[row] === step; row--) {
      if (columns.feed[row] === feed) return;
    }
    const row = this.#table.addRow();
    this.#table.columns.bar[row] = step;
    this.#table.columns.feed[row] = feed;
  }

  finish(): AmbiguousBars {
    return this.#table.finish((Column, length) => new Column(length));
  }

  /**
   * Whether the second of two orders that one bar reaches inside itself comes first; counts the bar as ambiguous unless
   * finer bars tell. Prices are those before slippage; `time` is the bar's, for the finer bars in `drillDown`.
   */
  secondComesFirst(
    step: number,
    feed: number,
    firstSide: number,
    firstPrice: number,
    secondSide: number,
    secondPrice: number,
    bar: Quote,
    time: number,
    drillDown: DrillDown | null,
  ): boolean {
    const first = this.policy === 'drill-down' ? (drillDown?.reached(firstPrice, time) ?? -1) : -1;
    const second = first < 0 ? -1 : drillDown!.reached(secondPrice, time);
    if (second >= 0 && first !== second) return second < first;
    this.note(step, feed);
    // What the order is worth at the close of the bar tells which of the two is the worse for the account.
    const secondIsWorse = secondSide * (bar.close - secondPrice) < firstSide * (bar.close - firstPrice);
    switch (this.policy) {
      case 'backtrader':
        return false;
      case 'pessimistic':
      case 'drill-down':
        return secondIsWorse;
      case 'optimistic':
        return !secondIsWorse;
      case 'open-proximity':
        return placeOnPath(secondPrice, bar) < placeOnPath(firstPrice, bar);
    }
  }
}

/** Distance that a bar of the open-proximity path has gone when it first reaches `price`. */
function placeOnPath(price: number, bar: Quote): number {
  const { open, high, low } = bar;
  if (highComesFirst(bar)) return price >= open ? price - open : high - open + (high - price);
  return price <= open ? open - price : open - low + (price - low);
}
