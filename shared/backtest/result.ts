/**
 * What a backtest leaves behind: columns, never an object per row. All times are epoch milliseconds UTC, all money
 * is in the account's unit, all `bar` numbers count steps of the run from 0. A missing number is NaN.
 */

export const ORDER_TYPES = [
  'market',
  'limit',
  'stop',
  'stop-limit',
  'trailing-stop',
  'trailing-stop-limit',
  'market-on-close',
  'market-on-open',
] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** Where an order ended. `open`: still waiting when the run ended; for the others see the reason. */
export const ORDER_STATUSES = ['open', 'completed', 'cancelled', 'rejected', 'expired'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Why an order did not complete. `none` for completed orders. */
export const ORDER_REASONS = [
  'none',
  'not-enough-cash', // the submission check: cost at the reference price exceeds cash
  'not-enough-cash-at-fill', // the check passed, the fill price did not leave enough cash
  'run-ended', // still waiting at the last bar
  'cancelled-by-strategy',
  'replaced', // by an order that the strategy put in its place
  'oco-partner-ended', // another order of its one-cancels-other group filled or ended
  'bracket-ended', // its parent ended without filling, or its sibling filled
  'parent-rejected', // its parent was never accepted
  'time-in-force', // its time was up, or it could not fill at once
  'margin-call',
  'account-ruined', // made when equity was at or below zero
] as const;
export type OrderReason = (typeof ORDER_REASONS)[number];

/** The codes in which the columns hold these words: `STATUS.completed`, `REASON['run-ended']`. */
export const TYPE = codesOf(ORDER_TYPES);
export const STATUS = codesOf(ORDER_STATUSES);
export const REASON = codesOf(ORDER_REASONS);
/** The index of each word of a list. */
export function codesOf<Word extends string>(words: readonly Word[]): Readonly<Record<Word, number>> {
  return Object.freeze(Object.fromEntries(words.map((word, code) => [word, code]))) as Record<Word, number>;
}

export interface OrderColumns {
  readonly length: number;
  /** 1, 2, 3, … in order of creation. */
  readonly ref: Int32Array;
  /** Index into `BacktestResult.tickers`. */
  readonly feed: Uint16Array;
  /** +1 buy, -1 sell. */
  readonly side: Int8Array;
  /** Index into ORDER_TYPES. */
  readonly type: Uint8Array;
  /** Requested units, always positive. */
  readonly size: Float64Array;
  /**
   * Reference price at creation: the limit, the stop, or for market orders the close of the bar that made the order (in
   * cheat-on-open the open of the bar that began).
   */
  readonly price: Float64Array;
  /** Stop (where it trails: as it stood last) and limit; NaN where the type has none. */
  readonly stop: Float64Array;
  readonly limit: Float64Array;
  /** Instant after which the order expires, NaN without; ioc and fok orders have that of their creation. */
  readonly validUntil: Float64Array;
  /** `ref` of the parent in a bracket and of the first order of a one-cancels-other group; 0 without. */
  readonly parent: Int32Array;
  readonly group: Int32Array;
  readonly createdBar: Int32Array;
  readonly createdTime: Float64Array;
  /** Index into ORDER_STATUSES. */
  readonly status: Uint8Array;
  /** Index into ORDER_REASONS. */
  readonly reason: Uint8Array;
  /** Step and bar time in which the order reached its status; -1 and NaN while open. */
  readonly closedBar: Int32Array;
  readonly closedTime: Float64Array;
  readonly filledSize: Float64Array;
  /** Size-weighted average over the fills. */
  readonly filledPrice: Float64Array;
  readonly commission: Float64Array;
}

export interface FillColumns {
  readonly length: number;
  /** `ref` of the order. */
  readonly order: Int32Array;
  readonly feed: Uint16Array;
  readonly bar: Int32Array;
  readonly time: Float64Array;
  /** Signed units: positive bought, negative sold. */
  readonly size: Float64Array;
  /** Price paid, slippage included. */
  readonly price: Float64Array;
  /** Money lost to slippage (positive) against the price before it. */
  readonly slippage: Float64Array;
  readonly commission: Float64Array;
  /** Part of `size` that closed an existing position, and part that opened one; same sign as `size`. */
  readonly closed: Float64Array;
  readonly opened: Float64Array;
  /** Profit realised by the closed part at fill prices, before commission. */
  readonly profit: Float64Array;
  /** Interest and borrow fees less dividends that the closed position had gathered; already in cash. */
  readonly financing: Float64Array;
  /** Signed position and its average price after this fill. */
  readonly positionSize: Float64Array;
  readonly positionPrice: Float64Array;
}

/** A trade is a position from flat to flat; a reversal ends one and begins another in the same fill. */
export interface TradeColumns {
  readonly length: number;
  /** 1, 2, 3, … in order of entry. */
  readonly ref: Int32Array;
  readonly feed: Uint16Array;
  /** +1 long, -1 short. */
  readonly side: Int8Array;
  /** Largest number of units held, positive. */
  readonly size: Float64Array;
  readonly entryBar: Int32Array;
  readonly entryTime: Float64Array;
  /** Size-weighted average of the entry fills. */
  readonly entryPrice: Float64Array;
  /** -1 and NaN while the trade is open. */
  readonly exitBar: Int32Array;
  readonly exitTime: Float64Array;
  readonly exitPrice: Float64Array;
  /**
   * net = gross - slippage - commission - financing. Gross is at prices before slippage; financing is interest and borrow
   * fees less dividends. Open trades: marked to the last close.
   */
  readonly gross: Float64Array;
  readonly slippage: Float64Array;
  readonly commission: Float64Array;
  readonly financing: Float64Array;
  readonly net: Float64Array;
  /** Worst (<= 0) and best (>= 0) open profit while held, at bar lows and highs, in money before commission. */
  readonly maxAdverse: Float64Array;
  readonly maxFavourable: Float64Array;
  readonly barsHeld: Int32Array;
  /** 1 while the position is still held at the end of the run. */
  readonly isOpen: Uint8Array;
  /** `ref` of the orders that opened and closed it; 0 where there is none. */
  readonly entryOrder: Int32Array;
  readonly exitOrder: Int32Array;
  /** The tag of its orders (`tradeId`); 0 where none was given. */
  readonly tag: Int32Array;
}

/** One row per step of the run. */
export interface EquityColumns {
  readonly length: number;
  readonly time: Float64Array;
  /** Cash plus all positions at this step's closes. */
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Sum of the absolute market values of all positions at this step's closes. */
  readonly exposure: Float64Array;
}

/** The ledger's two sides. `difference` must stay below half a cent or the run is refused as a bug. */
export interface LedgerCheck {
  readonly startingCash: number;
  readonly finalEquity: number;
  /** Sum of `net` over closed trades, and over trades still open. */
  readonly closedNet: number;
  readonly openNet: number;
  readonly difference: number;
}

/** Bars that did not tell in which order linked orders were reached; the run's same-bar policy decided. */
export interface AmbiguousBars {
  readonly length: number;
  readonly bar: Int32Array;
  readonly feed: Uint16Array;
}

export interface BacktestResult {
  readonly tickers: readonly string[];
  /** Step of the first `next()`: bars before it are warm-up; -1 if it was never reached. */
  readonly firstNextBar: number;
  readonly orders: OrderColumns;
  readonly fills: FillColumns;
  readonly trades: TradeColumns;
  readonly equity: EquityColumns;
  readonly ambiguous: AmbiguousBars;
  readonly ledger: LedgerCheck;
}
