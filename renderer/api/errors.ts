import { AppError, type PlainError, toPlainError } from '../../shared/contract/errors.ts';

/** Whatever a call threw, as the core's own description of it. */
export function describeFailure(thrown: unknown): PlainError {
  if (thrown instanceof AppError) return thrown.toPlain();
  const data = (thrown as { data?: Partial<PlainError> } | null)?.data;
  if (typeof data?.code === 'string' && typeof data.message === 'string')
    return { detail: {}, ...data } as PlainError;
  return toPlainError(thrown);
}
