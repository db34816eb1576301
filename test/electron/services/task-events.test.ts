import { expect, test } from 'vitest';
import { resultOf, taskEvents } from '../../../electron/services/task-events.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';

const progress = (done: number): Progress => ({
  stage: 'running',
  done,
  total: 3,
  unit: 'bars',
  rate: null,
  secondsLeft: null,
});
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('progress, then the result', async () => {
  const seen: number[] = [];
  const events = taskEvents(async (onProgress) => {
    for (const done of [1, 2, 3]) {
      onProgress(progress(done));
      await pause(5);
    }
    return 'ready';
  });
  expect(await resultOf(events, ({ done }) => seen.push(done))).toBe('ready');
  expect(seen).toEqual([1, 2, 3]);
});

test('a slow consumer gets the latest progress, not a queue', async () => {
  const seen: number[] = [];
  const events = taskEvents(async (onProgress) => {
    for (let done = 1; done <= 50; done++) {
      onProgress(progress(done));
      await pause(1);
    }
    return 'ready';
  });
  for await (const event of events) {
    if (event.type === 'progress') {
      seen.push(event.progress.done);
      await pause(20);
    }
  }
  expect(seen.length).toBeLessThan(20);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('breaking off stops the task', async () => {
  let stopped = false;
  const events = taskEvents(async (onProgress, signal) => {
    signal.addEventListener('abort', () => (stopped = true));
    while (!signal.aborted) {
      onProgress(progress(1));
      await pause(2);
    }
    return 'late';
  });
  for await (const event of events) {
    expect(event.type).toBe('progress');
    break;
  }
  expect(stopped).toBe(true);
});

test('a failure reaches the consumer', async () => {
  const events = taskEvents(() => Promise.reject(new Error('no')));
  await expect(resultOf(events)).rejects.toThrow('no');
});
