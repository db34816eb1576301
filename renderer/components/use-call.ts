import { useEffect, useState } from 'react';
import type { PlainError } from '../../shared/contract/errors.ts';
import type { Client } from '../api/door.ts';
import { describeFailure } from '../api/errors.ts';
import { useConnection } from '../state/connection.ts';

export interface CallState<T> {
  readonly data: T | null;
  readonly error: PlainError | null;
}

/**
 * The answer of a call, asked again whenever `key` changes or the connection comes back; null keys ask nothing. The
 * last answer stays until the next one is there, and late answers to old questions are dropped.
 */
export function useCall<T>(
  key: string | null,
  ask: (client: Client, signal: AbortSignal) => Promise<T>,
): CallState<T> {
  const door = useConnection(({ door }) => door);
  const [state, setState] = useState<CallState<T>>({ data: null, error: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for everything that `ask` reads
  useEffect(() => {
    if (door === null || key === null) return;
    const stop = new AbortController();
    ask(door.client, stop.signal).then(
      (data) => !stop.signal.aborted && setState({ data, error: null }),
      (thrown) => !stop.signal.aborted && setState({ data: null, error: describeFailure(thrown) }),
    );
    return () => stop.abort();
  }, [door, key]);
  return state;
}
