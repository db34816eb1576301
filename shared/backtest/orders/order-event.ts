/** What the strategy is told about an order. */
export const ORDER_EVENTS = ['partially-filled', 'completed', 'cancelled', 'rejected', 'expired'] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];
