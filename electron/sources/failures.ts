import { AppError } from '../../shared/contract/errors.ts';
import { PassingFailure } from './retry.ts';

const TRIES = 5;
/** Without any network there is nobody to wait for. */
const UNREACHABLE_TRIES = 3;
const QUOTED = 200;

/** What a server said, fit for one line of a message. */
export function quoted(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > QUOTED ? `${line.slice(0, QUOTED)}…` : line;
}

const UNREACHABLE = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN'];
const TOO_SLOW = [
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'TimeoutError',
];

/**
 * A connection that failed, from whichever library: the code of the innermost cause decides. `progressed` as in
 * PassingFailure.
 */
export function networkFailure(thrown: unknown, host: string, progressed = false): PassingFailure {
  const { code, message } = innermost(thrown);
  const network = (text: string, hint: string, tries: number) =>
    new PassingFailure(new AppError('network', text, { hint }), { tries, progressed });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') {
    return network(
      `The name ${host} cannot be looked up`,
      'Check that this computer is online, and the address in the settings of the source.',
      UNREACHABLE_TRIES,
    );
  }
  if (UNREACHABLE.includes(code)) {
    return network(
      `${host} cannot be reached (${code})`,
      'Check that this computer is online, and whether a firewall or a proxy stands between.',
      UNREACHABLE_TRIES,
    );
  }
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/.test(code)) {
    return network(
      `No safe connection to ${host}: ${quoted(message)} (${code})`,
      certificateHint(code),
      1, // no pause mends a certificate
    );
  }
  if (TOO_SLOW.includes(code)) {
    return network(
      `${host} did not answer in time`,
      'Try again later; what was imported stays, and the next fetch goes on there.',
      TRIES,
    );
  }
  return network(
    `The connection to ${host} broke off: ${quoted(message)}${code === '' ? '' : ` (${code})`}`,
    'Fetch again: what was imported stays, and the rest goes on where it broke off.',
    TRIES,
  );
}

function certificateHint(code: string): string {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return 'Check the clock and the date of this computer.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return 'Another server answers under this name: check the address and the network you are in.';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return 'Check that the address begins with the right one of http:// and https://.';
  return 'A proxy or a virus scanner may be opening the connection: name its certificate in NODE_EXTRA_CA_CERTS and start Hindsight again.';
}

/** fetch() wraps the cause; a host with several addresses fails with one error for each. */
function innermost(thrown: unknown): { code: string; message: string } {
  let error = thrown as {
    code?: unknown;
    name?: unknown;
    message?: unknown;
    cause?: unknown;
    errors?: unknown;
  };
  while (typeof error?.cause === 'object' && error.cause !== null) error = error.cause as typeof error;
  if (Array.isArray(error?.errors) && error.errors.length > 0 && typeof error.code !== 'string')
    error = error.errors[0];
  const code =
    typeof error?.code === 'string' ? error.code : error?.name === 'TimeoutError' ? 'TimeoutError' : '';
  return { code, message: String(error?.message ?? thrown) };
}

/** An answer with a status that is none of success. */
export interface Refusal {
  /** The source's name. */
  readonly source: string;
  readonly host: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly now: number;
}

/** What a status means where the source says nothing more particular. */
export function statusFailure(refusal: Refusal): AppError | PassingFailure {
  const { source, host, status, body } = refusal;
  const said = body.trim() === '' ? '' : `: ${quoted(messageIn(body))}`;
  const fail = (code: 'source-denied' | 'source-failed' | 'not-found', text: string, hint: string) =>
    new AppError(code, `${source} ${text}${said}`, { hint });
  if (status === 429 || status === 418) return limitFailure(refusal);
  if (status >= 300 && status < 400) {
    return fail(
      'source-failed',
      `wants to send us from ${host} to another address (${status})`,
      'Put the new address into the settings of the source, if you trust it.',
    );
  }
  if (status === 401) return fail('source-denied', 'does not accept the key (401)', 'Enter the key anew.');
  if (status === 403)
    return fail('source-denied', 'refuses this request (403)', 'Check what the key may do, or your network.');
  if (status === 451) {
    return fail(
      'source-denied',
      'does not serve the place you are in (451)',
      'Use the address it has for your country, in the settings of the source.',
    );
  }
  if (status === 404)
    return fail('not-found', 'does not have that (404)', 'Check the spelling of the symbol.');
  if (status === 408 || status === 425 || status >= 500) {
    return new PassingFailure(
      fail('source-failed', `is in trouble (${status})`, 'Try again in a few minutes.'),
      { tries: TRIES, after: retryAfter(refusal) },
    );
  }
  return fail(
    'source-failed',
    `refused the request (${status})`,
    'Check the symbol, the bars and the range.',
  );
}

/** Asked too often. `Retry-After` says for how long to keep quiet; 418 is Binance's ban for not keeping quiet. */
export function limitFailure(refusal: Refusal): PassingFailure {
  const { source, status, body, now } = refusal;
  const after = retryAfter(refusal);
  const said = body.trim() === '' ? '' : `: ${quoted(messageIn(body))}`;
  return new PassingFailure(
    new AppError('source-limit', `${source} wants to be asked less often (${status})${said}`, {
      hint: comeBack(after === null ? null : now + after),
    }),
    { tries: TRIES, after },
  );
}

/** The source has said before how long it wants no calls, and that time is not over. */
export function stillClosed(source: string, until: number): AppError {
  return new AppError('source-limit', `${source} wants no calls for now`, { hint: comeBack(until) });
}

function comeBack(at: number | null): string {
  const when =
    at === null
      ? 'in a few minutes'
      : `after ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `Fetch again ${when}: it goes on where it stopped.`;
}

/** Milliseconds that `Retry-After` asks for, in seconds or as a date; null without it. */
export function retryAfter({ headers, now }: Pick<Refusal, 'headers' | 'now'>): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** The message inside a JSON answer; else the text. A page of HTML is not worth quoting. */
function messageIn(body: string): string {
  if (/^\s*</.test(body)) return 'a web page';
  try {
    const { message, msg, error } = JSON.parse(body) as Record<string, unknown>;
    const found = [message, msg, error].find((one) => typeof one === 'string');
    return found ?? body;
  } catch {
    return body;
  }
}

/** A success that is no data: the sign-in page of a network, a text about quotas. */
export function nonsense(source: string, host: string, body: string): PassingFailure {
  const isPage = /^\s*</.test(body);
  const error = isPage
    ? new AppError('source-failed', `${host} answered with a web page instead of bars`, {
        hint: 'Sign in to the network you are in (open any page in a browser), or check the address.',
      })
    : new AppError(
        /limit|quota|exceed|too many/i.test(body) ? 'source-limit' : 'source-failed',
        `${source} answered with something that is no bars: ${quoted(body)}`,
        { hint: 'Try again later; if it stays so, check the address in the settings of the source.' },
      );
  return new PassingFailure(error, { tries: isPage ? 1 : UNREACHABLE_TRIES });
}
