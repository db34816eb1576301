import { Worker } from 'node:worker_threads';
import { AppError, fromPlainError } from '../../shared/contract/errors.ts';
import type { Progress } from '../../shared/contract/schemas.ts';
import { TaskProgress, type TaskReply, type TaskRequest } from './serve-tasks.ts';

// A pool of our own instead of piscina: a stopped thread must be given up at once (terminate() can take seconds),
// progress is read from shared memory while a thread is busy, and a thread that stands still is ended with the place.

/** Each key a task of the worker, with what goes in and what comes back. */
type TaskMap<Tasks> = { [Task in keyof Tasks]: { input: unknown; output: unknown } };

export interface PoolOptions {
  /** Base name of the entry beside this file: `backtest` starts backtest.worker.ts or its built .js. */
  readonly worker: string;
  readonly threads: number;
  readonly settings?: unknown;
  /** A task whose thread holds more than this on its heap is ended; typed arrays do not count. */
  readonly heapMegabytes?: number;
  /** Names of the stages that tasks report by index. */
  readonly stages?: readonly string[];
  /** What `done` counts: bars, bytes. */
  readonly unit?: string;
  /** Ends a task whose progress has not moved for this long, with the error made from its last `done`. */
  readonly stall?: { readonly milliseconds: number; readonly error: (done: number) => AppError };
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Memory of the input that is handed over instead of copied. */
  readonly transfer?: readonly ArrayBuffer[] | undefined;
}

interface Job {
  readonly request: TaskRequest;
  readonly transfer: readonly ArrayBuffer[];
  readonly progress: TaskProgress;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly stopWatching: () => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
}

const WATCH_MILLISECONDS = 100;
const HARD_LIMIT_FACTOR = 4;

