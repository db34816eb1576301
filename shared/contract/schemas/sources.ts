import * as z from 'zod';
import { DateOrTime, TickerSchema } from './basics.ts';
import { ImportReportSchema } from './library.ts';
import { taskEvent } from './tasks.ts';

export const SOURCE_IDS = ['s3', 'binance', 'alpaca'] as const;
export const SourceIdSchema = z.enum(SOURCE_IDS);
export type SourceId = z.output<typeof SourceIdSchema>;

/** A place on the network that bars can be fetched from. All are off until the user turns them on. */
export const SourceStateSchema = z.object({
  id: SourceIdSchema,
  name: z.string(),
  enabled: z.boolean(),
  /** What leaves the machine when it is used, in one sentence. */
  privacy: z.string(),
  /** Settings that are no secrets: bucket, prefix, profile, region, feed. */
  settings: z.record(z.string(), z.string()),
  /** Secrets the source needs, and whether the system's key store holds them. They are never sent to a page. */
  secrets: z.array(z.object({ name: z.string(), label: z.string(), isStored: z.boolean() })),
  /** Null when it can be used; else what is missing and what to do. */
  missing: z.string().nullable(),
});
export type SourceState = z.output<typeof SourceStateSchema>;

export const SourceChangeSchema = z.strictObject({
  id: SourceIdSchema,
  enabled: z.boolean().exactOptional(),
  settings: z.record(z.string().max(40), z.string().max(500)).exactOptional(),
  /** Null removes a secret from the key store. */
  secrets: z.record(z.string().max(40), z.string().max(500).nullable()).exactOptional(),
});

export const FetchRequestSchema = z.strictObject({
  id: SourceIdSchema,
  /** Symbols of the source; for `s3` the keys under the prefix, empty: all. */
  symbols: z.array(TickerSchema.or(z.string().max(1024))).max(5_000),
  every: z.string().max(8).default('1m'),
  from: DateOrTime.nullable().default(null),
  to: DateOrTime.nullable().default(null),
});
export const FetchResultSchema = z.object({ reports: z.array(ImportReportSchema) });
export const FetchEventSchema = taskEvent(FetchResultSchema);
