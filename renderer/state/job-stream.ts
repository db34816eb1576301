import { AppError } from '../../shared/contract/errors.ts';
import type { Progress } from '../../shared/contract/schemas.ts';
import { currentClient } from './connection.ts';

export type JobEvent<T, P extends Progress = Progress> =
  | { readonly type: 'started'; readonly jobId: string }
  | { readonly type: 'progress'; readonly progress: P }
  | { readonly type: 'done'; readonly result: T };

interface FollowOptions<P> {
  /** Cancels the job when it is aborted; a job goes on without the window, so ending the stream would not. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: P) => void;
  readonly onStarted?: (jobId: string) => void;
}

/** Follows a job to its result. Throws its error, or `cancelled`. */
export async function followJob<T, P extends Progress = Progress>(
  begin: Promise<AsyncIterable<JobEvent<T, P>>>,
  { signal, onProgress, onStarted }: FollowOptions<P> = {},
): Promise<T> {
  let jobId: string | null = null;
  const cancel = () => {
    if (jobId !== null)
      void currentClient()
        .jobs.cancel({ jobId })
        .catch(() => {});
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const event of await begin) {
      if (event.type === 'done') return event.result;
      if (event.type === 'progress') onProgress?.(event.progress);
      else {
        jobId = event.jobId;
        onStarted?.(jobId);
        if (signal?.aborted) cancel();
      }
      if (signal?.aborted) throw new AppError('cancelled', 'cancelled');
    }
    throw new Error('the core ended the job without a result');
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
