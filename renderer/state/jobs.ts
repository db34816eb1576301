import { create } from 'zustand';
import type { Job } from '../../shared/contract/schemas.ts';
import type { Client } from '../api/door.ts';
import { toast } from '../design/index.ts';
import { useNavigation } from './navigation.ts';

interface Jobs {
  /** Newest first; null until they have arrived. */
  readonly jobs: readonly Job[] | null;
}

export const useJobs = create<Jobs>(() => ({ jobs: null }));

export const isUnfinished = ({ state }: Job): boolean => state === 'waiting' || state === 'running';
export const runningJobs = (jobs: readonly Job[] | null): readonly Job[] => jobs?.filter(isUnfinished) ?? [];

/** A job that took this long is told about when it is over and its pane is not in sight. */
const WORTH_TELLING_MILLISECONDS = 10_000;
/** Jobs whose end this window follows and shows by itself. */
const watched = new Set<string>();
export const watchJob = (jobId: string): void => {
  watched.add(jobId);
};

/** Keeps the list up to date until the connection is gone. */
export async function followJobs(client: Client): Promise<void> {
  for await (const { isWhole, jobs } of await client.jobs.changes()) {
    const before = useJobs.getState().jobs;
    if (isWhole || before === null) {
      const interrupted =
        before === null ? jobs.filter(({ state, endedAt }) => isRecent(state, endedAt)) : [];
      useJobs.setState({ jobs });
      if (interrupted.length > 0) tellInterrupted(interrupted.length);
      continue;
    }
    const changed = new Map(jobs.map((job) => [job.id, job]));
    for (const job of jobs)
      tellEnd(
        before.find(({ id }) => id === job.id),
        job,
      );
    const known = new Set(before.map(({ id }) => id));
    useJobs.setState({
      jobs: [
        ...jobs.filter(({ id }) => !known.has(id)).reverse(),
        ...before.map((job) => changed.get(job.id) ?? job),
      ],
    });
  }
}

const isRecent = (state: Job['state'], endedAt: number | null) =>
  state === 'interrupted' && endedAt !== null && Date.now() - endedAt < 60_000;

function tellInterrupted(count: number): void {
  toast({
    title: count === 1 ? 'A job was interrupted' : `${count} jobs were interrupted`,
    text: 'Hindsight ended before they were done. What they had stored is there; they can be started again.',
    action: { label: 'Show', onClick: () => useNavigation.getState().go('jobs') },
    milliseconds: 12_000,
  });
}

function tellEnd(before: Job | undefined, job: Job): void {
  if (before === undefined || !isUnfinished(before) || isUnfinished(job)) return;
  const isFollowed = watched.delete(job.id);
  const isLong = (job.endedAt ?? 0) - (job.startedAt ?? job.createdAt) >= WORTH_TELLING_MILLISECONDS;
  if (isFollowed && (!isLong || document.hasFocus())) return;
  if (job.state === 'done') {
    const { runId } = job.result ?? {};
    toast({
      kind: 'done',
      title: `${job.title}: done`,
      ...(job.result?.text === undefined ? {} : { text: job.result.text }),
      ...(runId === undefined
        ? {}
        : { action: { label: 'Open', onClick: () => useNavigation.getState().openRun(runId) } }),
    });
  } else if (job.state === 'failed') {
    toast({
      kind: 'problem',
      title: `${job.title}: failed`,
      text: job.error?.message ?? '',
      action: { label: 'Show', onClick: () => useNavigation.getState().go('jobs') },
    });
  }
}
