import { create } from 'zustand';
import type { PlainError } from '../../shared/contract/errors.ts';
import type { Progress, RunSpecInput, RunSummary } from '../../shared/contract/schemas.ts';
import { describeFailure } from '../api/errors.ts';
import { currentClient } from './connection.ts';
import { useNavigation } from './navigation.ts';

type Event<T> =
  | { type: 'started'; jobId: string }
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; result: T };

export interface RunTask {
  readonly what: 'run' | 'sample';
  readonly progress: Progress | null;
  readonly stop: AbortController;
}

interface Tasks {
  readonly run: RunTask | null;
  /** Why the last run failed; null while it is fine. */
  readonly runError: PlainError | null;
}

export const useTasks = create<Tasks>(() => ({ run: null, runError: null }));

export function startRun(spec: RunSpecInput): Promise<void> {
  return runTask('run', (signal) => currentClient().runs.start(spec, { signal }));
}

export function openSample(): Promise<void> {
  return runTask('sample', (signal) => currentClient().sample.open(undefined, { signal }));
}

/** Runs one at a time; a new one takes the place of one that is still going. The result opens when it is there. */
async function runTask(
  what: RunTask['what'],
  begin: (signal: AbortSignal) => Promise<AsyncIterable<Event<RunSummary>>>,
): Promise<void> {
  useTasks.getState().run?.stop.abort();
  const stop = new AbortController();
  useTasks.setState({ run: { what, progress: null, stop }, runError: null });
  const isCurrent = () => useTasks.getState().run?.stop === stop;
  try {
    const summary = await follow(await begin(stop.signal), (progress) => {
      if (isCurrent()) useTasks.setState({ run: { what, progress, stop } });
    });
    if (isCurrent()) useNavigation.getState().openRun(summary.id);
  } catch (thrown) {
    const error = describeFailure(thrown);
    if (isCurrent() && !stop.signal.aborted && error.code !== 'cancelled')
      useTasks.setState({ runError: error });
  } finally {
    if (isCurrent()) useTasks.setState({ run: null });
  }
}

async function follow<T>(
  events: AsyncIterable<Event<T>>,
  onProgress: (progress: Progress) => void,
): Promise<T> {
  for await (const event of events) {
    if (event.type === 'done') return event.result;
    if (event.type === 'progress') onProgress(event.progress);
  }
  throw new Error('the core ended the task without a result');
}
