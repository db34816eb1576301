import type { AppError } from '../../shared/contract/errors.ts';
import type { Clock } from './clock.ts';

const FIRST_PAUSE = 500;
const LONGEST_BACKOFF = 30_000;
/** A source that wants to be left alone for longer gets its way: the fetch ends and says when to come back. */
export const LONGEST_PAUSE = 120_000;
/** Tries that brought something do not count as failed ones, but there is an end to them. */
const MOST_TRIES = 100;

/** A failure that may pass. */
export class PassingFailure extends Error {
  readonly error: AppError;
  readonly tries: number;
  readonly after: number | null;
  readonly progressed: boolean;

  /**
   * `tries` is how often it is worth trying in all, `after` how many milliseconds the source asked to wait, `progressed`
   * whether the try brought something that the next one builds upon.
   */
  constructor(error: AppError, options: { tries: number; after?: number | null; progressed?: boolean }) {
    super(error.message);
    this.error = error;
    this.tries = options.tries;
    this.after = options.after ?? null;
    this.progressed = options.progressed ?? false;
  }
}

export interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with the length of each pause, and with 0 when it is over. */
  readonly onPause?: (milliseconds: number) => void;
}

/**
 * Tries again after a PassingFailure: as long after as the source asked, else after a pause that doubles, with chance in
 * it so that many clients do not come back together. Throws the AppError of the last try.
 */
export async function retrying<T>(
  attempt: () => Promise<T>,
  { clock, signal, onPause = () => {} }: RetryOptions,
): Promise<T> {
  let failed = 0;
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof PassingFailure)) throw thrown;
      failed = thrown.progressed ? 1 : failed + 1;
      const pause = pauseAfter(failed, thrown.after, clock.random());
      if (failed >= thrown.tries || tries >= MOST_TRIES || pause > LONGEST_PAUSE) throw thrown.error;
      onPause(pause);
      await clock.sleep(pause, signal);
      onPause(0);
    }
  }
}

function pauseAfter(failed: number, after: number | null, chance: number): number {
  if (after !== null) return after * (1 + chance / 10);
  return Math.min(LONGEST_BACKOFF, FIRST_PAUSE * 2 ** (failed - 1)) * (0.5 + chance / 2);
}
