import { AppError } from '../contract/errors.ts';
import { intervalMilliseconds } from '../market/bar-interval.ts';
import type { LongerBars } from '../market/longer-bars.ts';
import { resample } from '../market/resample.ts';
import { resampleLikeBacktrader } from '../market/resample-backtrader.ts';
import { parseResampleRule, type ResampleRule, requireFitting } from '../market/resample-rule.ts';
import type { BarCursor } from '../strategy/bar-cursor.ts';
import { cursorOf, Data } from '../strategy/data.ts';
import { LongerCursor } from '../strategy/longer-cursor.ts';
import { Order, orderRow } from '../strategy/order.ts';
import {
  type Bracket,
  type BracketRequest,
  draftRequest,
  type OrderRequest,
  type Validity,
} from '../strategy/order-request.ts';
import type { ParameterValues } from '../strategy/parameters.ts';
import { PositionView } from '../strategy/position-view.ts';
import type { ResampleRequest } from '../strategy/resample-request.ts';
import type { Session } from '../strategy/session.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { isDue, Timer, type TimerRequest } from '../strategy/timer.ts';
import { Trade } from '../strategy/trade.ts';
import { wholeUnits } from './account/instrument-value.ts';
import { markPrice } from './account/mark-price.ts';
import type { Broker } from './broker.ts';
import type { Feed } from './feed.ts';
import { OrderDraft } from './orders/order-draft.ts';
import { ORDER_EVENTS } from './orders/order-event.ts';
import { requestOf } from './orders/request-of.ts';
import { seededRandom } from './random.ts';
import { REASON } from './result.ts';
import { sessionEndAfter, WHOLE_DAY } from './session-times.ts';
import type { Sizer } from './settings.ts';
import { sizeBySizer } from './sizing.ts';

const MINUTE = 60_000;

export interface SessionInput {
  readonly feeds: readonly Feed[];
  readonly cursors: readonly BarCursor[];
  readonly broker: Broker;
  readonly sizer: Sizer;
  readonly params: ParameterValues;
  readonly seed: number;
}

/** Stands between one strategy and the broker: passes orders on and brings news back. */
export class StrategySession implements Session {
  readonly params: ParameterValues;
  readonly datas: readonly Data[];
  readonly positions: readonly PositionView[];
  readonly random: () => number;
  /** Bars that the strategy had resampled, in the order in which it asked for them. */
  readonly longer: LongerCursor[] = [];
  readonly timers: Timer[] = [];
  step = -1;
  /** Time of each step; the engine sets it when the clock is made. */
  times: Float64Array = new Float64Array(0);
  readonly #feeds: readonly Feed[];
  readonly #cursors: readonly BarCursor[];
  readonly #broker: Broker;
  readonly #sizer: Sizer;
  readonly #draft = new OrderDraft();
  /** By feed: its last known close, for orders that start from it. */
  readonly #closes: readonly (() => number)[];
  /** Whether the strategy wants to be told of its orders; else their objects need not be kept. */
  keepsOrders = true;
  /** The objects that the strategy was given for its orders, by row, until they are done. */
  readonly #working: (Order | null)[] = [];
  /** By feed: the next session end that the strategy has not been told of. */
  readonly #sessionEnds: Float64Array;

  constructor({ feeds, cursors, broker, sizer, params, seed }: SessionInput) {
    this.#feeds = feeds;
    this.#cursors = cursors;
    this.#broker = broker;
    this.#closes = cursors.map((cursor) => () => markPrice(cursor, Number.NaN));
    this.#sizer = sizer;
    this.params = Object.freeze({ ...params });
    this.datas = Object.freeze(cursors.map((cursor) => new Data(cursor)));
    this.positions = Object.freeze(broker.account.positions.map((position) => new PositionView(position)));
    this.random = seededRandom(seed);
    this.#sessionEnds = new Float64Array(cursors.length).fill(Number.NaN);
  }

  get now(): number {
    return this.times[this.step] ?? Number.NaN;
  }
  get cash(): number {
    return this.#broker.account.cash;
  }
  get equity(): number {
    return this.#broker.account.equity;
  }

