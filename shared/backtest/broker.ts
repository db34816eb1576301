import type { BarCursor } from '../strategy/bar-cursor.ts';
import { commissionOf } from './commission.ts';
import { FillLog } from './execution.ts';
import { markPrice } from './mark-price.ts';
import { OrderBook } from './order-book.ts';
import { closingPart, Position } from './position.ts';
import type { OrderReason } from './result.ts';
import type { BrokerSettings } from './settings.ts';
import { slippedPrice } from './slippage.ts';
import { TradeRecorder } from './trade-recorder.ts';

/**
 * Holds cash and positions and turns orders into fills, in backtrader's order of events: once per step, after the bars
 * have moved and before the strategy decides, it checks new orders against the cash, fills what it can, and values the
 * account. An order is therefore never filled on the bar that it was made on.
 */
export class Broker {
  readonly book = new OrderBook();
  readonly fills = new FillLog();
  readonly trades = new TradeRecorder();
  readonly positions: readonly Position[];
  // Fields that change per bar begin with a number: one that begins undefined would box every number it is given.
  cash = 0;
  /** Cash plus positions, and the sum of the positions' absolute values, both at the closes of this step. */
  equity = 0;
  exposure = 0;
  /** The largest sum of money that was ever booked: what rounding is measured against. */
  largestAmount = 0;
  readonly #settings: BrokerSettings;
  readonly #cursors: readonly BarCursor[];
  /** Instruments in the order in which they were first traded: the order in which their values are added up. */
  readonly #traded: number[] = [];
  /** Positions of the cash check, made once. */
  readonly #paperSizes: Float64Array;

  constructor(cursors: readonly BarCursor[], settings: BrokerSettings) {
    this.#cursors = cursors;
    this.#settings = settings;
    this.positions = cursors.map(() => new Position());
    this.#paperSizes = new Float64Array(cursors.length);
    this.cash = settings.cash;
    this.equity = settings.cash;
    this.largestAmount = settings.cash;
  }

