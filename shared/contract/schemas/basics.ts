import * as z from 'zod'; // zod 4: MIT, no dependencies, no install script; the one package `contract` may import

/** Epoch milliseconds, UTC. */
export const Time = z.number();
export const Id = z.string().min(1).max(128);

export const IntervalSchema = z.string().regex(/^\d+[smhdw]$/, 'an interval such as 1m, 5m, 1h or 1d');

/** The vendors' symbols pass (`BRK/B`, `^GSPC`, `EURUSD=X`); formulas, paths and SQL do not. See market/ticker.ts. */
export const TickerSchema = z.string().min(1).max(32);

/** UTC. */
export const DateOrTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?Z?)?$/,
    'a date or time in UTC such as 2024-07-01 or 2024-07-01T09:30:00Z',
  );
