import * as z from 'zod';
import { SUSPECT_KINDS } from '../../health/kinds.ts';
import { Id, Time } from './basics.ts';

export const SuspectKindSchema = z.enum(SUSPECT_KINDS);

const Severity = z.number().min(0).max(1);

export const SuspectSchema = z.object({
  kind: SuspectKindSchema,
  /** First and last bar concerned (for a gap: the bars around it). */
  from: Time,
  to: Time,
  fromBar: z.int(),
  toBar: z.int(),
  /** "close 100.2 after 10.01: 10.01 times" */
  detail: z.string(),
  /** 0 (mild) to 1 (wrong for certain). */
  severity: Severity,
  /** A user said that it is in order: it counts for nothing any more. */
  isReviewed: z.boolean(),
});
export type Suspect = z.output<typeof SuspectSchema>;

export const HealthPartSchema = z.object({
  id: SuspectKindSchema,
  label: z.string(),
  /** 0 to 100. */
  score: z.number(),
  /** Suspects of the kind, those reviewed left out. */
  count: z.int(),
  /** How the score was computed, with its figures. */
  convention: z.string(),
});
export type HealthPart = z.output<typeof HealthPartSchema>;

export const HealthReportSchema = z.object({
  /** 0 to 100: the lowest part decides most; see shared/health/score.ts. */
  score: z.number(),
  /** How the score was computed from the parts. */
  convention: z.string(),
  calendar: z.string(),
  parts: z.array(HealthPartSchema),
  /** Worst first, at most 1,000; `suspectCount` counts all, those reviewed left out. */
  suspects: z.array(SuspectSchema),
  suspectCount: z.int(),
  /** One entry per session of the calendar: [midnight of its day UTC, bars, bars expected]. */
  days: z.array(z.tuple([Time, z.int(), z.int()])),
  /** Share of missing bars per month, newest last, at most 12: for the sparkline. */
  months: z.array(z.tuple([z.string(), z.number()])),
});
export type HealthReport = z.output<typeof HealthReportSchema>;

/** A line of the library's table; series whose health is still being computed have none. */
export const HealthScoreSchema = z.object({
  seriesId: Id,
  score: z.number(),
  suspectCount: z.int(),
  months: HealthReportSchema.shape.months,
});
export type HealthScore = z.output<typeof HealthScoreSchema>;

/** A user's word on a suspect, named by its kind and bars as the report has them. */
export const SuspectReviewSchema = z.strictObject({
  seriesId: Id,
  kind: SuspectKindSchema,
  from: Time,
  to: Time,
  /** True: in order, counts no more. False: takes that back. */
  isFine: z.boolean(),
});
export type SuspectReview = z.output<typeof SuspectReviewSchema>;

/** Bars to take out, both ends included, as an import of its own that can be undone. */
export const DropBarsSchema = z.strictObject({
  seriesId: Id,
  from: Time,
  to: Time,
  /** Why, for the list of imports. */
  reason: z.string().max(200).default(''),
});
export type DropBars = z.output<typeof DropBarsSchema>;
