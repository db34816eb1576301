import {
  ORDER_REASONS,
  ORDER_STATUSES,
  ORDER_TYPES,
  type OrderColumns,
  type OrderReason,
  type OrderStatus,
  type OrderType,
} from '../backtest/result.ts';
import type { Data } from './data.ts';
import { sealClass } from './seal-class.ts';

/** Where the engine keeps orders; the columns are replaced as they grow. */
export interface OrderSource {
  readonly columns: Omit<OrderColumns, 'length'>;
}

let orderRow: (order: Order) => number;

/** An order that the strategy made, as it stands now. The same object comes back in `onOrder`. */
export class Order {
  readonly #data: Data;
  readonly #source: OrderSource;
  readonly #row: number;

  static {
    orderRow = (order) => (typeof order === 'object' && order !== null && #row in order ? order.#row : -1);
  }

  constructor(source: OrderSource, row: number, data: Data) {
    this.#source = source;
    this.#row = row;
    this.#data = data;
  }

  get data(): Data {
    return this.#data;
  }
  /** 1, 2, 3, … in order of creation. */
  get ref(): number {
    return this.#source.columns.ref[this.#row]!;
  }
  get side(): 'buy' | 'sell' {
    return this.#source.columns.side[this.#row]! > 0 ? 'buy' : 'sell';
  }
  /** Requested units, positive. */
  get size(): number {
    return this.#source.columns.size[this.#row]!;
  }
  get type(): OrderType {
    return ORDER_TYPES[this.#source.columns.type[this.#row]!]!;
  }
  /** Its limit or stop when it was made; for market orders the close of the bar on which it was made. */
  get price(): number {
    return this.#source.columns.price[this.#row]!;
  }
  /** Stop as it stands now, NaN without one; trailing stops move it. */
  get stop(): number {
    return this.#source.columns.stop[this.#row]!;
  }
  /** Limit as it stands now, NaN without one. */
  get limit(): number {
    return this.#source.columns.limit[this.#row]!;
  }
  /** Whether it may still fill. */
  get isOpen(): boolean {
    return this.#source.columns.status[this.#row] === 0;
  }
  get status(): OrderStatus {
    return ORDER_STATUSES[this.#source.columns.status[this.#row]!]!;
  }
  /** Why it did not complete; `none` otherwise. */
  get reason(): OrderReason {
    return ORDER_REASONS[this.#source.columns.reason[this.#row]!]!;
  }
  /** Units bought or sold so far, positive. */
  get filledSize(): number {
    return this.#source.columns.filledSize[this.#row]!;
  }
  /** Average price of what was filled, slippage included; NaN while nothing is. */
  get filledPrice(): number {
    return this.#source.columns.filledPrice[this.#row]!;
  }
  get commission(): number {
    return this.#source.columns.commission[this.#row]!;
  }
}
sealClass(Order, { hideConstructor: true });

export { orderRow };
