import { randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { AppError, toPlainError } from '../../shared/contract/errors.ts';
import type { Job, JobKind, JobResult, Progress } from '../../shared/contract/schemas.ts';
import type { JobRow } from '../workers/tasks.ts';
import type { Workers } from './workers.ts';

/** How a kind of job is done, so that it can be done again from what was stored of it. */
export interface JobDefinition<Input, Output, P extends Progress = Progress> {
  readonly title: (input: Input) => string;
  readonly task: (input: Input, run: JobRun<P>) => Promise<Output>;
  /** What became of it, to be opened. */
  readonly result: (output: Output) => JobResult;
  /** Whether it could be done again now. */
  readonly canRetry: (input: Input) => boolean;
  /** What is stored of the input; by default all of it. */
  readonly kept?: (input: Input) => unknown;
}

export interface JobRun<P extends Progress = Progress> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: P) => void;
}

// biome-ignore lint/suspicious/noExplicitAny: each kind has its own input and output, joined by `start`
type AnyDefinition = JobDefinition<any, any, any>;

interface LiveJob {
  readonly row: JobRow;
  progress: Progress | null;
  readonly stop: AbortController;
}

/** Windows are told of progress this often. */
const TELL_MILLISECONDS = 250;
const THIS_PROCESS = `${process.pid}:${Math.round(Date.now() - process.uptime() * 1_000)}`;

export type JobEvent<Output, P extends Progress = Progress> =
  | { readonly type: 'started'; readonly jobId: string }
  | { readonly type: 'progress'; readonly progress: P }
  | { readonly type: 'done'; readonly result: Output };

export interface StartedJob<Output, P extends Progress = Progress> {
  readonly jobId: string;
  readonly outcome: Promise<Output>;
  /** Calls back with each progress until the job is over. */
  readonly listen: (onProgress: (progress: P) => void) => () => void;
}

/** Work that takes a while: written down before it starts, goes on without a window, is told about and kept. */
export class JobService {
  readonly #workers: Workers;
  readonly #definitions = new Map<JobKind, AnyDefinition>();
  /** Every job that is kept, oldest first. */
  readonly #rows = new Map<string, JobRow>();
  readonly #live = new Map<string, LiveJob>();
  readonly #listeners = new Set<(jobId: string | null) => void>();
  readonly #progressListeners = new Map<string, Set<(progress: Progress) => void>>();

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  define<Input, Output, P extends Progress = Progress>(
    kind: JobKind,
    definition: JobDefinition<Input, Output, P>,
  ): void {
    this.#definitions.set(kind, definition);
  }

