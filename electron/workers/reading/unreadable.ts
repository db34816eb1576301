import { AppError } from '../../../shared/contract/errors.ts';

/** Why a file cannot be read, as an AppError (file-unreadable); AppErrors pass as they are. */
export function unreadable(name: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  const [what, hint] = reason(code, message);
  return new AppError('file-unreadable', what, { file: name, hint }, { cause });
}

function reason(code: string | undefined, message: string): readonly [what: string, hint: string] {
  if (code === 'ENOENT') return ['There is no such file', 'Check the name and the folder.'];
  if (code === 'EACCES' || code === 'EPERM') {
    return ['You may not read this file', 'Change its permissions, or copy it.'];
  }
  if (code === 'Z_BUF_ERROR' || code === 'ZSTD_error_srcSize_wrong' || /unexpected end/i.test(message)) {
    return ['The packed file is cut short; nothing was imported', 'Download it again.'];
  }
  if (code?.startsWith('Z_') === true || code?.startsWith('ZSTD_') === true) {
    return [`The packed file is damaged (${message}); nothing was imported`, 'Download it again.'];
  }
  return [`The file cannot be read: ${message}`, 'Check that it opens in another program.'];
}
