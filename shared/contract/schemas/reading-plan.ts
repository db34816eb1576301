import * as z from 'zod';
import { IntervalSchema, TickerSchema } from './basics.ts';

/**
 * What a column of a file stands for. `date` and `time-of-day` together make a time; `utc-offset` is the hours by which
 * the time of its line is ahead of UTC.
 */
export const COLUMN_ROLES = [
  'time',
  'date',
  'time-of-day',
  'utc-offset',
  'ticker',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'trades',
  'vwap',
  'twap',
  'ignore',
] as const;
export const ColumnRoleSchema = z.enum(COLUMN_ROLES);
export type ColumnRole = z.output<typeof ColumnRoleSchema>;

export const FILE_FORMATS = ['csv', 'json', 'parquet'] as const;
export const TIME_FORMATS = [
  'text',
  /** Written out too, but only the day counts: it names a session. */
  'date',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'excel',
  /** Milliseconds since local midnight of the day in the file's name (LEAN). */
  'ms-of-day',
] as const;
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;

/** How a file is read: everything that a guess can get wrong, and nothing else. Kept with the import. */
export const ReadingPlanSchema = z.strictObject({
  /** Name of the vendor's layout, null where none is known. */
  layout: z.string().nullable(),
  format: z.enum(FILE_FORMATS),
  delimiter: z.enum([',', ';', '\t', '|']),
  decimalMark: z.enum(['.', ',']),
  hasHeading: z.boolean(),
  /** Lines ahead of the first bar: the heading, and what a vendor writes above it. */
  skip: z.int().min(0).max(1_000),
  /** In file order. `name` is the heading's, or the column's number where there is none. */
  columns: z.array(z.strictObject({ name: z.string(), role: ColumnRoleSchema })),
  timeFormat: z.enum(TIME_FORMATS),
  dateOrder: z.enum(DATE_ORDERS),
  /**
   * Where times without an offset stand: a zone of the IANA database, one with a shift (`America/New_York+07:00`, as many
   * brokers' servers run), an offset (`UTC+02:00`), or `EST`, which is five hours behind UTC all year.
   */
  zone: z.string().min(1).max(64),
  /** Whether a stamp is the first instant of its bar or the last. */
  stamp: z.enum(['start', 'end']),
  every: IntervalSchema.nullable(),
  /** Ticker of all lines; null: there is a column. */
  ticker: TickerSchema.nullable(),
  /** What prices in the file are divided by: 10,000 for LEAN, 1e9 for integers of Databento. */
  priceDivisor: z.number().positive(),
});
export type ReadingPlan = z.output<typeof ReadingPlanSchema>;

/** What the user says about a file's reading; the rest is found out. Columns are given in full, in file order. */
export const PlanOverridesSchema = ReadingPlanSchema.partial();
export type PlanOverrides = z.output<typeof PlanOverridesSchema>;
