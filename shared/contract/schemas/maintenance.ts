import * as z from 'zod';
import { Time } from './basics.ts';

/** What the library's file holds, in bytes. */
export const StorageReportSchema = z.object({
  fileBytes: z.number(),
  barBytes: z.number(),
  pyramidBytes: z.number(),
  runBytes: z.number(),
  /** Bars that undo could bring back, and rejected lines. */
  historyBytes: z.number(),
  freeBytes: z.number(),
  /** Above this the library offers to clean up; null: no limit. */
  limitBytes: z.number().nullable(),
});
export type StorageReport = z.output<typeof StorageReportSchema>;

/** A checksum or structure that does not hold. */
export const DamageSchema = z.object({
  what: z.string(),
  ticker: z.string().nullable(),
  every: z.string().nullable(),
  from: Time.nullable(),
  to: Time.nullable(),
  /** Files whose re-import repairs it. */
  files: z.array(z.string()),
});
export const IntegrityReportSchema = z.object({
  checkedChunks: z.int(),
  checkedRuns: z.int(),
  damages: z.array(DamageSchema),
});
export type IntegrityReport = z.output<typeof IntegrityReportSchema>;
