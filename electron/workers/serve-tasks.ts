import { parentPort, workerData } from 'node:worker_threads';
import { type PlainError, toPlainError } from '../../shared/contract/errors.ts';

/**
 * The worker's side of the pool (pool.ts): one task at a time, synchronous or asynchronous, with progress written to
 * shared memory, so that a busy loop reports without posting a message.
 */

/** Progress cells of a task in a SharedArrayBuffer of four doubles. `total` is -1 while unknown. */
export class TaskProgress {
  static readonly BYTES = 4 * Float64Array.BYTES_PER_ELEMENT;
  readonly cells: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.cells = new Float64Array(memory);
  }

  /** `stage` is an index into the task's list of stages. */
  report(done: number, total: number, stage = 0): void {
    this.cells[0] = done;
    this.cells[1] = total;
    this.cells[2] = stage;
  }
}

export interface TaskRequest {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
  readonly progress: SharedArrayBuffer;
}

export type TaskReply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: PlainError };

/** An output whose buffers are handed over instead of copied. */
export class Transferred<T> {
  readonly output: T;
  readonly transfer: readonly ArrayBuffer[];
  constructor(output: T, transfer: readonly ArrayBuffer[]) {
    this.output = output;
    this.transfer = transfer;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each worker states its own task types in tasks.ts
type Handler = (input: any, progress: TaskProgress) => unknown;

/** What the pool handed to this thread at its start. */
export function workerSettings<T>(): T {
  return workerData as T;
}

/** Answers requests until the thread is ended. Errors travel as PlainError; the thread survives them. */
export function serveTasks(handlers: Readonly<Record<string, Handler>>): void {
  const port = parentPort;
  if (port === null) throw new Error('serveTasks runs in a worker thread only');
  port.on('message', async ({ id, task, input, progress }: TaskRequest) => {
    try {
      const handler = handlers[task];
      if (handler === undefined) throw new Error(`no task "${task}" in this worker`);
      const output = await handler(input, new TaskProgress(progress));
      if (output instanceof Transferred) {
        port.postMessage({ id, output: output.output } satisfies TaskReply, [...output.transfer]);
      } else {
        port.postMessage({ id, output } satisfies TaskReply);
      }
    } catch (thrown) {
      port.postMessage({ id, error: toPlainError(thrown) } satisfies TaskReply);
    }
  });
}
