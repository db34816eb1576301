import * as z from 'zod';
import { ERROR_CODES } from '../errors.ts';

export const PlainErrorSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  detail: z.object({
    file: z.string().exactOptional(),
    line: z.number().exactOptional(),
    column: z.number().exactOptional(),
    field: z.string().exactOptional(),
    hint: z.string().exactOptional(),
  }),
});
