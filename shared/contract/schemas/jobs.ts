import * as z from 'zod';
import { Id, Time } from './basics.ts';
import { PlainErrorSchema } from './plain-error.ts';
import { ProgressSchema } from './tasks.ts';

export const JOB_KINDS = ['import', 'run', 'sample', 'fetch', 'export'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** `interrupted`: Hindsight ended while it was waiting or running. */
export const JOB_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What a job made, to be opened. */
export const JobResultSchema = z.object({
  runId: Id.exactOptional(),
  importId: Id.exactOptional(),
  /** A few words: `348 469 bars of 3 series`. */
  text: z.string().exactOptional(),
});
export type JobResult = z.output<typeof JobResultSchema>;

export const JobSchema = z.object({
  id: Id,
  kind: z.enum(JOB_KINDS),
  /** File, strategy and symbols, or source. */
  title: z.string(),
  state: z.enum(JOB_STATES),
  createdAt: Time,
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  /** Where it runs: `this machine` until there are others. */
  where: z.string(),
  /** The latest, while it runs. */
  progress: ProgressSchema.nullable(),
  result: JobResultSchema.nullable(),
  error: PlainErrorSchema.nullable(),
  /** Whether it can be done again as it was asked for. */
  canRetry: z.boolean(),
});
export type Job = z.output<typeof JobSchema>;

/** What can be removed, with ten seconds to take it back. */
export const REMOVAL_KINDS = ['run', 'series', 'strategy', 'import'] as const;
export type RemovalKind = (typeof REMOVAL_KINDS)[number];

/** The answer to a removal: what is asked to take it back, while there is time. */
export const RemovedSchema = z.object({ removalId: Id });
