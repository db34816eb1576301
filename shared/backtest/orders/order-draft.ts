import type { OrderType } from '../result.ts';

/** An order as the strategy asked for it, completed by the engine. One object is reused for all orders. */
export class OrderDraft {
  feed = 0;
  side: 1 | -1 = 1;
  type: OrderType = 'market';
  size = 0;
  /** Reference price of the cash check. */
  price = Number.NaN;
  stop = Number.NaN;
  limit = Number.NaN;
  /** Distance of a trailing stop: money per unit, or a fraction of the price; NaN for none. */
  trailAmount = Number.NaN;
  trailFraction = Number.NaN;
  /** What the limit of a trailing stop-limit keeps from its stop. */
  limitOffset = 0;
  validUntil = Number.NaN;
  fillAtOnce = false;
  fillWhole = false;
  /** Rows of the bracket's parent and of an order of its one-cancels-other group; -1 without. */
  parent = -1;
  oco = -1;
  /** Whether the order (and the bracket that it completes) is sent now. */
  transmit = true;
  tag = 0;
  createdTime = Number.NaN;
  sessionEnd = Number.NaN;
}
