import type { Data } from './data.ts';
import type { Order } from './order.ts';
import type { Bracket, BracketRequest, OrderRequest } from './order-request.ts';
import type { ParameterValues } from './parameters.ts';
import type { PositionView } from './position-view.ts';
import type { ResampleRequest } from './resample-request.ts';
import type { Timer, TimerRequest } from './timer.ts';

/** What the engine gives a strategy for the length of one run. Feeds are positions in `datas`. */
export interface Session {
  readonly params: ParameterValues;
  readonly datas: readonly Data[];
  readonly positions: readonly PositionView[];
  /** Current step of the run, from 0; -1 inside `init()`. */
  readonly step: number;
  /** Time of the step, epoch milliseconds UTC. */
  readonly now: number;
  readonly cash: number;
  readonly equity: number;
  /** Position in `datas` of an instrument or of bars resampled from it. Throws for those of another run. */
  feedOf(data: Data | undefined): number;
  /** Null where the sizer finds nothing to buy or sell. */
  submit(side: 1 | -1, request: OrderRequest): Order | null;
  bracket(side: 1 | -1, request: BracketRequest): Bracket | null;
  /** Market orders to a target in units, in money, or as a fraction of equity; null when already there. */
  targetSize(feed: number, units: number, request: OrderRequest): Order | null;
  targetValue(feed: number, money: number, request: OrderRequest): Order | null;
  cancel(order: Order): void;
  replace(order: Order, changes: OrderRequest): Order | null;
  resample(data: Data, request: ResampleRequest): Data;
  timer(request: TimerRequest): Timer;
  random(): number;
}
