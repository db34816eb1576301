import { AppError } from '../../shared/contract/errors.ts';
import { VERSION } from '../../shared/version.ts';
import type { Clock } from './clock.ts';
import { networkFailure, nonsense, type Refusal, statusFailure, stillClosed } from './failures.ts';
import { prepareNetwork } from './network.ts';
import type { PartialFile } from './partial-file.ts';
import { LONGEST_PAUSE, PassingFailure, retrying } from './retry.ts';
import { Stall } from './stall.ts';
import type { TokenBucket } from './token-bucket.ts';

/** No answer in JSON is longer. */
const MOST_TEXT_BYTES = 64 * 2 ** 20;
const RANGE_NOT_SATISFIABLE = 416;
/** Of an answer that refuses, only the beginning is read. */
const MOST_REFUSAL_BYTES = 16 * 1024;

export interface HttpOptions {
  /** The source's name, for messages. */
  readonly source: string;
  readonly bucket: TokenBucket;
  readonly clock: Clock;
  /** What the source itself says about a refusal, beyond its status; null: the status says it. */
  readonly explain?: (refusal: Refusal) => AppError | PassingFailure | null;
  /** Looks at the headers of every answer, for what they tell about limits. */
  readonly onAnswer?: (headers: Headers) => void;
  readonly stallMilliseconds?: number;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Tokens of the rate limit. */
  readonly cost?: number;
  readonly onPause?: (milliseconds: number) => void;
  /** Bytes of each piece as it arrives. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Calls over HTTP as all sources make them: within the rate limit, tried again where that helps, never redirected (a
 * key must not follow to another host), ended when nothing moves. Throws AppErrors; at once when the signal fires.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  /** The source's clock against ours, from its `Date` header. Milliseconds. */
  #skew = 0;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** Epoch milliseconds by the source's clock or ours, whichever is behind. */
  earlierNow(): number {
    return this.#options.clock.now() + Math.min(0, this.#skew);
  }

  /** The answer as JSON. */
  json(url: URL, options: CallOptions): Promise<unknown> {
    return this.#retrying(options, () =>
      this.#call(url, options, async (response, moved) => {
        const text = await readText(response, MOST_TEXT_BYTES, moved);
        try {
          return JSON.parse(text) as unknown;
        } catch {
          throw nonsense(this.#options.source, url.host, text);
        }
      }),
    );
  }

  /** The answer as text. */
  text(url: URL, options: CallOptions): Promise<string> {
    return this.#retrying(options, () =>
      this.#call(url, options, (response, moved) => readText(response, MOST_TEXT_BYTES, moved)),
    );
  }

  /** Fetches a file, on from where an earlier try broke off. */
  download(url: URL, file: PartialFile, options: CallOptions): Promise<void> {
    return this.#retrying(options, async () => {
      const from = file.size;
      const headers = { ...options.headers, ...(from > 0 ? { Range: `bytes=${from}-` } : {}) };
      try {
        await this.#call(url, { ...options, headers }, async (response, moved) => {
          // Everything was there already, or the file has changed since: the check of its content tells.
          if (response.status === RANGE_NOT_SATISFIABLE) return;
          const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
          if (from > 0 && Number(range?.[1]) !== from) await file.restart();
          for await (const piece of response.body ?? []) {
            moved(piece.byteLength);
            await file.append(piece);
          }
        });
      } catch (thrown) {
        if (!(thrown instanceof PassingFailure)) throw thrown;
        const { error, tries, after } = thrown;
        throw new PassingFailure(error, { tries, after, progressed: file.size > from });
      }
    });
  }

  #retrying<T>({ signal, onPause = () => {} }: CallOptions, attempt: () => Promise<T>): Promise<T> {
    return retrying(attempt, { clock: this.#options.clock, signal, onPause });
  }

  async #call<T>(
    url: URL,
    { signal, headers = {}, cost = 1, onPause = () => {}, onBytes = () => {} }: CallOptions,
    read: (response: Response, moved: (bytes: number) => void) => Promise<T>,
  ): Promise<T> {
    const { bucket, clock, source, explain = () => null, onAnswer = () => {} } = this.#options;
    prepareNetwork();
    if (bucket.closedFor() > LONGEST_PAUSE) throw stillClosed(source, clock.now() + bucket.closedFor());
    await bucket.take(cost, signal, onPause);
    const stall = new Stall(this.#options.stallMilliseconds);
    try {
      const response = await fetch(url, {
        headers: { 'User-Agent': `Hindsight/${VERSION}`, ...headers },
        redirect: 'manual',
        signal: AbortSignal.any([signal, stall.signal]),
      });
      stall.moved();
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) this.#skew = date - clock.now();
      onAnswer(response.headers);
      if (response.ok || (response.status === RANGE_NOT_SATISFIABLE && headers.Range !== undefined)) {
        return await read(response, (bytes) => {
          stall.moved();
          onBytes(bytes);
        });
      }
      const { status } = response;
      const body = await readText(response, MOST_REFUSAL_BYTES).catch(() => '');
      const refusal = { source, host: url.host, status, headers: response.headers, body, now: clock.now() };
      const failure = explain(refusal) ?? statusFailure(refusal);
      // The others of this source have to keep quiet as well.
      if (failure instanceof PassingFailure && failure.after !== null)
        bucket.closeUntil(clock.now() + failure.after);
      throw failure;
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof AppError || thrown instanceof PassingFailure) throw thrown;
      throw networkFailure(stall.signal.aborted ? stall.signal.reason : thrown, url.host);
    } finally {
      stall.end();
    }
  }
}

/** At most `most` bytes of an answer. */
async function readText(
  response: Response,
  most: number,
  moved: (bytes: number) => void = () => {},
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    moved(piece.byteLength);
    text += decoder.decode(piece, { stream: true });
    bytes += piece.byteLength;
    if (bytes > most) break;
  }
  return text;
}
