import type { Progress } from '../../shared/contract/schemas.ts';

export type TaskEvent<T, P extends Progress = Progress> =
  | { readonly type: 'progress'; readonly progress: P }
  | { readonly type: 'done'; readonly result: T };

/**
 * A long task as an async iterator: the latest progress whenever the consumer is ready for it, then the result.
 * When the consumer breaks off (closes a tab, presses Cancel) the task's signal fires.
 */
export async function* taskEvents<T, P extends Progress = Progress>(
  task: (onProgress: (progress: P) => void, signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): AsyncGenerator<TaskEvent<T, P>, void, void> {
  const stop = new AbortController();
  const signal = outer === undefined ? stop.signal : AbortSignal.any([stop.signal, outer]);
  let latest: P | null = null;
  let wake: () => void = () => {};
  let finished = false;
  const outcome = task((progress) => {
    latest = progress;
    wake();
  }, signal).finally(() => {
    finished = true;
    wake();
  });
  outcome.catch(() => {}); // rethrown below by the await; without this an early return would leave it unhandled
  try {
    while (!finished) {
      if (latest === null) await new Promise<void>((resolve) => (wake = resolve));
      if (latest !== null) {
        const progress: P = latest;
        latest = null;
        yield { type: 'progress', progress };
      }
    }
    yield { type: 'done', result: await outcome };
  } finally {
    stop.abort();
  }
}

/** The result alone, for callers that want progress by callback. */
export async function resultOf<T>(
  events: AsyncIterable<TaskEvent<T>>,
  onProgress: (progress: Progress) => void = () => {},
): Promise<T> {
  for await (const event of events) {
    if (event.type === 'done') return event.result;
    onProgress(event.progress);
  }
  throw new Error('the task ended without a result');
}
