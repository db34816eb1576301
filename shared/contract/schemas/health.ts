import * as z from 'zod';
import { Time } from './basics.ts';

/** Kinds of sickness of a series, worst first; each is described in shared/health. */
export const SUSPECT_KINDS = [
  'missing-session',
  'gap',
  'likely-split',
  'doubled-split',
  'unit-jump',
  'spike',
  'ohlc-order',
  'stale-prices',
  'zero-volume',
  'outside-session',
] as const;

export const SuspectSchema = z.object({
  kind: z.enum(SUSPECT_KINDS),
  /** First and last bar concerned (for a gap: the bars around it). */
  from: Time,
  to: Time,
  fromBar: z.int(),
  toBar: z.int(),
  /** "close 100.2 after 10.01: 10.01 times" */
  detail: z.string(),
  /** 0 (mild) to 1 (wrong for certain). */
  severity: z.number().min(0).max(1),
});
export type Suspect = z.output<typeof SuspectSchema>;

export const HealthPartSchema = z.object({
  id: z.enum(SUSPECT_KINDS),
  label: z.string(),
  /** 0 to 100. */
  score: z.number(),
  count: z.int(),
  /** How the score was computed, with its figures. */
  convention: z.string(),
});

export const HealthReportSchema = z.object({
  /** 0 to 100: the lowest part decides most; see shared/health/score.ts. */
  score: z.number(),
  calendar: z.string(),
  parts: z.array(HealthPartSchema),
  /** Worst first, at most 1,000; `suspectCount` counts all. */
  suspects: z.array(SuspectSchema),
  suspectCount: z.int(),
  /** One entry per session of the calendar: [midnight of its day UTC, bars, bars expected]. */
  days: z.array(z.tuple([Time, z.int(), z.int()])),
  /** Share of missing bars per month, newest last, at most 12: for the sparkline. */
  months: z.array(z.tuple([z.string(), z.number()])),
});
export type HealthReport = z.output<typeof HealthReportSchema>;
