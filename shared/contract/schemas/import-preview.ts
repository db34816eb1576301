import * as z from 'zod';
import { IntervalSchema, TickerSchema, Time } from './basics.ts';
import { ImportReportSchema, RejectGroupSchema } from './library.ts';
import { PlainErrorSchema } from './plain-error.ts';
import { taskEvent } from './tasks.ts';

/** What a column of a file stands for. `date` and `time-of-day` together make a time. */
export const COLUMN_ROLES = [
  'time',
  'date',
  'time-of-day',
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
  /** In file order. `name` is the heading's, or the column's number where there is none. */
  columns: z.array(z.strictObject({ name: z.string(), role: ColumnRoleSchema })),
  timeFormat: z.enum(TIME_FORMATS),
  dateOrder: z.enum(DATE_ORDERS),
  /** Zone of the IANA database in which times without an offset stand; `EST` is five hours behind all year. */
  zone: z.string().max(64),
  /** Whether a stamp is the first instant of its bar or the last. */
  stamp: z.enum(['start', 'end']),
  every: IntervalSchema.nullable(),
  /** Ticker of all lines; null: there is a column. */
  ticker: TickerSchema.nullable(),
  /** What prices in the file are divided by: 10,000 for LEAN, 1e9 for integers of Databento. */
  priceDivisor: z.number().positive(),
});
export type ReadingPlan = z.output<typeof ReadingPlanSchema>;

/** One thing that was found out about a file. `ask` means the import must not begin before the user has said. */
export const GuessSchema = z.object({
  field: z.enum([
    'layout',
    'format',
    'delimiter',
    'decimalMark',
    'hasHeading',
    'columns',
    'timeFormat',
    'dateOrder',
    'zone',
    'stamp',
    'every',
    'ticker',
    'priceDivisor',
  ]),
  /** The value in words. */
  value: z.string(),
  /** Why, in one sentence: "first regular stamp is 09:31 and the last 16:00". */
  why: z.string(),
  certainty: z.enum(['given', 'remembered', 'sure', 'likely', 'ask']),
});
export type Guess = z.output<typeof GuessSchema>;

/** One of the first lines of a file, beside what became of it. */
export const PreviewLineSchema = z.object({
  line: z.int(),
  /** As it stands in the file, cut at 400 signs. */
  raw: z.string(),
  bar: z
    .object({
      ticker: z.string(),
      time: Time,
      open: z.number(),
      high: z.number(),
      low: z.number(),
      close: z.number(),
      volume: z.number().nullable(),
      trades: z.number().nullable(),
      vwap: z.number().nullable(),
      twap: z.number().nullable(),
    })
    .nullable(),
  /** Code of import/reject-reason.ts where the line is no bar; null too for a heading. */
  reject: z.string().nullable(),
});

export const ImportPreviewSchema = z.object({
  file: z.string(),
  bytes: z.number(),
  /** Files inside an archive that are read like this one; one name for a plain file. */
  entries: z.array(z.string()),
  /** Null when the file is no bars at all; then `problem` says why. */
  plan: ReadingPlanSchema.nullable(),
  guesses: z.array(GuessSchema),
  lines: z.array(PreviewLineSchema),
  problem: PlainErrorSchema.nullable(),
});
export type ImportPreview = z.output<typeof ImportPreviewSchema>;

/** The whole file read without storing anything: what an import would say. */
export const ImportCheckSchema = z.object({
  linesRead: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  /** Accepted bars that the library does not hold yet. */
  fresh: z.int(),
  rejects: z.array(RejectGroupSchema),
  warnings: z.array(z.string()),
  series: ImportReportSchema.shape.series,
});
export type ImportCheck = z.output<typeof ImportCheckSchema>;
export const ImportCheckEventSchema = taskEvent(ImportCheckSchema);
