import * as z from 'zod';
import { Time } from './basics.ts';
import { ImportReportSchema, RejectGroupSchema } from './library.ts';
import { PlainErrorSchema } from './plain-error.ts';
import { ReadingPlanSchema } from './reading-plan.ts';
import { taskEvent } from './tasks.ts';

/**
 * One thing that was found out about a file. `ask` means the import must not begin before the user has said: the plan
 * holds the best guess, and giving it back as an override confirms it.
 */
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

/** One of the first lines of a file (or rows, where it has none), beside what became of it. */
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

export type PreviewLine = z.output<typeof PreviewLineSchema>;

export const ImportPreviewSchema = z.object({
  file: z.string(),
  bytes: z.number(),
  /** Files inside an archive, the one that is shown first; one name for a plain file. At most 1,000 are listed. */
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
  /** Accepted bars that would take the place of other values. */
  replaced: z.int(),
  rejects: z.array(RejectGroupSchema),
  warnings: z.array(z.string()),
  series: ImportReportSchema.shape.series,
});
export type ImportCheck = z.output<typeof ImportCheckSchema>;
export const ImportCheckEventSchema = taskEvent(ImportCheckSchema);