  feedOf(data: Data | undefined): number {
    if (data === undefined) return 0;
    const cursor = cursorOf(data);
    const { feed } = cursor;
    if (this.#cursors[feed] === cursor || this.longer.includes(cursor as LongerCursor)) return feed;
    throw new AppError('strategy-error', `${data.ticker} belongs to another run`, {
      hint: 'Pass one of this.datas.',
    });
  }

  submit(side: 1 | -1, request: OrderRequest): Order | null {
    const feed = this.feedOf(request.data);
    this.#requireRunning();
    const { size = this.#sizeOf(feed, request) } = request;
    if (request.size === undefined && size === 0) return null;
    return this.#place(feed, side, size, request);
  }

  bracket(side: 1 | -1, { stopLoss, takeProfit, ...entry }: BracketRequest): Bracket | null {
    const parent = this.submit(side, { ...entry, stopLoss, transmit: false });
    if (parent === null) return null;
    const exit = { data: this.datas[this.feedOf(entry.data)]!, size: parent.size, parent };
    const away = (side * -1) as 1 | -1;
    const tag = entry.tradeId === undefined ? {} : { tradeId: entry.tradeId };
    const stop = this.submit(away, { ...exit, ...tag, stop: stopLoss, transmit: false })!;
    const target = this.submit(away, { ...exit, ...tag, limit: takeProfit })!;
    return { entry: parent, stop, target };
  }

  targetSize(feed: number, target: number, request: OrderRequest): Order | null {
    if (!Number.isFinite(target)) throw invalidSize(target, 'A target size is a finite number of units');
    const { account } = this.#broker;
    account.touch(feed);
    const difference = target - account.positions[feed]!.size;
    if (difference === 0) return null;
    return this.#place(feed, difference > 0 ? 1 : -1, Math.abs(difference), request);
  }

  targetValue(feed: number, target: number, request: OrderRequest): Order | null {
    if (!Number.isFinite(target)) throw invalidSize(target, 'A target value is a finite sum of money');
    const { account } = this.#broker;
    if (target === 0) return this.targetSize(feed, 0, request);
    account.touch(feed);
    const missing = target - account.positionValue(feed);
    const close = markPrice(this.#cursors[feed]!, Number.NaN);
    const size = wholeUnits(account.terms[feed]!, Math.abs(missing), close);
    if (!(size > 0)) return null;
    return this.#place(feed, missing > 0 ? 1 : -1, size, request);
  }

  cancel(order: Order): void {
    this.#broker.cancel(orderRow(order), this.step, REASON['cancelled-by-strategy']);
  }

  replace(order: Order, changes: OrderRequest): Order | null {
    const feed = this.feedOf(order.data);
    const side = order.side === 'buy' ? 1 : -1;
    const { size = order.size - order.filledSize } = changes;
    const request = { ...requestOf(this.#broker.book, orderRow(order)), ...changes };
    this.#requireSize(size);
    this.#fillDraft(feed, side, size, request);
    const row = this.#broker.replace(orderRow(order), this.#draft, this.step);
    return row < 0 ? null : this.#remember(row, feed);
  }

  resample(data: Data, { every, rule = 'closed' }: ResampleRequest): Data {
    const source = cursorOf(data);
    const feed = this.feedOf(data);
    if (!source.isDeclaring || source instanceof LongerCursor) {
      throw new AppError(
        'strategy-error',
        'resample() makes longer bars of an instrument’s own, inside init()',
        {
          hint: 'Write this.hours = this.resample(this.data, "1h") in init() and declare indicators on it there.',
        },
      );
    }
    const cursor = new LongerCursor(source, ...this.#longerBars(source, feed, every, rule));
    this.longer.push(cursor);
    return new Data(cursor);
  }

  timer(request: TimerRequest): Timer {
    if (this.step >= 0) {
      throw new AppError('strategy-error', 'timer() was called after init()', {
        hint: 'Declare timers in init() and act on them in onTimer().',
      });
    }
    const timer = new Timer(request);
    this.timers.push(timer);
    return timer;
  }

  /** Tells the strategy what happened to its orders and which trades were closed: first all orders, then all trades. */
  deliver(strategy: Strategy): void {
    const { book, trades } = this.#broker;
    // What happens while the strategy is being told (it may cancel an order) is news of the next step.
    const orderCount = book.news.length;
    this.#tellOrders(strategy, orderCount);
    book.news.drop(orderCount);
    book.newsEvents.drop(orderCount);
    const tradeCount = trades.closed.length;
    for (let i = 0; i < tradeCount; i++) {
      const row = trades.closed.at(i);
      strategy.onTrade!(new Trade(trades.table, row, this.datas[trades.table.columns.feed[row]!]!));
    }
    trades.closed.drop(tradeCount);
  }

  #tellOrders(strategy: Strategy, count: number): void {
    const { news, newsEvents } = this.#broker.book;
    for (let i = 0; i < count; i++) {
      // A margin call's orders are the broker's own.
      const order = this.#working[news.at(i)];
      if (order != null) strategy.onOrder!(order, ORDER_EVENTS[newsEvents.at(i)]!);
    }
    for (let i = 0; i < count; i++) {
      const row = news.at(i);
      if (this.#working[row]?.isOpen === false) this.#working[row] = null;
    }
  }

  /** Calls `onTimer` for every timer that is due. */
  fireTimers(strategy: Strategy): void {
    const { session = WHOLE_DAY } = this.#feeds[0]!;
    const localTime = this.now + session.offsetAt(this.now);
    for (const timer of this.timers) if (isDue(timer, localTime)) strategy.onTimer?.(timer);
  }

  /** Calls `onSessionEnd` for every instrument whose current bar ends its session, or is the first after its end. */
  endSessions(strategy: Strategy): void {
    for (const [feed, { bar, bars }] of this.#cursors.entries()) {
      if (bar < 0) continue;
      const { session = WHOLE_DAY, interval = 0 } = this.#feeds[feed]!;
      const end = bars.time[bar]! + interval;
      const due = this.#sessionEnds[feed]!;
      if (Number.isNaN(due) || end >= due) {
        // Behind the end that has just been told; an instrument's first bar only sets its first end.
        this.#sessionEnds[feed] = sessionEndAfter(session, end === due ? end + 1 : end);
        if (end >= due) strategy.onSessionEnd?.(this.datas[feed]!);
      }
    }
  }

  #place(feed: number, side: 1 | -1, size: number, request: OrderRequest): Order {
    this.#requireRunning();
    this.#requireSize(size);
    this.#fillDraft(feed, side, size, request);
    return this.#remember(this.#broker.submit(this.#draft, this.step), feed);
  }

  #remember(row: number, feed: number): Order {
    const order = new Order(this.#broker.book.table, row, this.datas[feed]!);
    if (this.keepsOrders) this.#working[row] = order;
    return order;
  }

  #fillDraft(feed: number, side: 1 | -1, size: number, request: OrderRequest): void {
    const draft = this.#draft;
    draft.feed = feed;
    draft.side = side;
    draft.size = size;
    draftRequest(draft, request, this.#closes[feed]!);
    draft.fillAtOnce = false;
    draft.fillWhole = false;
    draft.validUntil = Number.NaN;
    if (request.valid !== undefined && request.valid !== 'gtc') this.#setValidity(feed, request.valid);
  }

  #setValidity(feed: number, valid: Validity): void {
    const draft = this.#draft;
    const cursor = this.#cursors[feed]!;
    const time = cursor.bars.time[cursor.visibleBar]!;
    if (valid === 'ioc' || valid === 'fok') {
      draft.fillAtOnce = true;
      draft.fillWhole = valid === 'fok';
    } else if (valid === 'day') {
      const { session = WHOLE_DAY, interval = 0 } = this.#feeds[feed]!;
      draft.validUntil = sessionEndAfter(session, time + interval) - interval;
    } else {
      draft.validUntil =
        typeof valid === 'number' ? valid : time + (valid as { minutes: number }).minutes * MINUTE;
      if (Number.isFinite(draft.validUntil)) return;
      throw new AppError('strategy-error', `An order cannot be valid until ${String(draft.validUntil)}`, {
        field: 'valid',
        hint: 'Give "gtc", "day", "ioc", "fok", an instant in epoch milliseconds, or { minutes: 30 }.',
      });
    }
  }

  #sizeOf(feed: number, request: OrderRequest): number {
    const price = request.limit ?? request.stop ?? Number.NaN;
    return sizeBySizer(this.#sizer, this.#broker.account, this.#cursors[feed]!, price, request.stopLoss);
  }

  #longerBars(
    source: BarCursor,
    feed: number,
    every: ResampleRequest['every'],
    rule: NonNullable<ResampleRequest['rule']>,
  ): [LongerBars['bars'], Int32Array] {
    const { session = WHOLE_DAY, interval = 0 } = this.#feeds[feed]!;
    const fitting = ruleOf(every, interval);
    const { bars, knownAt } =
      rule === 'closed'
        ? resample(source.bars, fitting, { interval, session })
        : resampleLikeBacktrader(source.bars, {
            every: intervalMilliseconds(every),
            sessionEnd: session.end,
            bar2edge: rule.bar2edge ?? true,
            adjbartime: rule.adjbartime ?? true,
            rightedge: rule.rightedge ?? true,
          });
    return [bars, knownAt];
  }

  #requireRunning(): void {
    if (this.step >= 0) return;
    throw new AppError('strategy-error', 'An order was made in init(), before the first bar', {
      hint: 'Declare indicators in init() and make orders in next().',
    });
  }
  #requireSize(size: number): void {
    if (Number.isFinite(size) && size > 0) return;
    throw invalidSize(size, 'An order needs a size above zero');
  }
}

/** Throws strategy-error for a length of bars that is none, or that bars of `interval` ms do not fit into. */
function ruleOf(every: string, interval: number): ResampleRule {
  try {
    const rule = parseResampleRule(every);
    requireFitting(rule, interval);
    return rule;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new AppError('strategy-error', thrown.message, {
      field: 'every',
      hint: 'Write 5m, 1h, 1d, 1w or 1mo.',
    });
  }
}

function invalidSize(size: unknown, rule: string): AppError {
  return new AppError('strategy-error', `${rule}, not ${String(size)}`, {
    field: 'size',
    hint: 'Check what the size was computed from: an indicator that is still warming up is NaN.',
  });
}
