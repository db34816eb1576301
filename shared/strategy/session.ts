import type { Data } from './data.ts';
import type { Order } from './order.ts';
import type { ParameterValues } from './parameters.ts';
import type { PositionView } from './position-view.ts';

/** What the engine gives a strategy for the length of one run. Feeds are positions in `datas`. */
export interface Session {
  readonly params: ParameterValues;
  readonly datas: readonly Data[];
  readonly positions: readonly PositionView[];
  /** Current step of the run, from 0; -1 inside `init()`. */
  readonly step: number;
  readonly cash: number;
  readonly equity: number;
  /** A market order; `size` is already known to be positive and finite. */
  submit(feed: number, side: 1 | -1, size: number): Order;
  cancel(orderRow: number): void;
  random(): number;
}
