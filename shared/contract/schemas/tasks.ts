import * as z from 'zod';

/** `done` and `total` in `unit`; total null while unknown. `rate` per second, `secondsLeft` null while unknown. */
export const ProgressSchema = z.object({
  stage: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type Progress = z.output<typeof ProgressSchema>;

/** What a long task tells: progress, then its result. */
export const taskEvent = <T extends z.ZodType>(result: T) =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('progress'), progress: ProgressSchema }),
    z.object({ type: z.literal('done'), result }),
  ]);

/** The same of a task that is a job: it goes on when its consumer goes away, and is cancelled by its id. */
export const jobEvent = <T extends z.ZodType>(result: T) =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('started'), jobId: z.string() }),
    z.object({ type: z.literal('progress'), progress: ProgressSchema }),
    z.object({ type: z.literal('done'), result }),
  ]);
