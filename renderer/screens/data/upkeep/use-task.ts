import { useEffect, useRef, useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import type { Client } from '../../../api/door.ts';
import { describeFailure } from '../../../api/errors.ts';
import { currentClient } from '../../../state/connection.ts';

type TaskEvent<T> = { type: 'progress'; progress: Progress } | { type: 'done'; result: T };

/** A long task of a screen: at most one at a time, stopped when the screen goes away. */
export function useTask<T>() {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [result, setResult] = useState<T | null>(null);
  const [error, setError] = useState<PlainError | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = async (
    begin: (client: Client, signal: AbortSignal) => Promise<AsyncIterable<TaskEvent<T>>>,
  ) => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setIsRunning(true);
    setProgress(null);
    setResult(null);
    setError(null);
    try {
      for await (const event of await begin(currentClient(), own.signal)) {
        if (event.type === 'done') setResult(event.result);
        else setProgress(event.progress);
      }
    } catch (thrown) {
      if (!own.signal.aborted) setError(describeFailure(thrown));
    } finally {
      if (stop.current === own) setIsRunning(false);
    }
  };
  return { progress, result, error, isRunning, start, cancel: () => stop.current?.abort() };
}
