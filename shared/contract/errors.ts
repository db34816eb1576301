/**
 * Every failure a user can meet, as a closed set of codes. `message` says what happened and why, `hint` what to do.
 * Anything that is not an AppError is a bug and travels as `internal`.
 */
export const ERROR_CODES = [
  'bad-request', // the request itself is malformed: wrong type, unknown field, value out of range
  'cancelled', // the user stopped it: nothing to report
  'not-found', // a series, run, strategy, import or file that is not there
  'file-unreadable', // missing, no permission, truncated, not a file
  'file-format', // readable, but not bars: binary, HTML, empty, no such column
  'data-missing', // the run asks for bars that the library does not hold
  'data-doubtful', // a check asked for sounder bars than the library holds
  'data-changed', // the bars differ from those the manifest names
  'strategy-syntax', // does not compile: file, line and column are given
  'strategy-error', // threw while running: line and bar are given
  'strategy-stuck', // made no progress: stopped
  'look-ahead', // the leak test found past decisions that depend on later bars
  'strategy-forbidden', // reached for something strategies may not have
  'library-damaged', // a stored checksum does not match
  'library-newer', // written by a later version of Hindsight
  'library-busy', // another Hindsight holds the library
  'disk', // no space, no permission to write
  'source-off', // a source on the network that is not turned on, or not set up
  'source-denied', // it refuses the key, or the key may not do this
  'source-limit', // it wants to be asked less often, or a quota is used up
  'source-failed', // it answered with a failure of its own, or with something that makes no sense
  'network', // it cannot be reached: no network, no such host, TLS, broken off
  'internal', // ours: please report
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorDetail {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The name of the offending field, parameter or column. */
  readonly field?: string;
  /** What to do next, one sentence. */
  readonly hint?: string;
}

export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail: ErrorDetail;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }

  toPlain(): PlainError {
    return { code: this.code, message: this.message, detail: this.detail };
  }
}

/** Whatever was thrown, as data that crosses a thread, a socket or a process. */
export function toPlainError(thrown: unknown): PlainError {
  if (thrown instanceof AppError) return thrown.toPlain();
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return { code: 'cancelled', message, detail: {} };
  return { code: 'internal', message, detail: {} };
}

export function fromPlainError(plain: PlainError): AppError {
  return new AppError(plain.code, plain.message, plain.detail);
}

/** One line for a terminal or a log: `strategy-syntax: my.ts:3:7: Unexpected token. Correct the line.` */
export function describeError(error: PlainError): string {
  const { file, line, column, hint } = error.detail;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const message = /[.!?…]$/.test(error.message) || hint === undefined ? error.message : `${error.message}.`;
  return `${error.code}: ${place === '' ? '' : `${place}: `}${message}${hint === undefined ? '' : ` ${hint}`}`;
}
