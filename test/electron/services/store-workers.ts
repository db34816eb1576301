import type { Workers } from '../../../electron/services/workers.ts';
import type { Database } from '../../../electron/store/database.ts';
import { JobStore } from '../../../electron/store/job-store.ts';
import { RemovalStore } from '../../../electron/store/removal-store.ts';

/** The worker threads' answers for jobs and removals, from one connection of this thread. */
export function storeWorkers(db: Database): Workers {
  const jobs = new JobStore(db);
  const removals = new RemovalStore(db);
  const tasks: Record<string, (input: never) => unknown> = {
    putJob: (job) => jobs.put(job),
    listJobs: () => jobs.list(),
    interruptJobs: ({ owners }: { owners: readonly string[] }) => jobs.interrupt(owners, 1),
    forgetJobs: ({ ids }: { ids: readonly string[] }) => jobs.forget(ids),
    putRemoval: (removal) => removals.put(removal),
    dropRemoval: ({ id }: { id: string }) => removals.drop(id),
    listRemovals: () => removals.list(),
  };
  const run = async (task: string, input: never) => structuredClone(tasks[task]!(structuredClone(input)));
  return { writer: { run }, readers: { run } } as never;
}
