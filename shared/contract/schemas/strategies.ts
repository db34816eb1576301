import * as z from 'zod';
import { Id } from './basics.ts';
import { PlainErrorSchema } from './plain-error.ts';

export const ParameterSchema = z.union([
  z.object({
    kind: z.enum(['integer', 'number']),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    step: z.number(),
    label: z.string().exactOptional(),
    help: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('boolean'),
    default: z.boolean(),
    label: z.string().exactOptional(),
    help: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('text'),
    default: z.string(),
    label: z.string().exactOptional(),
    help: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('choice'),
    default: z.string(),
    options: z.array(z.string()).readonly(),
    label: z.string().exactOptional(),
    help: z.string().exactOptional(),
  }),
]);

export const ParametersSchema = z.record(z.string(), ParameterSchema);

export const StrategySummarySchema = z.object({
  id: Id,
  name: z.string(),
  /** `built-in` ships with Hindsight and is read-only; `user` lies in the library's strategies folder. */
  origin: z.enum(['built-in', 'user']),
  /** First sentence of the file's leading comment. */
  description: z.string(),
});
export type StrategySummary = z.output<typeof StrategySummarySchema>;

export const StrategyDetailSchema = StrategySummarySchema.extend({
  fileName: z.string(),
  source: z.string(),
  sourceSha256: z.string(),
  /** Null when it does not compile or load; then `error` says why. */
  params: ParametersSchema.nullable(),
  error: PlainErrorSchema.nullable(),
});
export type StrategyDetail = z.output<typeof StrategyDetailSchema>;
