import type { Clock } from '../../../electron/sources/clock.ts';

/** A clock that moves only while somebody sleeps, and writes down for how long. */
export class TestClock implements Clock {
  readonly slept: number[] = [];
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.slept.push(milliseconds);
    this.#now += milliseconds;
  }

  random(): number {
    return 0.5;
  }
}
