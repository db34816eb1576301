import { describe, expect, test } from 'vitest';
import { PassingFailure, retrying } from '../../../electron/sources/retry.ts';
import { TokenBucket } from '../../../electron/sources/token-bucket.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { TestClock } from './test-clock.ts';

const never = new AbortController().signal;
const failure = new AppError('source-failed', 'in trouble');
const passing = (options: { tries?: number; after?: number; progressed?: boolean } = {}) =>
  new PassingFailure(failure, { tries: 4, ...options });

/** Fails as often as there are failures, then succeeds. */
function failing(...failures: Error[]) {
  let calls = 0;
  const attempt = async () => {
    const next = failures[calls++];
    if (next !== undefined) throw next;
    return calls;
  };
  return { attempt, calls: () => calls };
}

describe('trying again', () => {
  test('pauses that double, with chance in them', async () => {
    const clock = new TestClock(0);
    const { attempt } = failing(passing(), passing(), passing());
    expect(await retrying(attempt, { clock, signal: never })).toBe(4);
    expect(clock.slept).toEqual([375, 750, 1500]);
  });

  test('ends after the tries that it is worth, with the error itself', async () => {
    const clock = new TestClock(0);
    const { attempt, calls } = failing(passing(), passing(), passing(), passing(), passing());
    await expect(retrying(attempt, { clock, signal: never })).rejects.toBe(failure);
    expect(calls()).toBe(4);
  });

  test('waits as long as it was asked to, and a little more', async () => {
    const clock = new TestClock(0);
    const pauses: number[] = [];
    const { attempt } = failing(passing({ after: 7_000 }));
    await retrying(attempt, { clock, signal: never, onPause: (pause) => pauses.push(pause) });
    expect(clock.slept).toEqual([7_350]);
    expect(pauses).toEqual([7_350, 0]);
  });

  test('does not wait for an hour, but says so', async () => {
    const clock = new TestClock(0);
    const { attempt, calls } = failing(passing({ after: 3_600_000 }));
    await expect(retrying(attempt, { clock, signal: never })).rejects.toBe(failure);
    expect([calls(), clock.slept]).toEqual([1, []]);
  });

  test('tries that brought something do not count', async () => {
    const clock = new TestClock(0);
    const steps = Array.from({ length: 20 }, () => passing({ tries: 2, progressed: true }));
    expect(await retrying(failing(...steps).attempt, { clock, signal: never })).toBe(21);
    const endless = Array.from({ length: 200 }, () => passing({ tries: 2, progressed: true }));
    const { attempt, calls } = failing(...endless);
    await expect(retrying(attempt, { clock, signal: never })).rejects.toBe(failure);
    expect(calls()).toBe(100);
  });

  test('what will not pass is not tried again', async () => {
    const clock = new TestClock(0);
    const { attempt, calls } = failing(failure);
    await expect(retrying(attempt, { clock, signal: never })).rejects.toBe(failure);
    expect(calls()).toBe(1);
  });

  test('stops while it pauses', async () => {
    const stop = new AbortController();
    const clock = new TestClock(0);
    const { attempt, calls } = failing(passing(), passing());
    const onPause = () => stop.abort();
    await expect(retrying(attempt, { clock, signal: stop.signal, onPause })).rejects.toThrow(/abort/i);
    expect(calls()).toBe(1);
  });
});

describe('a rate limit', () => {
  test('lets a burst through, then keeps the pace in the order of asking', async () => {
    const clock = new TestClock(0);
    const bucket = new TokenBucket({ capacity: 3, perSecond: 2 }, clock);
    for (let call = 0; call < 3; call++) await bucket.take(1, never);
    expect(clock.slept).toEqual([]);
    await bucket.take(1, never);
    await bucket.take(2, never);
    expect(clock.slept).toEqual([500, 1000]);
    clock.advance(3_600_000);
    for (let call = 0; call < 3; call++) await bucket.take(1, never);
    await bucket.take(1, never);
    expect(clock.slept).toEqual([500, 1000, 500]);
  });

  test('many calls at once never exceed it', async () => {
    const waits: number[] = [];
    const clock = new TestClock(0);
    clock.sleep = async (milliseconds) => void waits.push(milliseconds); // the clock stands still
    const bucket = new TokenBucket({ capacity: 1, perSecond: 10 }, clock);
    await Promise.all(Array.from({ length: 5 }, () => bucket.take(1, never)));
    expect(waits).toEqual([100, 200, 300, 400]);
  });

  test('closed until a time', async () => {
    const clock = new TestClock(1_000);
    const bucket = new TokenBucket({ capacity: 3, perSecond: 2 }, clock);
    bucket.closeUntil(9_000);
    bucket.closeUntil(5_000);
    expect(bucket.closedFor()).toBe(8_000);
    await bucket.take(1, never);
    expect(clock.slept).toEqual([8_000]);
    expect(bucket.closedFor()).toBe(0);
  });

  test('gives back what a stopped caller had set aside', async () => {
    const clock = new TestClock(0);
    const bucket = new TokenBucket({ capacity: 1, perSecond: 1 }, clock);
    await bucket.take(1, never);
    const stop = new AbortController();
    const waiting = bucket.take(1, stop.signal, () => stop.abort());
    await expect(waiting).rejects.toThrow(/abort/i);
    await bucket.take(1, never);
    expect(clock.slept).toEqual([1_000]);
  });

  test('a clock that is set back takes nothing away', async () => {
    const clock = new TestClock(10_000);
    const bucket = new TokenBucket({ capacity: 2, perSecond: 1 }, clock);
    await bucket.take(1, never);
    clock.advance(-5_000);
    await bucket.take(1, never);
    expect(clock.slept).toEqual([]);
  });
});
