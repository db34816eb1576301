import { mapEventIterator, ORPCError } from '@orpc/client'; // the errors and iterators of oRPC, as both of its ends know them
import type { StandardRPCHandlerOptions } from '@orpc/server/standard';
import {
  AppError,
  ERROR_CODES,
  type ErrorCode,
  type PlainError,
  toPlainError,
} from '../../shared/contract/errors.ts';

/** An AppError on its way to a window: `data` holds all of it, `code` and `message` repeat it for oRPC. */
export type RpcError = ORPCError<ErrorCode, PlainError>;

/** Whatever a call threw, as the error that crosses the transport. */
export function toRpcError(thrown: unknown): RpcError {
  if (isRpcError(thrown)) return thrown;
  const plain = thrown instanceof ORPCError ? fromLibrary(thrown) : toPlainError(thrown);
  return new ORPCError(plain.code, { message: plain.message, data: plain, cause: thrown });
}

/**
 * Options for the RPC handler of every transport: failures of a call, of its stream and of the request itself all
 * leave as RpcErrors. `reportBug` gets what is not an AppError, with its stack.
 */
export function rpcOptions(
  reportBug: (thrown: unknown) => void,
): Pick<StandardRPCHandlerOptions<Record<never, never>>, 'interceptors' | 'clientInterceptors'> {
  const translate = (thrown: unknown) => {
    const error = toRpcError(thrown);
    if (error.data.code === 'internal' && error !== thrown) reportBug(thrown);
    return error;
  };
  return {
    interceptors: [
      async ({ next, request }) => {
        try {
          const result = await next();
          if (result.matched) return result;
        } catch (thrown) {
          throw translate(thrown);
        }
        throw toRpcError(new AppError('bad-request', `There is no call ${request.url.pathname}`));
      },
    ],
    clientInterceptors: [
      async ({ next }) => {
        const output = await next();
        return isAsyncIterator(output)
          ? mapEventIterator(output, { value: async (event) => event, error: async (e) => translate(e) })
          : output;
      },
    ],
  };
}

function isRpcError(thrown: unknown): thrown is RpcError {
  return thrown instanceof ORPCError && ERROR_CODES.includes(thrown.code as ErrorCode);
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}

type Issue = { readonly message: string; readonly path?: readonly (PropertyKey | { key: PropertyKey })[] };

/** What oRPC itself throws: input or output against the contract's schemas, and requests that it cannot read. */
function fromLibrary(error: ORPCError<string, unknown>): PlainError {
  const holder = (error.data ?? error.cause ?? {}) as { issues?: readonly Issue[] };
  const issue = holder.issues?.[0];
  const field = issue?.path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  const isOurs = error.code !== 'BAD_REQUEST' && error.code !== 'NOT_FOUND';
  return {
    code: isOurs ? 'internal' : 'bad-request',
    message:
      issue === undefined ? error.message : `${error.message}: ${field ? `${field}: ` : ''}${issue.message}`,
    detail: field ? { field } : {},
  };
}