/** Threads of one kind. They start when first needed and stay warm; a cancelled or crashed one is replaced. */
export class WorkerPool<Tasks extends TaskMap<Tasks>> {
  readonly #options: PoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Job[] = [];
  #nextId = 1;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#options.threads;
  }

  get busy(): number {
    let busy = 0;
    for (const thread of this.#threads) if (thread.job !== null) busy++;
    return busy;
  }

  /** Starts a thread ahead of its first task. */
  warm(): void {
    if (this.#threads.size === 0 && !this.#closed) this.#start();
  }

  /** Runs a task. Rejects with an AppError; `cancelled` at once when the signal fires. */
  run<Task extends keyof Tasks & string>(
    task: Task,
    input: Tasks[Task]['input'],
    options: RunOptions = {},
  ): Promise<Tasks[Task]['output']> {
    const { signal, onProgress, transfer = [] } = options;
    if (this.#closed) return Promise.reject(new AppError('cancelled', 'Hindsight is closing'));
    if (signal?.aborted) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const memory = new SharedArrayBuffer(TaskProgress.BYTES);
      const progress = new TaskProgress(memory);
      progress.report(0, -1);
      const watch = setInterval(() => this.#watch(job, stalled, onProgress, startedAt), WATCH_MILLISECONDS);
      const stalled = { done: -1, stage: -1, ticks: 0 };
      const startedAt = performance.now();
      const onAbort = () => this.#abandon(job, cancelled());
      const job: Job = {
        request: { id: this.#nextId++, task, input, progress: memory },
        transfer,
        progress,
        resolve: (output) => resolve(output as Tasks[Task]['output']),
        reject,
        stopWatching: () => {
          clearInterval(watch);
          signal?.removeEventListener('abort', onAbort);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(job);
      this.#dispatch();
    });
  }

  /** Rejects what waits, gives up what runs. Does not wait for threads to die. */
  close(): void {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) this.#settle(job, () => job.reject(cancelled()));
    for (const thread of this.#threads) {
      const { job } = thread;
      if (job !== null) this.#settle(job, () => job.reject(cancelled()));
      this.#discard(thread);
    }
  }

  #start(): Thread {
    const { worker: name, settings, heapMegabytes } = this.#options;
    // Under plain Node and in tests this file runs as .ts, in the build as .js; the worker lies beside it either way.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./${name}.worker.${extension}`, import.meta.url), {
      name,
      env: {},
      workerData: settings,
      // V8 aborts the whole process when a thread meets its own limit at a bad moment: our watch has to come first.
      ...(heapMegabytes === undefined
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes * HARD_LIMIT_FACTOR } }),
    });
    const thread: Thread = { worker, job: null };
    this.#threads.add(thread);
    worker.on('message', (reply: TaskReply) => this.#onReply(thread, reply));
    worker.on('error', (error: NodeJS.ErrnoException) => this.#onCrash(thread, crashError(name, error)));
    worker.on('exit', () =>
      this.#onCrash(thread, new AppError('internal', `The ${name} worker ended unexpectedly`)),
    );
    // An idle thread must not keep a finished command alive; a running task holds its own interval.
    worker.unref();
    return thread;
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      let free = [...this.#threads].find((thread) => thread.job === null);
      if (free === undefined) {
        if (this.#threads.size >= this.#options.threads) return;
        free = this.#start();
      }
      const job = this.#queue.shift()!;
      free.job = job;
      free.worker.postMessage(job.request, job.transfer);
    }
  }

  #onReply(thread: Thread, reply: TaskReply): void {
    const { job } = thread;
    if (job === null || job.request.id !== reply.id) return;
    thread.job = null;
    this.#settle(job, () =>
      'error' in reply ? job.reject(fromPlainError(reply.error)) : job.resolve(reply.output),
    );
    this.#dispatch();
  }

  #onCrash(thread: Thread, error: AppError): void {
    if (!this.#threads.has(thread)) return;
    const { job } = thread;
    this.#discard(thread);
    if (job !== null) this.#settle(job, () => job.reject(error));
    this.#dispatch();
  }

  #abandon(job: Job, error: AppError): void {
    const waiting = this.#queue.indexOf(job);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    for (const thread of this.#threads) if (thread.job === job) this.#discard(thread);
    this.#settle(job, () => job.reject(error));
    this.#dispatch();
  }

  #discard(thread: Thread): void {
    this.#threads.delete(thread);
    thread.job = null;
    void thread.worker.terminate();
  }

  async #watchHeap(job: Job): Promise<void> {
    const { heapMegabytes, worker: name } = this.#options;
    const thread = [...this.#threads].find((one) => one.job === job);
    if (heapMegabytes === undefined || thread === undefined) return;
    // Answered between two instructions of a busy thread; a thread that is gone has nothing to say.
    const heap = await thread.worker.getHeapStatistics().catch(() => null);
    const used = heap === null ? 0 : heap.used_heap_size / 2 ** 20;
    if (used > heapMegabytes && thread.job === job) this.#abandon(job, outOfMemory(name));
  }

  #settle(job: Job, outcome: () => void): void {
    job.stopWatching();
    outcome();
  }

  #watch(
    job: Job,
    stalled: { done: number; stage: number; ticks: number },
    onProgress: RunOptions['onProgress'],
    startedAt: number,
  ): void {
    const { stages = [], unit = '', stall } = this.#options;
    const [done = 0, total = -1, stage = 0] = job.progress.cells;
    const waiting = this.#queue.includes(job);
    if (!waiting) void this.#watchHeap(job);
    if (stall !== undefined && !waiting) {
      const moved = done !== stalled.done || stage !== stalled.stage;
      // Ticks, not the clock: a laptop that slept for an hour has not stood still for an hour.
      stalled.ticks = moved ? 0 : stalled.ticks + 1;
      stalled.done = done;
      stalled.stage = stage;
      if (stalled.ticks * WATCH_MILLISECONDS >= stall.milliseconds) {
        this.#abandon(job, stall.error(done));
        return;
      }
    }
    if (onProgress === undefined) return;
    const seconds = (performance.now() - startedAt) / 1000;
    const rate = seconds > 0.2 && done > 0 ? done / seconds : null;
    onProgress({
      stage: waiting ? 'waiting' : (stages[stage] ?? 'working'),
      done,
      total: total < 0 ? null : total,
      unit,
      rate,
      secondsLeft: rate === null || total < 0 ? null : Math.max(0, (total - done) / rate),
    });
  }
}

const outOfMemory = (name: string) =>
  new AppError('strategy-error', `The ${name} worker ran out of memory and was stopped`, {
    hint: 'Keep fewer values per bar, or run a shorter range.',
  });

const cancelled = () => new AppError('cancelled', 'Stopped');

function crashError(name: string, error: NodeJS.ErrnoException): AppError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return outOfMemory(name);
  return new AppError('internal', `The ${name} worker crashed: ${error.message}`, {}, { cause: error });
}
