import * as z from 'zod';
import { Id, TickerSchema, Time } from './basics.ts';

/** An exchange's calendar as the library knows it. */
export const CalendarSummarySchema = z.object({
  /** ISO 10383 code (XLON), or FX, CRYPTO, CME-GLOBEX. */
  id: z.string(),
  name: z.string(),
  zone: z.string(),
  /** "08:00-16:30, closing auction 16:35". */
  hours: z.string(),
  /** First and last day for which holidays are known. */
  from: z.string(),
  to: z.string(),
});
export type CalendarSummary = z.output<typeof CalendarSummarySchema>;

/** What is known of an instrument beside its bars. */
export const InstrumentSchema = z.object({
  ticker: z.string(),
  calendar: z.string(),
  /** ISO 4217 code, or GBX (pence), of prices. */
  currency: z.string().nullable(),
  sector: z.string().nullable(),
  /** Whether the calendar was chosen by the user or guessed from ticker and times, and why. */
  source: z.enum(['user', 'guess']),
  why: z.string(),
});
export type Instrument = z.output<typeof InstrumentSchema>;
export const InstrumentChangeSchema = z.strictObject({
  ticker: TickerSchema,
  /** Null: guess again. */
  calendar: z.string().max(32).nullable().exactOptional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .exactOptional(),
  sector: z.string().max(60).nullable().exactOptional(),
});

/** Sessions of a calendar between two instants, for shading and heat maps. */
export const SessionsQuerySchema = z.strictObject({ calendar: Id, from: Time, to: Time });
export const SessionSpanSchema = z.object({
  /** Local day, YYYY-MM-DD. */
  day: z.string(),
  open: Time,
  close: Time,
  isEarlyClose: z.boolean(),
});
