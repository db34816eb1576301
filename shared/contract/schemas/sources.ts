import * as z from 'zod';
import { DateOrTime, IntervalSchema } from './basics.ts';
import { ImportReportSchema } from './library.ts';
import { PlainErrorSchema } from './plain-error.ts';
import { ProgressSchema } from './tasks.ts';

export const SOURCE_IDS = ['s3', 'binance', 'alpaca'] as const;
export const SourceIdSchema = z.enum(SOURCE_IDS);
export type SourceId = z.output<typeof SourceIdSchema>;

/** A setting that is no secret: bucket, prefix, profile, region, base URL, feed. */
export const SourceSettingSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** Empty: not set, `fallback` holds. */
  value: z.string(),
  /** What holds where nothing is set; empty: nothing, or what the system's own configuration says. */
  fallback: z.string(),
  /** The values it can take, or null for free text. */
  choices: z.array(z.string()).nullable(),
  /** One sentence for the field. */
  help: z.string(),
});
export type SourceSetting = z.output<typeof SourceSettingSchema>;

/** A place on the network that bars can be fetched from. All are off until the user turns them on. */
export const SourceStateSchema = z.object({
  id: SourceIdSchema,
  name: z.string(),
  enabled: z.boolean(),
  /** What leaves the machine when it is used, in one sentence. */
  privacy: z.string(),
  settings: z.array(SourceSettingSchema),
  /**
   * Secrets the source needs, and where each lies: in the system's key store, in the environment Hindsight was started
   * with, or nowhere (null). The values are never sent to a page.
   */
  secrets: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      heldIn: z.enum(['key-store', 'environment']).nullable(),
    }),
  ),
  /** Null when secrets can be put into the key store; else why not and what to do instead. */
  noKeyStore: z.string().nullable(),
  /** What to ask for: symbols, or keys under a prefix where none means all; lengths of bars, null: the files tell. */
  symbols: z.object({ label: z.string(), example: z.string(), isRequired: z.boolean() }),
  intervals: z.array(IntervalSchema).nullable(),
  hasRange: z.boolean(),
  /** Null when it can be used; else what is missing and what to do. */
  missing: z.string().nullable(),
});
export type SourceState = z.output<typeof SourceStateSchema>;

export const SourceChangeSchema = z.strictObject({
  id: SourceIdSchema,
  enabled: z.boolean().exactOptional(),
  /** An empty value takes the setting back. */
  settings: z.record(z.string().max(40), z.string().max(500)).exactOptional(),
  /** Null removes a secret from the key store. */
  secrets: z.record(z.string().max(40), z.string().max(500).nullable()).exactOptional(),
});
export type SourceChange = z.output<typeof SourceChangeSchema>;

export const FetchRequestSchema = z.strictObject({
  id: SourceIdSchema,
  /** Symbols of the source; for `s3` the keys of objects, empty: all under the prefix. */
  symbols: z.array(z.string().min(1).max(1024)).max(5_000),
  every: IntervalSchema.default('1m'),
  /**
   * Both inclusive, a date alone means its whole day, as in a run; null: as far as the source goes back, and up to its
   * last complete bar.
   */
  from: DateOrTime.nullable().default(null),
  to: DateOrTime.nullable().default(null),
  /** Fetches what was fetched before once more: to mend a damaged library, or to see corrections of the vendor. */
  again: z.boolean().default(false),
});
export type FetchRequest = z.output<typeof FetchRequestSchema>;
export type FetchRequestInput = z.input<typeof FetchRequestSchema>;

/** What a fetch would do. Parts are the units of resuming: each is one import, done or not done. */
export const FetchPlanSchema = z.object({
  parts: z.array(
    z.object({
      name: z.string(),
      /** Null while unknown. */
      bytes: z.number().nullable(),
      /** An import in the library came from it; it is skipped unless asked for again. */
      isHeld: z.boolean(),
    }),
  ),
});
export type FetchPlan = z.output<typeof FetchPlanSchema>;

export const FETCH_STAGES = ['waiting', 'planning', 'fetching', 'pausing', 'importing'] as const;

/** `done` and `total` count parts. `pausing`: the source asked to slow down, or a broken part waits for its next try. */
export const FetchProgressSchema = ProgressSchema.extend({
  stage: z.enum(FETCH_STAGES),
  /** The part at hand. */
  part: z.string().nullable(),
  /** Fetched so far in this call. */
  bytes: z.number(),
  bytesPerSecond: z.number().nullable(),
});
export type FetchProgress = z.output<typeof FetchProgressSchema>;

export const FetchResultSchema = z.object({
  /** One per part that brought bars. */
  reports: z.array(ImportReportSchema),
  /** Parts that the library held already. */
  skipped: z.int(),
  /** Parts for which the source has no bars. */
  empty: z.array(z.string()),
  /** Parts that failed while others went well: unknown symbols, files that are no bars. */
  failures: z.array(z.object({ part: z.string(), error: PlainErrorSchema })),
});
export type FetchResult = z.output<typeof FetchResultSchema>;

export const FetchEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), jobId: z.string() }),
  z.object({ type: z.literal('progress'), progress: FetchProgressSchema }),
  z.object({ type: z.literal('done'), result: FetchResultSchema }),
]);
