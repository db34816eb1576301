import type { BarCursor } from '../../strategy/bar-cursor.ts';
import type { Booking } from '../account/account.ts';
import { ColumnTable } from './column-table.ts';

/** Where and how an order met its price; one object is reused for all fills. */
export class FillEvent {
  orderRef = 0;
  step = 0;
  /** Of the bar, or where the order's type stamps it differently, that time. */
  time = 0;
  tag = 0;
  side = 1;
  /** Money lost per unit to slippage. */
  slippagePerUnit = 0;
  isAtOpen = false;
}

const FILL_LAYOUT = {
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
  financing: Float64Array,
  positionSize: Float64Array,
  positionPrice: Float64Array,
} as const;
export const newFillTable = () => new ColumnTable(FILL_LAYOUT);

/** The fills of a run. */
export class FillLog {
  readonly table: ReturnType<typeof newFillTable>;

  constructor(table: ReturnType<typeof newFillTable>) {
    this.table = table;
  }

  record(
    event: FillEvent,
    booking: Booking,
    cursor: BarCursor,
    position: { readonly size: number; readonly price: number },
  ): void {
    const row = this.table.addRow();
    const { columns } = this.table;
    const size = booking.closed + booking.opened;
    columns.order[row] = event.orderRef;
    columns.feed[row] = cursor.feed;
    columns.bar[row] = event.step;
    columns.time[row] = event.time;
    columns.size[row] = size;
    columns.price[row] = booking.price;
    columns.slippage[row] = event.slippagePerUnit * Math.abs(size);
    columns.commission[row] = booking.closedCommission + booking.openedCommission;
    columns.closed[row] = booking.closed;
    columns.opened[row] = booking.opened;
    columns.profit[row] = booking.profit;
    if (booking.financing !== 0) columns.financing[row] = booking.financing;
    columns.positionSize[row] = position.size;
    columns.positionPrice[row] = position.price;
  }
}
