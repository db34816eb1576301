import { AppError } from '../../shared/contract/errors.ts';

/** Runs a piece of work on the library; failures of SQLite come out as AppErrors that name the library's folder. */
export function withStoreErrors<T>(libraryPath: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw explainStoreError(thrown, libraryPath);
  }
}

/** The AppError for a failure of SQLite; anything else as it is. */
export function explainStoreError(thrown: unknown, libraryPath: string): unknown {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (thrown instanceof AppError || typeof code !== 'string' || !code.startsWith('SQLITE_')) return thrown;
  const { message } = thrown as Error;
  const fail = (kind: 'library-busy' | 'library-damaged' | 'disk', text: string, hint: string) =>
    new AppError(kind, `${text}: ${message}`, { file: libraryPath, hint }, { cause: thrown });
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return fail(
      'library-busy',
      `Another Hindsight is writing to ${libraryPath}`,
      'Wait until it is done, or close it.',
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return fail(
      'library-damaged',
      `The library in ${libraryPath} is damaged`,
      'Restore the folder from a backup, or choose another one.',
    );
  }
  if (code === 'SQLITE_FULL') {
    return fail(
      'disk',
      `No space left to write to ${libraryPath}`,
      'Free some space; the library is as it was before.',
    );
  }
  if (/^SQLITE_(CANTOPEN|READONLY|IOERR|PERM)/.test(code)) {
    return fail(
      'disk',
      `Cannot read or write ${libraryPath}`,
      'Check that the folder exists and that you may write to it.',
    );
  }
  return thrown;
}
