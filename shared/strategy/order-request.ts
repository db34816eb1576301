import type { OrderDraft } from '../backtest/orders/order-draft.ts';
import { AppError } from '../contract/errors.ts';
import type { Data } from './data.ts';
import { type Order, orderRow } from './order.ts';

/** How long an order waits: until cancelled, the session's end, an instant (epoch ms), some minutes, or this bar only. */
export type Validity = 'gtc' | 'day' | 'ioc' | 'fok' | number | { readonly minutes: number };

/** What an order asks for. Without a price it is a market order. */
export interface OrderRequest {
  /** Units (shares, lots, coins), above zero; fractions are allowed. The run's sizer decides where it is absent. */
  readonly size?: number;
  /** The instrument; the first of the run where absent. */
  readonly data?: Data;
  /** Limit order: not worse than this price. With `stop`: a stop-limit order. */
  readonly limit?: number;
  /** Stop order: a market order as soon as this price is reached. */
  readonly stop?: number;
  /** Trailing stop: its distance in price units, or as a fraction of the price (0.01 is 1 %). */
  readonly trailAmount?: number;
  readonly trailPercent?: number;
  /** Where the trailing starts from; the close of this bar where absent. With `limit`: a trailing stop-limit. */
  readonly trailFrom?: number;
  /** Market-on-close and market-on-open: at the end of this session, at the beginning of the next. */
  readonly at?: 'close' | 'open';
  /** Good till cancelled where absent. */
  readonly valid?: Validity;
  /** An order that cancels this one when it fills or ends, and the other way round. */
  readonly oco?: Order;
  /** Sleeps until the parent has filled; ends when a sibling fills. */
  readonly parent?: Order;
  /** False holds the order back until the last member of its bracket is sent. */
  readonly transmit?: boolean;
  /** Where the loss will be cut, for the sizer that goes by risk. Places no order. */
  readonly stopLoss?: number;
  /** Orders with the same whole number make trades of their own. */
  readonly tradeId?: number;
}

/** An entry with a stop and a target, each of which cancels the other. */
export interface BracketRequest extends Omit<OrderRequest, 'oco' | 'parent' | 'transmit' | 'stopLoss'> {
  readonly stopLoss: number;
  readonly takeProfit: number;
}
export interface Bracket {
  readonly entry: Order;
  readonly stop: Order;
  readonly target: Order;
}

/** Writes a request's prices, links and validity into a draft; feed, side and size are the caller's. */
export function draftRequest(draft: OrderDraft, request: OrderRequest, close: () => number): void {
  const { limit, stop, trailAmount, trailPercent, trailFrom, at, oco, parent, tradeId } = request;
  draft.price = Number.NaN;
  draft.stop = Number.NaN;
  draft.limit = Number.NaN;
  draft.type = 'market';
  draft.oco = oco === undefined ? -1 : orderRow(oco);
  draft.parent = parent === undefined ? -1 : orderRow(parent);
  draft.transmit = request.transmit ?? true;
  draft.tag = tradeId ?? 0;
  if (limit === undefined && stop === undefined && trailAmount === undefined && trailPercent === undefined) {
    if (at !== undefined) draft.type = at === 'close' ? 'market-on-close' : 'market-on-open';
    return;
  }
  if (at !== undefined) throw contradiction('at', 'a limit or a stop');
  if (limit !== undefined) draft.limit = price(limit, 'limit');
  if (trailAmount === undefined && trailPercent === undefined) {
    if (stop !== undefined) draft.stop = price(stop, 'stop');
    draft.type = stop === undefined ? 'limit' : limit === undefined ? 'stop' : 'stop-limit';
    draft.price = stop ?? limit!;
    return;
  }
  if (stop !== undefined) throw contradiction('stop', 'a trailing distance (trailFrom sets where it starts)');
  draft.type = limit === undefined ? 'trailing-stop' : 'trailing-stop-limit';
  draft.trailAmount = trailAmount === undefined ? Number.NaN : distance(trailAmount, 'trailAmount');
  draft.trailFraction = trailPercent === undefined ? Number.NaN : distance(trailPercent, 'trailPercent');
  const from = trailFrom ?? limit ?? close();
  const away = trailAmount ?? from * trailPercent!;
  draft.stop = from + draft.side * away;
  draft.limitOffset = limit === undefined ? 0 : from - limit;
  if (limit !== undefined) draft.limit = draft.stop - draft.limitOffset;
  draft.price = draft.stop;
}

function price(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new AppError('strategy-error', `A ${field} is a price, not ${String(value)}`, {
    field,
    hint: 'Check what it was computed from: an indicator that is still warming up is NaN.',
  });
}

function distance(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new AppError('strategy-error', `${field} is a distance above zero, not ${String(value)}`, {
    field,
    hint: 'trailAmount is in price units; trailPercent is a fraction of the price, 0.01 for 1 %.',
  });
}

function contradiction(field: string, other: string): AppError {
  return new AppError('strategy-error', `An order cannot have \`${field}\` together with ${other}`, {
    field,
    hint: 'Send two orders, or leave one of the two out.',
  });
}
