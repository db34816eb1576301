import { AppError } from '../contract/errors.ts';
import type { BarCursor } from '../strategy/bar-cursor.ts';
import { Data } from '../strategy/data.ts';
import { Order } from '../strategy/order.ts';
import type { ParameterValues } from '../strategy/parameters.ts';
import { PositionView } from '../strategy/position-view.ts';
import type { Session } from '../strategy/session.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { Trade } from '../strategy/trade.ts';
import type { Broker } from './broker.ts';
import { seededRandom } from './random.ts';

/** Stands between one strategy and the broker: passes orders on and brings news back. */
export class StrategySession implements Session {
  readonly params: ParameterValues;
  readonly datas: readonly Data[];
  readonly positions: readonly PositionView[];
  readonly random: () => number;
  step = -1;
  readonly #broker: Broker;
  /** The objects that the strategy was given for its orders, by row, until they are done. */
  readonly #working: (Order | null)[] = [];

  constructor(cursors: readonly BarCursor[], broker: Broker, params: ParameterValues, seed: number) {
    this.#broker = broker;
    this.params = Object.freeze({ ...params });
    this.datas = Object.freeze(cursors.map((cursor) => new Data(cursor)));
    this.positions = Object.freeze(broker.positions.map((position) => new PositionView(position)));
    this.random = seededRandom(seed);
  }

  get cash(): number {
    return this.#broker.cash;
  }
  get equity(): number {
    return this.#broker.equity;
  }

  submit(feed: number, side: 1 | -1, size: number): Order {
    if (this.step < 0) {
      throw new AppError('strategy-error', 'An order was made in init(), before the first bar', {
        hint: 'Declare indicators in init() and make orders in next().',
      });
    }
    const row = this.#broker.submit(feed, side, size, this.step);
    const order = new Order(this.#broker.book.table, row, this.datas[feed]!);
    this.#working[row] = order;
    return order;
  }

  cancel(orderRow: number): void {
    this.#broker.cancel(orderRow, this.step);
  }

  /** Whether anything ended since the strategy was last told. */
  get hasNews(): boolean {
    return this.#broker.book.closed.length > 0 || this.#broker.trades.closed.length > 0;
  }

  /** Tells the strategy of orders and trades that came to an end: first all orders, then all trades. */
  deliver(strategy: Strategy): void {
    const { book, trades } = this.#broker;
    // What ends while the strategy is being told (it may cancel an order) is news of the next step.
    const orderCount = book.closed.length;
    for (let i = 0; i < orderCount; i++) {
      const row = book.closed.at(i);
      strategy.onOrder?.(this.#working[row]!);
      this.#working[row] = null;
    }
    book.closed.drop(orderCount);
    const tradeCount = trades.closed.length;
    for (let i = 0; i < tradeCount; i++) {
      const row = trades.closed.at(i);
      strategy.onTrade?.(new Trade(trades.table, row, this.datas[trades.table.columns.feed[row]!]!));
    }
    trades.closed.drop(tradeCount);
  }
}
