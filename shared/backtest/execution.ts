import type { BarCursor } from '../strategy/bar-cursor.ts';
import { ColumnTable } from './column-table.ts';

/** One fill as the broker booked it; made once per fill, never per bar. Sizes are signed, money is the account's. */
export interface Execution {
  readonly orderRef: number;
  readonly step: number;
  readonly cursor: BarCursor;
  /** Price paid, and what of it is slippage: money lost per unit. */
  readonly price: number;
  readonly slippagePerUnit: number;
  /** The part that closed a position and the part that opened one, each with its commission. */
  readonly closed: number;
  readonly opened: number;
  readonly closedCommission: number;
  readonly openedCommission: number;
  /** Profit realised by the closed part at the price paid, before commission. */
  readonly profit: number;
  /** The position before the fill. */
  readonly heldSize: number;
  readonly heldPrice: number;
}

/** The fills of a run. */
export class FillLog {
  readonly table = new ColumnTable({
    order: Int32Array,
    feed: Uint16Array,
    bar: Int32Array,
    time: Float64Array,
    size: Float64Array,
    price: Float64Array,
    slippage: Float64Array,
    commission: Float64Array,
    closed: Float64Array,
    opened: Float64Array,
    profit: Float64Array,
    positionSize: Float64Array,
    positionPrice: Float64Array,
  });

  record(execution: Execution, position: { readonly size: number; readonly price: number }): void {
    const row = this.table.addRow();
    const { columns } = this.table;
    const { cursor } = execution;
    const size = execution.closed + execution.opened;
    columns.order[row] = execution.orderRef;
    columns.feed[row] = cursor.feed;
    columns.bar[row] = execution.step;
    columns.time[row] = cursor.bars.time[cursor.bar]!;
    columns.size[row] = size;
    columns.price[row] = execution.price;
    columns.slippage[row] = execution.slippagePerUnit * Math.abs(size);
    columns.commission[row] = execution.closedCommission + execution.openedCommission;
    columns.closed[row] = execution.closed;
    columns.opened[row] = execution.opened;
    columns.profit[row] = execution.profit;
    columns.positionSize[row] = position.size;
    columns.positionPrice[row] = position.price;
  }
}