  /** A market order; the row in the book. */
  submit(feed: number, side: 1 | -1, size: number, step: number): number {
    if (!this.#traded.includes(feed)) this.#traded.push(feed);
    const cursor = this.#cursors[feed]!;
    return this.book.create('market', cursor, side, size, markPrice(cursor, Number.NaN), step);
  }

  /** Takes a pending order back; orders that are new in this step or done are left alone. */
  cancel(row: number, step: number): void {
    if (!this.book.pending.remove(row)) return;
    this.book.close(row, 'cancelled', 'cancelled-by-strategy', step, this.#cursorOf(row));
  }

  /** The broker's part of one step. */
  turn(step: number): void {
    if (this.book.submitted.length > 0) this.#checkSubmitted(step);
    if (this.book.pending.length > 0) this.#match(step);
    this.#value();
  }

  /**
   * Executes the new orders on paper, one after the other, at their reference prices: an order that would leave the cash
   * below zero is rejected. The paper cash is not restored afterwards, so one order too large takes down those behind it
   * unless they free cash. Orders already pending are not counted. Without any close there is no reference price and
   * only the check at the fill applies.
   */
  #checkSubmitted(step: number): void {
    const { book } = this;
    const { columns } = book.table;
    const held = this.#paperSizes;
    for (let feed = 0; feed < held.length; feed++) held[feed] = this.positions[feed]!.size;
    let cash = this.cash;
    for (let i = 0; i < book.submitted.length; i++) {
      const row = book.submitted.at(i);
      const feed = columns.feed[row]!;
      const price = columns.price[row]!;
      if (Number.isNaN(price)) {
        book.pending.push(row);
        continue;
      }
      const size = columns.size[row]! * columns.side[row]!;
      const closed = closingPart(held[feed]!, size);
      const opened = size - closed;
      if (closed !== 0) cash = cash - closed * price - this.#commission(closed, price);
      if (opened !== 0) cash = cash - opened * price - this.#commission(opened, price);
      held[feed]! += size;
      if (cash < 0) book.close(row, 'rejected', 'not-enough-cash', step, this.#cursorOf(row));
      else book.pending.push(row);
    }
    book.submitted.drop(book.submitted.length);
  }

  /** Walks the pending orders once, in order of acceptance. What cannot be filled on this bar waits for the next. */
  #match(step: number): void {
    this.book.pending.filter((row) => !this.#fillAtOpen(row, step));
  }

  /** A market order fills at the open of the first bar after the one it was made on; never at prices that are missing. */
  #fillAtOpen(row: number, step: number): boolean {
    const { columns } = this.book.table;
    const { bar, bars } = this.#cursorOf(row);
    if (!(bars.time[bar]! > columns.createdTime[row]!)) return false;
    const side = columns.side[row]!;
    const open = bars.open[bar]!;
    const cap = side > 0 ? bars.high[bar]! : bars.low[bar]!;
    if (Number.isNaN(open) || Number.isNaN(cap)) return false;
    this.#execute(row, slippedPrice(this.#settings.slippage, side, open, cap), open, step);
    return true;
  }

  /**
   * Books a whole order at `price`. The closing part always goes through; the opening part is dropped when cash and
   * commission would end below zero.
   */
  #execute(row: number, price: number, unslipped: number, step: number): void {
    const { columns } = this.book.table;
    const side = columns.side[row]!;
    const size = columns.size[row]! * side;
    const feed = columns.feed[row]!;
    const cursor = this.#cursors[feed]!;
    const position = this.positions[feed]!;
    const { size: heldSize, price: heldPrice } = position;
    const closed = closingPart(heldSize, size);
    let opened = size - closed;
    let reason: OrderReason = 'none';
    let profit = 0;
    let closedCommission = 0;
    let openedCommission = 0;
    if (closed !== 0) {
      profit = -closed * (price - heldPrice);
      closedCommission = this.#commission(closed, price);
      this.cash += -closed * heldPrice + profit;
      this.cash -= closedCommission;
    }
    if (opened !== 0) {
      openedCommission = this.#commission(opened, price);
      const left = this.cash - opened * price - openedCommission;
      if (left < 0) {
        reason = 'not-enough-cash-at-fill';
        opened = 0;
        openedCommission = 0;
      } else this.cash = left;
    }
    const filled = closed + opened;
    if (filled !== 0) {
      const execution = {
        orderRef: columns.ref[row]!,
        step,
        cursor,
        price,
        slippagePerUnit: (price - unslipped) * side,
        closed,
        opened,
        closedCommission,
        openedCommission,
        profit,
        heldSize,
        heldPrice,
      };
      position.update(filled, price);
      this.fills.record(execution, position);
      this.trades.record(execution);
      this.book.fill(row, filled, price, closedCommission + openedCommission);
      this.largestAmount = Math.max(this.largestAmount, Math.abs(this.cash), Math.abs(position.size * price));
    }
    this.book.close(row, reason === 'none' ? 'completed' : 'rejected', reason, step, cursor);
  }

  /** Long positions are added as cost and open profit, in this order, because that is how the reference rounds. */
  #value(): void {
    let held = 0;
    let exposure = 0;
    for (let i = 0; i < this.#traded.length; i++) {
      const feed = this.#traded[i]!;
      const { size, price } = this.positions[feed]!;
      if (size === 0) continue;
      const mark = markPrice(this.#cursors[feed]!, price);
      const value = size * mark;
      if (value > 0) {
        const profit = size * (mark - price);
        held += value - profit;
        held += profit;
      } else held += value;
      exposure += Math.abs(value);
    }
    this.equity = this.cash + held;
    this.exposure = exposure;
  }

  #commission(size: number, price: number): number {
    return commissionOf(this.#settings.commission, size, price);
  }
  #cursorOf(row: number): BarCursor {
    return this.#cursors[this.book.table.columns.feed[row]!]!;
  }
}
