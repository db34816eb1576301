import type { BarCursor } from '../../strategy/bar-cursor.ts';
import type { Booking } from '../account/account.ts';
import { profitOf } from '../account/instrument-value.ts';
import { markPrice } from '../account/mark-price.ts';
import type { Position } from '../account/position.ts';
import { RowQueue } from '../orders/row-queue.ts';
import type { TradeColumns } from '../result.ts';
import type { InstrumentTerms } from '../settings.ts';
import { type AllocateColumn, ColumnTable } from './column-table.ts';
import type { FillEvent } from './fill-log.ts';

const TRADE_LAYOUT = {
  ref: Int32Array,
  feed: Uint16Array,
  side: Int8Array,
  size: Float64Array,
  entryBar: Int32Array,
  entryTime: Float64Array,
  entryPrice: Float64Array,
  exitBar: [Int32Array, -1],
  exitTime: [Float64Array, Number.NaN],
  exitPrice: [Float64Array, Number.NaN],
  gross: Float64Array,
  slippage: Float64Array,
  commission: Float64Array,
  financing: Float64Array,
  net: Float64Array,
  maxAdverse: Float64Array,
  maxFavourable: Float64Array,
  barsHeld: Int32Array,
  isOpen: Uint8Array,
  entryOrder: Int32Array,
  exitOrder: Int32Array,
  tag: Int32Array,
} as const;
export const newTradeTable = () => new ColumnTable(TRADE_LAYOUT);

/** A trade that is still open, one at most per instrument and tag. Used again for later trades of the instrument. */
class OpenTrade {
  row = 0;
  tag = 0;
  readonly cursor: BarCursor;
  readonly terms: InstrumentTerms;
  /** Units held by this trade (signed) and their average price: orders with tags share the instrument's position. */
  size = 0;
  price = 0;
  /** Units and price times units of all entry fills, and of all exit fills so far. */
  enteredUnits = 0;
  enteredValue = 0;
  exitedUnits = 0;
  exitedValue = 0;
  /** Realised so far at the prices paid. */
  profit = 0;
  slippage = 0;
  commission = 0;
  financing = 0;
  worst = 0;
  best = 0;
  entryBar = 0;
  /** First bar of the instrument whose high and low are not yet in `worst` and `best`. */
  unseenBar = 0;

  constructor(cursor: BarCursor, terms: InstrumentTerms) {
    this.cursor = cursor;
    this.terms = terms;
  }

  begin(row: number, tag: number, isAtOpen: boolean): void {
    this.row = row;
    this.tag = tag;
    this.size = 0;
    this.price = 0;
    this.enteredUnits = 0;
    this.enteredValue = 0;
    this.exitedUnits = 0;
    this.exitedValue = 0;
    this.profit = 0;
    this.slippage = 0;
    this.commission = 0;
    this.financing = 0;
    this.worst = 0;
    this.best = 0;
    this.entryBar = this.cursor.bar;
    // A fill inside its bar may have come after the bar's extremes: that bar is left out.
    this.unseenBar = isAtOpen ? this.cursor.bar : this.cursor.bar + 1;
  }
}

/** Builds trades from fills: a position from flat to flat is one trade, a reversal ends one and begins another. */
export class TradeRecorder {
  readonly table: ReturnType<typeof newTradeTable>;
  /** Trades that were closed since the strategy was last told. */
  readonly closed = new RowQueue();
  /** Whether the strategy wants to be told. */
  isHeard = true;
  /** By feed: those that are open, which differ in their tags, and behind them such as wait for their next use. */
  readonly #trades: OpenTrade[][];
  /** By feed: how many are open. */
  readonly #openCounts: Int32Array;
  readonly #terms: readonly InstrumentTerms[];

  constructor(table: ReturnType<typeof newTradeTable>, terms: readonly InstrumentTerms[]) {
    this.table = table;
    this.#terms = terms;
    this.#trades = terms.map(() => []);
    this.#openCounts = new Int32Array(terms.length);
  }

  record(event: FillEvent, booking: Booking, cursor: BarCursor): void {
    const { closed, opened } = booking;
    const trade = this.#find(cursor.feed, event.tag);
    if (trade !== null) {
      watch(trade, cursor.bar);
      see(trade, trade.profit + profitOf(trade.terms, trade.size, trade.price, booking.price));
    }
    // A tagged order can close the instrument's position and still open a trade: its own.
    if (closed !== 0) {
      const closing = trade ?? this.#begin(event, cursor, closed);
      closing.financing += booking.financing;
      this.#apply(closing, closed, booking.closedCommission, event, booking);
    }
    if (opened !== 0) {
      const open = this.#find(cursor.feed, event.tag) ?? this.#begin(event, cursor, opened);
      this.#apply(open, opened, booking.openedCommission, event, booking);
    }
  }

