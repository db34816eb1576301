import type { BarCursor } from '../strategy/bar-cursor.ts';
import { ColumnTable } from './column-table.ts';
import type { Execution } from './execution.ts';
import { markPrice } from './mark-price.ts';
import type { TradeColumns } from './result.ts';
import { RowQueue } from './row-queue.ts';

/** A trade that is still open, one at most per instrument. */
class OpenTrade {
  readonly row: number;
  /** Units and money of all entry fills, and of all exit fills so far. */
  enteredUnits = 0;
  enteredValue = 0;
  exitedUnits = 0;
  exitedValue = 0;
  /** Realised so far at the prices paid. */
  profit = 0;
  slippage = 0;
  commission = 0;
  worst = 0;
  best = 0;
  readonly cursor: BarCursor;
  readonly entryBar: number;
  /** First bar of the instrument whose high and low are not yet in `worst` and `best`. */
  unseenBar: number;

  constructor(row: number, cursor: BarCursor) {
    this.row = row;
    this.cursor = cursor;
    this.entryBar = cursor.bar;
    this.unseenBar = cursor.bar;
  }
}

/** Builds trades from executions: a position from flat to flat is one trade, a reversal ends one and begins another. */
export class TradeRecorder {
  readonly table = new ColumnTable({
    ref: Int32Array,
    feed: Uint16Array,
    side: Int8Array,
    size: Float64Array,
    entryBar: Int32Array,
    entryTime: Float64Array,
    entryPrice: Float64Array,
    exitBar: Int32Array,
    exitTime: Float64Array,
    exitPrice: Float64Array,
    gross: Float64Array,
    slippage: Float64Array,
    commission: Float64Array,
    net: Float64Array,
    maxAdverse: Float64Array,
    maxFavourable: Float64Array,
    barsHeld: Int32Array,
    isOpen: Uint8Array,
    entryOrder: Int32Array,
    exitOrder: Int32Array,
  });
  /** Trades that were closed since the strategy was last told. */
  readonly closed = new RowQueue();
  /** By feed. */
  readonly #open: (OpenTrade | null)[] = [];

  record(execution: Execution): void {
    const { cursor, closed, opened, price, heldSize, heldPrice } = execution;
    const trade = this.#open[cursor.feed] ?? null;
    if (trade !== null) {
      watch(trade, heldSize, heldPrice, cursor.bar);
      see(trade, trade.profit + heldSize * (price - heldPrice));
    }
    if (closed !== 0) this.#reduce(trade!, execution);
    if (opened !== 0) {
      this.#increase(heldSize + closed === 0 ? this.#begin(execution) : trade!, execution);
    }
  }

  /** Marks what is still held to the last close, and hands over all trades. */
  finish(positions: readonly { readonly size: number; readonly price: number }[]): TradeColumns {
    for (const [feed, trade] of this.#open.entries()) {
      if (trade == null) continue;
      const { cursor } = trade;
      const { size, price } = positions[feed]!;
      watch(trade, size, price, cursor.bar + 1);
      trade.profit += size * (markPrice(cursor, price) - price);
      this.#write(trade);
      this.table.columns.isOpen[trade.row] = 1;
    }
    return this.table.finish();
  }

  #begin({ cursor, step, opened, orderRef }: Execution): OpenTrade {
    const row = this.table.addRow();
    const { columns } = this.table;
    columns.ref[row] = row + 1;
    columns.feed[row] = cursor.feed;
    columns.side[row] = Math.sign(opened);
    columns.entryBar[row] = step;
    columns.entryTime[row] = cursor.bars.time[cursor.bar]!;
    columns.exitBar[row] = -1;
    columns.exitTime[row] = Number.NaN;
    columns.exitPrice[row] = Number.NaN;
    columns.entryOrder[row] = orderRef;
    const trade = new OpenTrade(row, cursor);
    this.#open[cursor.feed] = trade;
    return trade;
  }

  #increase(
    trade: OpenTrade,
    { opened, price, slippagePerUnit, openedCommission, heldSize, closed }: Execution,
  ) {
    const units = Math.abs(opened);
    trade.enteredUnits += units;
    trade.enteredValue += units * price;
    trade.slippage += slippagePerUnit * units;
    trade.commission += openedCommission;
    const { columns } = this.table;
    columns.size[trade.row] = Math.max(columns.size[trade.row]!, Math.abs(heldSize + closed + opened));
  }

  #reduce(trade: OpenTrade, execution: Execution): void {
    const { cursor, step, closed, price, slippagePerUnit, closedCommission, profit, heldSize, orderRef } =
      execution;
    const units = Math.abs(closed);
    trade.exitedUnits += units;
    trade.exitedValue += units * price;
    trade.profit += profit;
    trade.slippage += slippagePerUnit * units;
    trade.commission += closedCommission;
    if (heldSize + closed !== 0) return;
    const { columns } = this.table;
    columns.exitBar[trade.row] = step;
    columns.exitTime[trade.row] = cursor.bars.time[cursor.bar]!;
    columns.exitPrice[trade.row] = trade.exitedValue / trade.exitedUnits;
    columns.exitOrder[trade.row] = orderRef;
    this.#write(trade);
    this.#open[cursor.feed] = null;
    this.closed.push(trade.row);
  }

  #write(trade: OpenTrade): void {
    const { row } = trade;
    const { columns } = this.table;
    const gross = trade.profit + trade.slippage;
    columns.entryPrice[row] = trade.enteredValue / trade.enteredUnits;
    columns.gross[row] = gross;
    columns.slippage[row] = trade.slippage;
    columns.commission[row] = trade.commission;
    columns.net[row] = gross - trade.slippage - trade.commission;
    columns.maxAdverse[row] = trade.worst;
    columns.maxFavourable[row] = trade.best;
    columns.barsHeld[row] = trade.cursor.bar - trade.entryBar;
  }
}

/**
 * Takes the highs and lows of the bars up to, not including, `end` into the trade's extremes. Fills happen at the open,
 * so the bar of an entry counts and the bar of an exit does not.
 */
function watch(trade: OpenTrade, size: number, price: number, end: number): void {
  const { bars } = trade.cursor;
  for (let bar = trade.unseenBar; bar < end; bar++) {
    see(trade, trade.profit + size * (bars.low[bar]! - price));
    see(trade, trade.profit + size * (bars.high[bar]! - price));
  }
  trade.unseenBar = end;
}

function see(trade: OpenTrade, profit: number): void {
  if (profit < trade.worst) trade.worst = profit;
  else if (profit > trade.best) trade.best = profit;
}
