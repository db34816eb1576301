import * as z from 'zod';

export const AppInfoSchema = z.object({
  version: z.string(),
  face: z.enum(['desktop', 'browser', 'terminal']),
  nodeVersion: z.string(),
  libraryPath: z.string(),
  libraryBytes: z.number(),
  /** Bars decoded in memory. */
  cacheBytes: z.number(),
  workers: z.int(),
  workersBusy: z.int(),
});
export type AppInfo = z.output<typeof AppInfoSchema>;