  /** Marks what is still held to the last close, and hands over all trades. */
  finish(positions: readonly Position[], allocate: AllocateColumn | 'views'): TradeColumns {
    for (const [feed, trades] of this.#trades.entries()) {
      for (const [index, trade] of trades.slice(0, this.#openCounts[feed]).entries()) {
        const { cursor, size, price } = trade;
        watch(trade, cursor.bar + 1);
        trade.profit += profitOf(trade.terms, size, price, markPrice(cursor, price));
        if (index === 0) trade.financing += positions[feed]!.financing;
        this.#write(trade);
        this.table.columns.isOpen[trade.row] = 1;
      }
    }
    return this.table.finish(allocate);
  }

  #find(feed: number, tag: number): OpenTrade | null {
    const trades = this.#trades[feed]!;
    const count = this.#openCounts[feed]!;
    for (let i = 0; i < count; i++) if (trades[i]!.tag === tag) return trades[i]!;
    return null;
  }

  #begin({ step, orderRef, tag, isAtOpen }: FillEvent, cursor: BarCursor, size: number): OpenTrade {
    const row = this.table.addRow();
    const { columns } = this.table;
    columns.ref[row] = row + 1;
    columns.feed[row] = cursor.feed;
    columns.side[row] = Math.sign(size);
    columns.entryBar[row] = step;
    columns.entryTime[row] = cursor.bars.time[cursor.bar]!;
    columns.entryOrder[row] = orderRef;
    if (tag !== 0) columns.tag[row] = tag;
    const trades = this.#trades[cursor.feed]!;
    const index = this.#openCounts[cursor.feed]!++;
    if (index === trades.length) trades.push(new OpenTrade(cursor, this.#terms[cursor.feed]!));
    const trade = trades[index]!;
    trade.begin(row, tag, isAtOpen);
    return trade;
  }

  /** Adds `size` signed units to a trade, or takes them off. */
  #apply(trade: OpenTrade, size: number, commission: number, event: FillEvent, { price }: Booking): void {
    const units = Math.abs(size);
    const before = trade.size;
    const after = before + size;
    trade.commission += commission;
    trade.slippage += event.slippagePerUnit * units;
    trade.size = after;
    if (Math.abs(after) > Math.abs(before)) {
      trade.price = (trade.price * before + size * price) / after;
      trade.enteredUnits += units;
      trade.enteredValue += units * price;
      const { columns } = this.table;
      columns.size[trade.row] = Math.max(columns.size[trade.row]!, Math.abs(after));
      return;
    }
    trade.exitedUnits += units;
    trade.exitedValue += units * price;
    trade.profit += profitOf(trade.terms, -size, trade.price, price);
    if (after === 0) this.#close(trade, event);
  }

  #close(trade: OpenTrade, { step, orderRef }: FillEvent): void {
    const { columns } = this.table;
    const { cursor, row } = trade;
    columns.exitBar[row] = step;
    columns.exitTime[row] = cursor.bars.time[cursor.bar]!;
    columns.exitPrice[row] = trade.exitedValue / trade.exitedUnits;
    columns.exitOrder[row] = orderRef;
    this.#write(trade);
    const trades = this.#trades[cursor.feed]!;
    const last = --this.#openCounts[cursor.feed]!;
    if (trades[last] !== trade) {
      trades[trades.indexOf(trade)] = trades[last]!;
      trades[last] = trade;
    }
    if (this.isHeard) this.closed.push(row);
  }

  #write(trade: OpenTrade): void {
    const { row } = trade;
    const { columns } = this.table;
    const gross = trade.profit + trade.slippage;
    columns.entryPrice[row] = trade.enteredValue / trade.enteredUnits;
    columns.gross[row] = gross;
    columns.slippage[row] = trade.slippage;
    columns.commission[row] = trade.commission;
    if (trade.financing !== 0) columns.financing[row] = trade.financing;
    // Not by way of gross: what that rounds would turn a break-even trade into a lost one.
    columns.net[row] = trade.profit - trade.commission - trade.financing;
    columns.maxAdverse[row] = trade.worst;
    columns.maxFavourable[row] = trade.best;
    columns.barsHeld[row] = trade.cursor.bar - trade.entryBar;
  }
}

/**
 * Takes the highs and lows of the bars up to, not including, `end` into the trade's extremes. The bar of an entry at the
 * open counts; that of an entry inside it and that of the exit do not, because nobody knows what came first.
 */
function watch(trade: OpenTrade, end: number): void {
  const { cursor, terms, size, price, unseenBar } = trade;
  if (end <= unseenBar) return;
  trade.unseenBar = end;
  const { high, low } = cursor.bars;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let bar = unseenBar; bar < end; bar++) {
    if (low[bar]! < lowest) lowest = low[bar]!;
    if (high[bar]! > highest) highest = high[bar]!;
  }
  if (lowest > highest) return;
  // Profit is linear in the price: its extremes are at the price's.
  see(trade, trade.profit + profitOf(terms, size, price, lowest));
  see(trade, trade.profit + profitOf(terms, size, price, highest));
}

function see(trade: OpenTrade, profit: number): void {
  if (profit < trade.worst) trade.worst = profit;
  else if (profit > trade.best) trade.best = profit;
}
