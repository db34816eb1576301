import * as z from 'zod';
import { PriceViewSchema } from './actions.ts';
import { DateOrTime, Id, Time } from './basics.ts';
import { taskEvent } from './tasks.ts';

/** What the library's file holds, in bytes. */
export const StorageReportSchema = z.object({
  /** The database with its write-ahead log. */
  fileBytes: z.number(),
  barBytes: z.number(),
  pyramidBytes: z.number(),
  runBytes: z.number(),
  /** Bars that undo could bring back, and rejected lines. */
  historyBytes: z.number(),
  /** Pages of the file that hold nothing; compacting gives them back to the disk. */
  freeBytes: z.number(),
  /** Above this the library offers to clean up; null: no limit. */
  limitBytes: z.number().nullable(),
  /** Imports whose undo a clean-up would end, and those of them that were undone already, oldest first. */
  history: z.array(
    z.object({ importId: Id, file: z.string(), importedAt: Time, undone: z.boolean(), bytes: z.number() }),
  ),
});
export type StorageReport = z.output<typeof StorageReportSchema>;

/** 1 MB or more; null: no limit. */
export const StorageLimitSchema = z.strictObject({ bytes: z.int().min(1_000_000).nullable() });

/**
 * Which history goes: that of undone imports (their reject lists), and that of imports made before `before`, whose undo
 * ends with it. `toLimit`: after that, of the oldest imports too, until the library is below its limit.
 */
export const CleanUpSchema = z.strictObject({
  undone: z.boolean().default(true),
  before: Time.nullable().default(null),
  toLimit: z.boolean().default(false),
});
export type CleanUp = z.output<typeof CleanUpSchema>;
export const CleanUpReportSchema = z.object({
  /** Imports that can be undone no more. */
  settled: z.array(z.object({ importId: Id, file: z.string() })),
  /** Bytes that are free inside the file now; compacting gives them back. */
  freedBytes: z.number(),
});
export type CleanUpReport = z.output<typeof CleanUpReportSchema>;

export const CompactReportSchema = z.object({ bytesBefore: z.number(), bytesAfter: z.number() });
export type CompactReport = z.output<typeof CompactReportSchema>;
export const CompactEventSchema = taskEvent(CompactReportSchema);

/** A checksum or structure that does not hold. */
export const DamageSchema = z.object({
  kind: z.enum(['structure', 'bars', 'levels', 'history', 'run', 'rejected-lines']),
  /** "column close of AAL.L 1m, 2024-07-01 to 2024-07-12". */
  what: z.string(),
  ticker: z.string().nullable(),
  every: z.string().nullable(),
  from: Time.nullable(),
  to: Time.nullable(),
  /** Files whose re-import repairs it; empty where no import can. */
  files: z.array(z.string()),
  /** What to do, one sentence. */
  hint: z.string(),
});
export type Damage = z.output<typeof DamageSchema>;
export const IntegrityReportSchema = z.object({
  checkedChunks: z.int(),
  checkedRuns: z.int(),
  /** At most 1,000. */
  damages: z.array(DamageSchema),
});
export type IntegrityReport = z.output<typeof IntegrityReportSchema>;
export const IntegrityEventSchema = taskEvent(IntegrityReportSchema);

/** `fileId` names a backup; `replace` must be given where the library holds anything. */
export const RestoreSchema = z.strictObject({ fileId: Id, replace: z.boolean().default(false) });
export const RestoreReportSchema = z.object({
  /** When the backup was made. */
  madeAt: Time,
  series: z.int(),
  bars: z.int(),
  runs: z.int(),
  /** File names of the user's strategies that were written. */
  strategies: z.array(z.string()),
});
export type RestoreReport = z.output<typeof RestoreReportSchema>;
export const RestoreEventSchema = taskEvent(RestoreReportSchema);

export const EXPORT_FORMATS = ['csv', 'csv.gz', 'parquet'] as const;
/** Bars of a range (UTC, both ends inclusive; null: open) as a file of the bar schema. */
export const ExportBarsSchema = z.strictObject({
  seriesId: Id,
  from: DateOrTime.nullable().default(null),
  to: DateOrTime.nullable().default(null),
  /** A rule of docs/resampling.md: `5m`, `1d`, `volume:100000`; null: the series' own bars. */
  every: z.string().min(1).max(32).nullable().default(null),
  view: PriceViewSchema.default('raw'),
  format: z.enum(EXPORT_FORMATS).default('csv'),
});
export type ExportBars = z.output<typeof ExportBarsSchema>;

/** One SELECT over the tables of docs/sql.md. It ends after 30 seconds, and after `limit` rows. */
export const SqlQuerySchema = z.strictObject({
  sql: z.string().min(1).max(100_000),
  limit: z.int().min(1).max(100_000).default(1_000),
});
export type SqlQuery = z.output<typeof SqlQuerySchema>;
export const SqlAnswerSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  /** There are more rows than `limit`. */
  isCut: z.boolean(),
  milliseconds: z.number(),
});
export type SqlAnswer = z.output<typeof SqlAnswerSchema>;