  /** Reads what is kept, and marks what processes that are gone left unfinished as interrupted. */
  async open(): Promise<void> {
    const unfinished = (await this.#stored()).filter(isUnfinished);
    const gone = [...new Set(unfinished.map(({ owner }) => owner))].filter((owner) => !isAlive(owner));
    await this.#workers.writer.run('interruptJobs', { owners: gone });
    for (const row of (await this.#stored()).reverse()) this.#rows.set(row.id, row);
  }

  /** Newest first. */
  list(): Job[] {
    return [...this.#rows.values()].reverse().map((row) => this.#job(row));
  }

  /** Writes the job down, then starts it. It ends by itself or by `cancel`, not with whoever asked for it. */
  async start<Output, P extends Progress = Progress>(
    kind: JobKind,
    input: unknown,
  ): Promise<StartedJob<Output, P>> {
    const definition = this.#definitions.get(kind)!;
    const live: LiveJob = {
      row: {
        id: randomUUID(),
        kind,
        title: definition.title(input),
        state: 'running',
        createdAt: Date.now(),
        startedAt: Date.now(),
        endedAt: null,
        where: 'this machine',
        owner: THIS_PROCESS,
        input: definition.kept === undefined ? input : definition.kept(input),
        result: null,
        error: null,
      },
      progress: null,
      stop: new AbortController(),
    };
    const { id } = live.row;
    await this.#workers.writer.run('putJob', live.row);
    this.#rows.set(id, live.row);
    this.#live.set(id, live);
    this.#tell(id);
    const outcome = this.#follow(live, definition, input) as Promise<Output>;
    outcome.catch(() => {}); // told by the job; whoever asked may be gone
    const listen = (onProgress: (progress: P) => void) =>
      this.#listenToProgress(id, onProgress as (progress: Progress) => void);
    return { jobId: id, outcome, listen };
  }

  /** Stops a job that is under way; one that is over stays as it is. Throws not-found. */
  cancel(jobId: string): void {
    if (!this.#rows.has(jobId)) throw noSuchJob();
    this.#live.get(jobId)?.stop.abort();
  }

  /** The same again, as a new job. Throws not-found, or bad-request where it cannot be done again. */
  async retry(jobId: string): Promise<{ jobId: string }> {
    const row = this.#rows.get(jobId);
    if (row === undefined) throw noSuchJob();
    if (!this.#job(row).canRetry) {
      throw new AppError('bad-request', 'This job cannot be done again', {
        hint: 'Ask for it anew: its file may have been taken away.',
      });
    }
    const started = await this.start(row.kind, row.input);
    return { jobId: started.jobId };
  }

  /** Forgets jobs that are over. */
  async clear(): Promise<void> {
    const ids = [...this.#rows.values()].filter((row) => !isUnfinished(row)).map(({ id }) => id);
    await this.#workers.writer.run('forgetJobs', { ids });
    for (const id of ids) this.#rows.delete(id);
    this.#tell(null);
  }

  /** The whole list at first, then those that changed, a few times a second at most. */
  async *changes(signal?: AbortSignal): AsyncGenerator<{ jobs: Job[]; isWhole: boolean }, void, void> {
    const changed = new Set<string>();
    let isWhole = true;
    let wake: () => void = () => {};
    const listener = (jobId: string | null) => {
      if (jobId === null) isWhole = true;
      else changed.add(jobId);
      wake();
    };
    const onAbort = () => wake();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', onAbort);
    try {
      while (!signal?.aborted) {
        const jobs = isWhole
          ? this.list()
          : [...changed].flatMap((id) => this.#rows.get(id) ?? []).map((row) => this.#job(row));
        const message = { isWhole, jobs };
        isWhole = false;
        changed.clear();
        yield message;
        await new Promise((resolve) => setTimeout(resolve, TELL_MILLISECONDS).unref());
        if (changed.size === 0 && !isWhole && !signal?.aborted)
          await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async #follow(live: LiveJob, definition: AnyDefinition, input: unknown): Promise<unknown> {
    const { id } = live.row;
    try {
      const output = await definition.task(input, {
        signal: live.stop.signal,
        onProgress: (progress: Progress) => {
          live.progress = progress;
          for (const listener of this.#progressListeners.get(id) ?? []) listener(progress);
          this.#tell(id);
        },
      });
      this.#end(live, { state: 'done', result: definition.result(output) });
      return output;
    } catch (thrown) {
      const error = toPlainError(thrown);
      const isCancelled = live.stop.signal.aborted || error.code === 'cancelled';
      this.#end(live, { state: isCancelled ? 'cancelled' : 'failed', error: isCancelled ? null : error });
      throw thrown;
    }
  }

  /** Nobody who waits for the result waits for this to be written; a process that ends first leaves `interrupted`. */
  #end(live: LiveJob, change: Partial<JobRow>): void {
    const row = { ...live.row, ...change, endedAt: Date.now() };
    this.#rows.set(row.id, row);
    this.#live.delete(row.id);
    this.#progressListeners.delete(row.id);
    this.#tell(row.id);
    this.#workers.writer.run('putJob', row).catch(() => {});
  }

  #listenToProgress(jobId: string, onProgress: (progress: Progress) => void): () => void {
    const listeners = this.#progressListeners.get(jobId) ?? new Set();
    this.#progressListeners.set(jobId, listeners.add(onProgress));
    return () => listeners.delete(onProgress);
  }

  #job({ input, owner: _, ...row }: JobRow): Job {
    const definition = this.#definitions.get(row.kind);
    const isOver = !isUnfinished(row);
    return {
      ...row,
      progress: this.#live.get(row.id)?.progress ?? null,
      canRetry: isOver && input !== null && definition?.canRetry(input) === true,
    };
  }

  #stored(): Promise<JobRow[]> {
    return this.#workers.readers.run('listJobs', undefined);
  }

  #tell(jobId: string | null): void {
    for (const listener of this.#listeners) listener(jobId);
  }
}

const isUnfinished = ({ state }: { readonly state: Job['state'] }) =>
  state === 'waiting' || state === 'running';
const noSuchJob = () => new AppError('not-found', 'There is no such job any more');

/**
 * A job that was started, as a stream for whoever asked for it: its id, its latest progress, its result. A consumer that
 * breaks off leaves the job as it is.
 */
export async function* jobEvents<Output, P extends Progress = Progress>({
  jobId,
  outcome,
  listen,
}: StartedJob<Output, P>): AsyncGenerator<JobEvent<Output, P>, void, void> {
  let latest: P | null = null;
  let isOver = false;
  let wake: () => void = () => {};
  const stop = listen((progress) => {
    latest = progress;
    wake();
  });
  outcome
    .catch(() => {})
    .finally(() => {
      isOver = true;
      wake();
    });
  try {
    yield { type: 'started', jobId };
    while (!isOver) {
      if (latest === null) await new Promise<void>((resolve) => (wake = resolve));
      if (latest !== null) {
        const progress = latest;
        latest = null;
        yield { type: 'progress', progress };
      }
    }
    yield { type: 'done', result: await outcome };
  } finally {
    stop();
  }
}

/** Whether the process of an owner still runs: by its id, unless the machine was started after it. */
function isAlive(owner: string): boolean {
  const [pid = 0, startedAt = 0] = owner.split(':').map(Number);
  if (startedAt < Date.now() - uptime() * 1_000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
