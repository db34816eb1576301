import * as z from 'zod';

/** Bytes of the largest request: a strategy's source, twice over. */
export const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

// oRPC's framing (`i` id, `t` kind, `p` payload) as far as this contract needs it: a call with a JSON body, and the
// end of one. Calls take no uploads and no streams, so binary requests do not exist.
const RequestSchema = z.union([
  z.strictObject({ i: z.string().min(1).max(64), t: z.literal(4), p: z.null().optional() }),
  z.strictObject({
    i: z.string().min(1).max(64),
    p: z.strictObject({ u: z.string().regex(/^(\/\w{1,64}){1,8}$/), b: z.unknown().optional() }),
  }),
]);

/**
 * Whether a message from a window may reach the RPC handler. The handler's own decoder throws past its caller on
 * anything malformed, which must not end the application.
 */
export function isRpcMessage(message: unknown): boolean {
  if (typeof message !== 'string' || message.length > MAX_REQUEST_BYTES) return false;
  try {
    return RequestSchema.safeParse(JSON.parse(message)).success;
  } catch {
    return false;
  }
}
