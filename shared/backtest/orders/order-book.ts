import type { BarCursor } from '../../strategy/bar-cursor.ts';
import { type AllocateColumn, ColumnTable } from '../records/column-table.ts';
import { type OrderColumns, REASON, TYPE } from '../result.ts';
import type { OrderDraft } from './order-draft.ts';
import { EVENT_OF_STATUS } from './order-event.ts';
import { RowQueue } from './row-queue.ts';

/** Where an order stands on its way; its outcome is its status. */
export const HELD = 0; // part of a bracket whose last member has not been sent
export const SUBMITTED = 1; // made in this step, unseen by the broker
export const PENDING = 2; // accepted, waiting for a bar to fill on
export const ENDED = 3;

const EXPORTED = {
  ref: Int32Array,
  feed: Uint16Array,
  side: Int8Array,
  type: Uint8Array,
  size: Float64Array,
  price: Float64Array,
  stop: [Float64Array, Number.NaN],
  limit: [Float64Array, Number.NaN],
  validUntil: [Float64Array, Number.NaN],
  parent: Int32Array,
  group: Int32Array,
  createdBar: Int32Array,
  createdTime: Float64Array,
  status: Uint8Array,
  reason: Uint8Array,
  closedBar: [Int32Array, -1],
  closedTime: [Float64Array, Number.NaN],
  filledSize: Float64Array,
  filledPrice: [Float64Array, Number.NaN],
  commission: Float64Array,
} as const;
/** What the broker needs to know of an order beside what is exported. */
const WORKING = {
  state: Uint8Array,
  /** 1 for a child whose parent has not filled. */
  isAsleep: Uint8Array,
  isTriggered: Uint8Array,
  /** Number from 1 of the step whose fill of the parent woke it, where that was not at the step's beginning; else 0. */
  wokenInStep: Int32Array,
  /** Of the last fill: whether it was at the bar's open, and its price before slippage. */
  filledAtOpen: Uint8Array,
  filledUnslipped: Float64Array,
  fillWhole: Uint8Array,
  fillAtOnce: Uint8Array,
  tag: Int32Array,
  trailAmount: Float64Array,
  trailFraction: Float64Array,
  limitOffset: Float64Array,
  /** For market-on-close orders: the last close before their session was over. */
  notedClose: [Float64Array, Number.NaN],
  sessionEnd: Float64Array,
  /** `group` names the first order of a group; number of the group that it joined, and with the first the present one. */
  groupNumber: Int32Array,
  groupNow: Int32Array,
  /** With a parent: an order of its bracket has ended, so that the others cannot be accepted any more. */
  isBroken: Uint8Array,
  /** `ref` of the first child, and of the next child of the same parent; 0 for none. */
  firstChild: Int32Array,
  nextSibling: Int32Array,
} as const;

export const newOrderTable = () => new ColumnTable({ ...EXPORTED, ...WORKING });

/** Every order of a run and the queues it passes through. An order is named by its row. */
export class OrderBook {
  readonly table: ReturnType<typeof newOrderTable>;
  readonly submitted = new RowQueue();
  readonly pending = new RowQueue();
  /** What happened to orders since the strategy was last told: rows, and beside them indices into ORDER_EVENTS. */
  readonly news = new RowQueue();
  readonly newsEvents = new RowQueue();
  /** Whether the strategy wants to be told. */
  isHeard = true;

  constructor(table: ReturnType<typeof newOrderTable>) {
    this.table = table;
  }

  /** A new order, in state HELD. Returns the row. */
  create(draft: OrderDraft, step: number): number {
    const row = this.table.addRow();
    const { columns } = this.table;
    columns.ref[row] = row + 1;
    columns.feed[row] = draft.feed;
    columns.side[row] = draft.side;
    columns.size[row] = draft.size;
    columns.price[row] = draft.price;
    columns.createdBar[row] = step;
    columns.createdTime[row] = draft.createdTime;
    if (!Number.isNaN(draft.validUntil)) columns.validUntil[row] = draft.validUntil;
    if (draft.fillAtOnce) columns.fillAtOnce[row] = 1;
    if (draft.fillWhole) columns.fillWhole[row] = 1;
    if (draft.tag !== 0) columns.tag[row] = draft.tag;
    if (draft.parent >= 0) {
      columns.parent[row] = draft.parent + 1;
      columns.isAsleep[row] = 1;
    }
    if (draft.type === 'market') return row;
    columns.type[row] = TYPE[draft.type];
    columns.stop[row] = draft.stop;
    columns.limit[row] = draft.limit;
    columns.trailAmount[row] = draft.trailAmount;
    columns.trailFraction[row] = draft.trailFraction;
    columns.limitOffset[row] = draft.limitOffset;
    columns.sessionEnd[row] = draft.sessionEnd;
    return row;
  }

  submit(row: number): void {
    this.table.columns.state[row] = SUBMITTED;
    this.submitted.push(row);
  }

  accept(row: number): void {
    this.table.columns.state[row] = PENDING;
    this.pending.push(row);
  }

  /** Adds a fill of `size` signed units to the order's totals. */
  fill(row: number, size: number, price: number, commission: number): void {
    const { columns } = this.table;
    const before = columns.filledSize[row]!;
    const filled = before + Math.abs(size);
    columns.filledPrice[row] =
      before === 0 ? price : (columns.filledPrice[row]! * before + price * Math.abs(size)) / filled;
    columns.filledSize[row] = filled;
    if (commission !== 0) columns.commission[row]! += commission;
  }

  /**
   * Ends an order, at the current bar of its instrument, by the codes STATUS and REASON. Whatever queue it is in passes
   * over it from now on.
   */
  end(row: number, status: number, reason: number, step: number, cursor: BarCursor): void {
    const { columns } = this.table;
    columns.state[row] = ENDED;
    columns.status[row] = status;
    if (reason !== REASON.none) columns.reason[row] = reason;
    columns.closedBar[row] = step;
    columns.closedTime[row] = cursor.bars.time[cursor.bar]!;
    this.tell(row, EVENT_OF_STATUS[status]!);
  }

  /** Takes down what happened to an order, by the code EVENT. */
  tell(row: number, event: number): void {
    if (!this.isHeard) return;
    this.news.push(row);
    this.newsEvents.push(event);
  }

  /** All orders; those that still wait are open because the run has ended. */
  finish(allocate: AllocateColumn | 'views'): OrderColumns {
    const { columns, length } = this.table;
    for (let row = 0; row < length; row++) {
      if (columns.state[row] !== ENDED) columns.reason[row] = REASON['run-ended'];
    }
    return this.table.finish(allocate, Object.keys(EXPORTED) as (keyof typeof EXPORTED)[]);
  }
}
