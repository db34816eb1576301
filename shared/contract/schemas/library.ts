import * as z from 'zod';
import { Id, IntervalSchema, TickerSchema, Time } from './basics.ts';
import { PlanOverridesSchema, ReadingPlanSchema } from './reading-plan.ts';
import { jobEvent } from './tasks.ts';

export const SeriesSchema = z.object({
  id: Id,
  ticker: z.string(),
  every: IntervalSchema,
  bars: z.int(),
  first: Time,
  last: Time,
  /** SHA-256 over all column values; equal for equal bars however they were imported. */
  contentHash: z.string(),
  storedBytes: z.int(),
  lastImportAt: Time,
});
export type Series = z.output<typeof SeriesSchema>;

/** Reason codes as in the reject list; the wording for people is in import/reject-reason.ts. */
export const RejectGroupSchema = z.object({
  reason: z.string(),
  count: z.int(),
  /** The first few, for the report; all of them are kept with the import. */
  examples: z.array(
    z.object({
      line: z.int(),
      column: z.string().nullable(),
      text: z.string(),
      /** The file in an archive that the line stands in. */
      entry: z.string().exactOptional(),
    }),
  ),
});
export type RejectGroup = z.output<typeof RejectGroupSchema>;

/** accepted + rejected = lines read, always. `stored` counts accepted bars that were new to the library. */
export const ImportReportSchema = z.object({
  importId: Id,
  file: z.string(),
  fileSha256: z.string(),
  linesRead: z.int(),
  accepted: z.int(),
  stored: z.int(),
  /** Accepted bars that the library already held with the same values. */
  unchanged: z.int(),
  /** Accepted bars that took the place of other values, where the import was told to replace. */
  replaced: z.int(),
  rejected: z.int(),
  rejects: z.array(RejectGroupSchema),
  warnings: z.array(z.string()),
  series: z.array(
    z.object({ ticker: z.string(), every: IntervalSchema, bars: z.int(), first: Time, last: Time }),
  ),
  milliseconds: z.number(),
});
export type ImportReport = z.output<typeof ImportReportSchema>;

/**
 * `zeroBars`: what to do with the empty minutes of a dense grid (all prices zero, nothing traded): `drop` counts
 * them as rejected with reason `empty-minute`; `reject-file` refuses the file at the first one.
 * `onError`: `reject` keeps the good lines and lists the bad; `fail` stores nothing if any line is bad.
 * `conflicts`: whose values stay where the library holds other ones for a bar: `keep` the library's (the line is
 * rejected), `replace` them with the file's.
 */
export const ImportOptionsSchema = z.strictObject({
  ticker: TickerSchema.nullable().default(null),
  every: IntervalSchema.nullable().default(null),
  zeroBars: z.enum(['drop', 'reject-file']).default('drop'),
  onError: z.enum(['reject', 'fail']).default('reject'),
  /** Own column names to ours: `{ "Last": "close" }`. */
  map: z.record(z.string(), z.string()).default({}),
  conflicts: z.enum(['keep', 'replace']).default('keep'),
  /** How the file is read, as far as the user has said or confirmed it. */
  plan: PlanOverridesSchema.default({}),
  /** Takes the ticker that each file's name suggests, without asking. */
  tickerFromName: z.boolean().default(false),
});
export type ImportOptions = z.output<typeof ImportOptionsSchema>;

export const ProvenanceSchema = z.object({
  importId: Id,
  file: z.string(),
  fileSha256: z.string(),
  importedAt: Time,
  parserVersion: z.string(),
  linesRead: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  stored: z.int(),
  undone: z.boolean(),
});
export type Provenance = z.output<typeof ProvenanceSchema>;

/** One import as a unit: where it came from, how it was read, what it brought. */
export const ImportRecordSchema = ProvenanceSchema.extend({
  /** It can be undone no more: a clean-up dropped what that would need. */
  settled: z.boolean(),
  /** `file`, or the address it was fetched from. */
  source: z.string(),
  /** Null for imports of before plans were kept. */
  plan: ReadingPlanSchema.nullable(),
  warnings: z.array(z.string()),
  /** The range of each series that the file covered. */
  series: z.array(
    z.object({
      seriesId: Id,
      ticker: z.string(),
      every: IntervalSchema,
      bars: z.int(),
      first: Time,
      last: Time,
    }),
  ),
});
export type ImportRecord = z.output<typeof ImportRecordSchema>;

export const SeriesDetailSchema = SeriesSchema.extend({
  imports: z.array(ProvenanceSchema),
  /** Bars per UTC day with at least one bar, ascending: [midnight, bars]. */
  days: z.array(z.tuple([Time, z.int()])),
});
export type SeriesDetail = z.output<typeof SeriesDetailSchema>;
export const ImportEventSchema = jobEvent(ImportReportSchema);
