import type { OrderEvent } from '../backtest/orders/order-event.ts';
import { AppError } from '../contract/errors.ts';
import type { Data } from './data.ts';
import type { ValuesOf } from './declare-parameters.ts';
import type { Order } from './order.ts';
import type { Bracket, BracketRequest, OrderRequest } from './order-request.ts';
import type { ParameterDeclarations } from './parameters.ts';
import type { PositionView } from './position-view.ts';
import type { ResampleRequest } from './resample-request.ts';
import { sealClass } from './seal-class.ts';
import type { Session } from './session.ts';
import type { Timer, TimerRequest } from './timer.ts';
import type { Trade } from './trade.ts';

let attach: (strategy: Strategy, session: Session) => void;

/** What an order to a target may ask for beside the target. */
export type TargetRequest = Omit<OrderRequest, 'size' | 'stopLoss'>;

/**
 * A trading strategy. Declare parameters in `static params`, indicators in `init()`, decide in `next()`: it runs once per
 * bar, after the bar has closed and as soon as every indicator has a value. What it orders can fill from the
 * instrument's next bar on (see docs/order-matching.md).
 */
export abstract class Strategy<Declarations extends ParameterDeclarations = ParameterDeclarations> {
  #session: Session | null = null;

  static {
    attach = (strategy, session) => {
      strategy.#session = session;
    };
  }

  /** Called once before the first bar: the place for indicators, resampled bars and timers. */
  init(): void {}
  /** Called on every bar. */
  abstract next(): void;
  /** Called, in runs with the setting cheat-on-open only, when a bar begins: its open is `data.newOpen`. */
  nextOpen?(): void;
  /** Called before `next()` for everything that happened to an order: filled, in part or whole, rejected, ended. */
  onOrder?(order: Order, event: OrderEvent): void;
  /** Called before `next()`, after `onOrder`, for every trade that was closed. */
  onTrade?(trade: Trade): void;
  /** Called before `next()` on the bars on which a timer of `this.timer()` is due. */
  onTimer?(timer: Timer): void;
  /** Called before `next()` on the bar with which an instrument's session ends, or the first one after it. */
  onSessionEnd?(data: Data): void;
  /** Called once after the last bar; orders made here never fill. */
  onEnd?(): void;

  /** The values of the declared parameters. */
  get params(): ValuesOf<Declarations> {
    return this.#run.params as ValuesOf<Declarations>;
  }
  /** The first, often the only, instrument. */
  get data(): Data {
    return this.#run.datas[0]!;
  }
  /** All instruments, in the order of the run's setup. */
  get datas(): readonly Data[] {
    return this.#run.datas;
  }
  /** Number of the current bar, from 0, counted on the common clock of all instruments; -1 inside `init()`. */
  get bar(): number {
    return this.#run.step;
  }
  /** Time of the current bar on the common clock, epoch milliseconds UTC; NaN inside `init()`. */
  get now(): number {
    return this.#run.now;
  }
  /** The position in the first instrument. */
  get position(): PositionView {
    return this.#run.positions[0]!;
  }
  positionOf(data: Data): PositionView {
    return this.#run.positions[this.#run.feedOf(data)]!;
  }
  /** Uninvested money; short sales add to it. */
  get cash(): number {
    return this.#run.cash;
  }
  /** Cash plus all positions at this bar's closes. */
  get equity(): number {
    return this.#run.equity;
  }

  /** Orders a purchase; null where the run's sizer finds nothing to buy. */
  buy(request: OrderRequest & { readonly size: number }): Order;
  buy(request?: OrderRequest): Order | null;
  buy(request: OrderRequest = {}): Order | null {
    return this.#run.submit(1, request);
  }
  /** Orders a sale; null where the run's sizer finds nothing to sell. */
  sell(request: OrderRequest & { readonly size: number }): Order;
  sell(request?: OrderRequest): Order | null;
  sell(request: OrderRequest = {}): Order | null {
    return this.#run.submit(-1, request);
  }
  /** A purchase whose position is left at `stopLoss` or `takeProfit`, whichever comes first. */
  buyBracket(request: BracketRequest): Bracket | null {
    return this.#run.bracket(1, request);
  }
  /** A short sale whose position is left at `stopLoss` or `takeProfit`, whichever comes first. */
  sellBracket(request: BracketRequest): Bracket | null {
    return this.#run.bracket(-1, request);
  }
  /** Leaves the whole position; null when there is none. Orders still waiting are not counted. */
  close(data?: Data, request: TargetRequest = {}): Order | null {
    return this.#run.targetSize(this.#run.feedOf(data), 0, request);
  }
  /** Buys or sells the difference to a position of `target` units (negative: short); null when already there. */
  orderTargetSize(target: number, data?: Data, request: TargetRequest = {}): Order | null {
    return this.#run.targetSize(this.#run.feedOf(data), target, request);
  }
  /** The same for a position worth `target` at this bar's close, in whole units towards it (negative: short). */
  orderTargetValue(target: number, data?: Data, request: TargetRequest = {}): Order | null {
    return this.#run.targetValue(this.#run.feedOf(data), target, request);
  }
  /** The same for a position worth `fraction` of equity: 0.5 is half of it. */
  orderTargetPercent(fraction: number, data?: Data, request: TargetRequest = {}): Order | null {
    return this.#run.targetValue(this.#run.feedOf(data), fraction * this.#run.equity, request);
  }
  /**
   * Withdraws an order that is waiting for a bar to fill on, with its group and bracket; without effect on one made in
   * this `next()` or done.
   */
  cancel(order: Order): void {
    this.#run.cancel(order);
  }
  /**
   * Puts an order with other size, prices or validity in the place of one that is waiting; it keeps its side, type and
   * links, and joins the queue at its end. Null where that order is not waiting any more.
   */
  replace(
    order: Order,
    changes: Pick<OrderRequest, 'size' | 'limit' | 'stop' | 'trailAmount' | 'trailPercent' | 'valid'>,
  ): Order | null {
    return this.#run.replace(order, changes);
  }

  /** Longer bars made of an instrument's, each visible only when it is over; in `init()` only. */
  resample(data: Data, every: ResampleRequest['every'], rule?: ResampleRequest['rule']): Data {
    return this.#run.resample(data, rule === undefined ? { every } : { every, rule });
  }
  /** A time of day on which `onTimer` is called; in `init()` only. */
  timer(request: TimerRequest): Timer {
    return this.#run.timer(request);
  }
  /** A random number from 0 up to, not including, 1: sfc32 seeded by the run's seed (see backtest/random.ts). */
  random(): number {
    return this.#run.random();
  }

  get #run(): Session {
    if (this.#session !== null) return this.#session;
    throw new AppError('strategy-error', 'The run was used before it began', {
      hint: 'Move what needs data or parameters from the constructor and field initialisers into init().',
    });
  }
}
sealClass(Strategy, { hideConstructor: false });

export { attach };
