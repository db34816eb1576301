import { codesOf, ORDER_STATUSES } from '../result.ts';

/** What the strategy is told about an order. */
export const ORDER_EVENTS = ['partially-filled', 'completed', 'cancelled', 'rejected', 'expired'] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/** The codes in which the news of a run is kept. */
export const EVENT = codesOf(ORDER_EVENTS);
/** By code of a status: that of the event by which the strategy is told; `open` has none. */
export const EVENT_OF_STATUS = ORDER_STATUSES.map((status) =>
  (ORDER_EVENTS as readonly string[]).indexOf(status),
);
