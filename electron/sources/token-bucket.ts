import type { Clock } from './clock.ts';

/** A rate limit: `perSecond` tokens flow in, up to `capacity`; calls wait in the order they came. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perMillisecond: number;
  readonly #clock: Clock;
  #tokens: number;
  #at: number;
  #closedUntil = 0;

  constructor({ capacity, perSecond }: { capacity: number; perSecond: number }, clock: Clock) {
    this.#capacity = capacity;
    this.#perMillisecond = perSecond / 1000;
    this.#clock = clock;
    this.#tokens = capacity;
    this.#at = clock.now();
  }

  /** Waits until `tokens` may be spent. They are set aside at once, so that nobody can overtake. */
  async take(
    tokens: number,
    signal: AbortSignal,
    onPause: (milliseconds: number) => void = () => {},
  ): Promise<void> {
    signal.throwIfAborted();
    this.#refill();
    this.#tokens -= tokens;
    const owed = this.#tokens < 0 ? -this.#tokens / this.#perMillisecond : 0;
    const pause = Math.max(owed, this.#closedUntil - this.#clock.now());
    if (pause <= 0) return;
    onPause(pause);
    try {
      await this.#clock.sleep(pause, signal);
    } catch (thrown) {
      this.#tokens += tokens;
      throw thrown;
    } finally {
      onPause(0);
    }
  }

  /** Nothing goes out before this time, whatever the bucket holds: the source said so. */
  closeUntil(time: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, time);
  }

  /** Milliseconds until the source may be asked again; 0: now. */
  closedFor(): number {
    return Math.max(0, this.#closedUntil - this.#clock.now());
  }

  #refill(): void {
    const now = this.#clock.now();
    // A clock that was set back must not take tokens away.
    const gained = Math.max(0, now - this.#at) * this.#perMillisecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + gained);
    this.#at = now;
  }
}
