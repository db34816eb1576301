import type { BarCursor } from '../strategy/bar-cursor.ts';
import { ColumnTable } from './column-table.ts';
import {
  ORDER_REASONS,
  ORDER_STATUSES,
  ORDER_TYPES,
  type OrderColumns,
  type OrderReason,
  type OrderStatus,
  type OrderType,
} from './result.ts';
import { RowQueue } from './row-queue.ts';

/**
 * Every order of a run and the two queues it passes through: submitted (made in this step, unseen by the broker) and
 * pending (accepted, waiting for a bar to fill on). An order is named by its row.
 */
export class OrderBook {
  readonly table = new ColumnTable({
    ref: Int32Array,
    feed: Uint16Array,
    side: Int8Array,
    type: Uint8Array,
    size: Float64Array,
    price: Float64Array,
    createdBar: Int32Array,
    createdTime: Float64Array,
    status: Uint8Array,
    reason: Uint8Array,
    closedBar: Int32Array,
    closedTime: Float64Array,
    filledSize: Float64Array,
    filledPrice: Float64Array,
    commission: Float64Array,
  });
  readonly submitted = new RowQueue();
  readonly pending = new RowQueue();
  /** Orders that reached their end since the strategy was last told. */
  readonly closed = new RowQueue();

  /** `price` is the reference price of the cash check. Returns the row. */
  create(
    type: OrderType,
    cursor: BarCursor,
    side: 1 | -1,
    size: number,
    price: number,
    step: number,
  ): number {
    const row = this.table.addRow();
    const { columns } = this.table;
    columns.ref[row] = row + 1;
    columns.feed[row] = cursor.feed;
    columns.side[row] = side;
    columns.type[row] = ORDER_TYPES.indexOf(type);
    columns.size[row] = size;
    columns.price[row] = price;
    columns.createdBar[row] = step;
    columns.createdTime[row] = cursor.bars.time[cursor.bar]!;
    columns.closedBar[row] = -1;
    columns.closedTime[row] = Number.NaN;
    columns.filledPrice[row] = Number.NaN;
    this.submitted.push(row);
    return row;
  }

  /** Adds a fill of `size` signed units to the order's totals. */
  fill(row: number, size: number, price: number, commission: number): void {
    const { columns } = this.table;
    const before = columns.filledSize[row]!;
    const filled = before + Math.abs(size);
    columns.filledPrice[row] =
      before === 0 ? price : (columns.filledPrice[row]! * before + price * Math.abs(size)) / filled;
    columns.filledSize[row] = filled;
    columns.commission[row]! += commission;
  }

  /** Ends an order, at the current bar of its instrument. The caller takes it out of its queue. */
  close(row: number, status: OrderStatus, reason: OrderReason, step: number, cursor: BarCursor): void {
    const { columns } = this.table;
    columns.status[row] = ORDER_STATUSES.indexOf(status);
    columns.reason[row] = ORDER_REASONS.indexOf(reason);
    columns.closedBar[row] = step;
    columns.closedTime[row] = cursor.bars.time[cursor.bar]!;
    this.closed.push(row);
  }

  /** All orders; those that still wait are open because the run has ended. */
  finish(): OrderColumns {
    const { columns } = this.table;
    for (const queue of [this.submitted, this.pending]) {
      for (let i = 0; i < queue.length; i++) columns.reason[queue.at(i)] = ORDER_REASONS.indexOf('run-ended');
    }
    return this.table.finish();
  }
}
