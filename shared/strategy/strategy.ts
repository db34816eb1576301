import { AppError } from '../contract/errors.ts';
import { type Data, feedOf } from './data.ts';
import type { ValuesOf } from './declare-parameters.ts';
import { type Order, orderRow } from './order.ts';
import type { ParameterDeclarations } from './parameters.ts';
import type { PositionView } from './position-view.ts';
import { sealClass } from './seal-class.ts';
import type { Session } from './session.ts';
import type { Trade } from './trade.ts';

export interface OrderRequest {
  /** Units (shares, lots, coins), above zero; fractions are allowed. */
  readonly size: number;
  /** The instrument; the first of the run where absent. */
  readonly data?: Data;
}

let attach: (strategy: Strategy, session: Session) => void;

/**
 * A trading strategy. Declare parameters in `static params`, indicators in `init()`, decide in `next()`: it runs once per
 * bar, after the bar has closed and as soon as every indicator has a value. Orders are market orders, filled at the open
 * of the instrument's next bar.
 */
export abstract class Strategy<Declarations extends ParameterDeclarations = ParameterDeclarations> {
  #session: Session | null = null;

  static {
    attach = (strategy, session) => {
      strategy.#session = session;
    };
  }

  /** Called once before the first bar: the place for indicators. */
  init(): void {}
  /** Called on every bar. */
  abstract next(): void;
  /** Called before `next()` for every order that was filled, rejected or cancelled. */
  onOrder?(order: Order): void;
  /** Called before `next()`, after `onOrder`, for every trade that was closed. */
  onTrade?(trade: Trade): void;

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
  /** The position in the first instrument. */
  get position(): PositionView {
    return this.#run.positions[0]!;
  }
  positionOf(data: Data): PositionView {
    return this.#run.positions[this.#feed(data)]!;
  }
  /** Uninvested money; short sales add to it. */
  get cash(): number {
    return this.#run.cash;
  }
  /** Cash plus all positions at this bar's closes. */
  get equity(): number {
    return this.#run.equity;
  }

  buy({ size, data }: OrderRequest): Order {
    return this.#submit(data, 1, size);
  }
  sell({ size, data }: OrderRequest): Order {
    return this.#submit(data, -1, size);
  }
  /** Leaves the whole position; null when there is none. Orders still waiting are not counted. */
  close(data?: Data): Order | null {
    return this.orderTargetSize(0, data);
  }
  /** Buys or sells the difference to a position of `target` units (negative: short); null when already there. */
  orderTargetSize(target: number, data?: Data): Order | null {
    if (!Number.isFinite(target)) throw invalidSize(target, 'A target size is a finite number of units');
    const difference = target - this.#run.positions[this.#feed(data)]!.size;
    if (difference === 0) return null;
    return this.#submit(data, difference > 0 ? 1 : -1, Math.abs(difference));
  }
  /** Withdraws an order that is waiting for a bar to fill on; without effect on one made in this `next()` or done. */
  cancel(order: Order): void {
    this.#run.cancel(orderRow(order));
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
  #feed(data: Data | undefined): number {
    const feed = data === undefined ? 0 : feedOf(data);
    if (data === undefined || this.#run.datas[feed] === data) return feed;
    throw new AppError('strategy-error', `${data.ticker} belongs to another run`, {
      hint: 'Pass one of this.datas.',
    });
  }
  #submit(data: Data | undefined, side: 1 | -1, size: number): Order {
    if (!Number.isFinite(size) || size <= 0) throw invalidSize(size, 'An order needs a size above zero');
    return this.#run.submit(this.#feed(data), side, size);
  }
}
sealClass(Strategy, { hideConstructor: false });

export { attach };

function invalidSize(size: unknown, rule: string): AppError {
  return new AppError('strategy-error', `${rule}, not ${String(size)}`, {
    field: 'size',
    hint: 'Check what the size was computed from: an indicator that is still warming up is NaN.',
  });
}
