import { newOrderTable } from '../orders/order-book.ts';
import { newFillTable } from './fill-log.ts';
import { newTradeTable } from './trade-recorder.ts';

/** What is written at every step. */
export interface StepColumns {
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  readonly exposure: Float64Array;
}

export const newEquityColumns = (steps: number): StepColumns => ({
  equity: new Float64Array(steps),
  cash: new Float64Array(steps),
  exposure: new Float64Array(steps),
});

/** The columns that a run writes, kept for the next one: one per thread, used by one run at a time. */
export class RunMemory {
  readonly orders = newOrderTable();
  readonly fills = newFillTable();
  readonly trades = newTradeTable();
  #equity = newEquityColumns(0);

  clear(): void {
    this.orders.clear();
    this.fills.clear();
    this.trades.clear();
  }

  equity(steps: number): StepColumns {
    if (this.#equity.equity.length < steps) this.#equity = newEquityColumns(steps);
    return firstSteps(this.#equity, steps);
  }
}

export const firstSteps = ({ equity, cash, exposure }: StepColumns, steps: number): StepColumns => ({
  equity: equity.subarray(0, steps),
  cash: cash.subarray(0, steps),
  exposure: exposure.subarray(0, steps),
});
