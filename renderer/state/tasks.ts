import { create } from 'zustand';
import type { PlainError } from '../../shared/contract/errors.ts';
import type { Progress, RunSpecInput, RunSummary } from '../../shared/contract/schemas.ts';
import { describeFailure } from '../api/errors.ts';
import { currentClient } from './connection.ts';
import { followJob, type JobEvent } from './job-stream.ts';
import { watchJob } from './jobs.ts';
import { useNavigation } from './navigation.ts';

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

export const startRun = (spec: RunSpecInput): Promise<void> =>
  runTask('run', () => currentClient().runs.start(spec));

export const openSample = (): Promise<void> => runTask('sample', () => currentClient().sample.open());

/** Runs one at a time; a new one takes the place of one that is still going. The result opens when it is there. */
async function runTask(
  what: RunTask['what'],
  begin: () => Promise<AsyncIterable<JobEvent<RunSummary>>>,
): Promise<void> {
  useTasks.getState().run?.stop.abort();
  const stop = new AbortController();
  useTasks.setState({ run: { what, progress: null, stop }, runError: null });
  const isCurrent = () => useTasks.getState().run?.stop === stop;
  const end = () => {
    if (isCurrent()) useTasks.setState({ run: null });
  };
  // What was stopped is out of the way at once; the core ends it meanwhile.
  stop.signal.addEventListener('abort', end);
  try {
    const summary = await followJob(begin(), {
      signal: stop.signal,
      onStarted: watchJob,
      onProgress: (progress) => {
        if (isCurrent()) useTasks.setState({ run: { what, progress, stop } });
      },
    });
    if (isCurrent()) useNavigation.getState().openRun(summary.id);
  } catch (thrown) {
    const error = describeFailure(thrown);
    if (isCurrent() && !stop.signal.aborted && error.code !== 'cancelled')
      useTasks.setState({ runError: error });
  } finally {
    end();
  }
}
