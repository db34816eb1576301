import * as z from 'zod';
import { Id, TickerSchema, Time } from './basics.ts';

/** A market's calendar as the application knows it. */
export const CalendarSummarySchema = z.object({
  /** ISO 10383 code (XLON), or CME-EQUITY, CME-FX, FX, CRYPTO. */
  id: z.string(),
  name: z.string(),
  zone: z.string(),
  /** Today's hours in words, local time. */
  hours: z.string(),
  /** First and last day for which holidays are known. */
  from: z.string(),
  to: z.string(),
  /** Where hours and holidays come from, and what is known to be missing. */
  origin: z.array(z.string()),
  gaps: z.array(z.string()),
});
export type CalendarSummary = z.output<typeof CalendarSummarySchema>;

/** What is known of an instrument beside its bars. */
export const InstrumentSchema = z.object({
  ticker: z.string(),
  /** Null: none is known; its days are then those of UTC. */
  calendar: z.string().nullable(),
  /** ISO 4217 code, or GBX (pence), of prices. */
  currency: z.string().nullable(),
  sector: z.string().nullable(),
  /** Whether the calendar was chosen by the user or guessed from ticker and times, and why. */
  source: z.enum(['user', 'guess']),
  why: z.string(),
});
export type Instrument = z.output<typeof InstrumentSchema>;

/** Fields that are absent stay as they are. */
export const InstrumentChangeSchema = z.strictObject({
  ticker: TickerSchema,
  /** Null: guess again. */
  calendar: z.string().max(32).nullable().exactOptional(),
  /** Null: guess again. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a code of three letters such as USD, or GBX for pence')
    .nullable()
    .exactOptional(),
  sector: z.string().max(60).nullable().exactOptional(),
});
export type InstrumentChange = z.output<typeof InstrumentChangeSchema>;

/** Sessions of a calendar between two instants, for shading and heat maps. */
export const SessionsQuerySchema = z.strictObject({ calendar: Id, from: Time, to: Time });
export type SessionsQuery = z.output<typeof SessionsQuerySchema>;
export const SessionSpanSchema = z.object({
  /** Trading day in local time, YYYY-MM-DD: that of the close. */
  day: z.string(),
  open: Time,
  close: Time,
  breaks: z.array(z.tuple([Time, Time])),
  isEarlyClose: z.boolean(),
});
export type SessionSpan = z.output<typeof SessionSpanSchema>;

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2024-07-01');
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 09:30');
const AuctionSchema = z.strictObject({ from: z.int(), uncross: z.int(), latest: z.int() });
const SessionHoursSchema = z.strictObject({
  from: Day.exactOptional(),
  open: LocalTime,
  opensDayBefore: z.boolean().exactOptional(),
  close: LocalTime,
  breaks: z
    .array(z.tuple([LocalTime, LocalTime]).readonly())
    .readonly()
    .exactOptional(),
  openingAuction: AuctionSchema.exactOptional(),
  intradayAuction: z.tuple([LocalTime, LocalTime]).readonly().exactOptional(),
  closingAuction: AuctionSchema.exactOptional(),
});

/** When a market trades, as data: shared/calendar/schedule.ts tells what each field means. */
export const SessionScheduleSchema = z.strictObject({
  zone: z.string().max(64),
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).readonly(),
  hours: z.array(SessionHoursSchema).min(1).max(50).readonly(),
  closed: z.record(Day, z.string().max(80)).exactOptional(),
  special: z
    .record(
      Day,
      z.strictObject({
        open: LocalTime.exactOptional(),
        close: LocalTime.exactOptional(),
        name: z.string().max(80).default(''),
      }),
    )
    .exactOptional(),
});
