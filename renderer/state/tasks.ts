import { create } from 'zustand';
import type { PlainError } from '../../shared/contract/errors.ts';
import type {
  ImportOptions,
  ImportReport,
  Progress,
  RunSpecInput,
  RunSummary,
} from '../../shared/contract/schemas.ts';
import { describeFailure } from '../api/errors.ts';
import { currentClient, currentDoor } from './connection.ts';
import { useNavigation } from './navigation.ts';

type Event<T> = { type: 'progress'; progress: Progress } | { type: 'done'; result: T };

export interface ImportTask {
  readonly id: number;
  readonly name: string;
  readonly state: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled';
  readonly progress: Progress | null;
  readonly report: ImportReport | null;
  readonly error: PlainError | null;
  readonly undone: boolean;
  readonly stop: AbortController;
}

export interface RunTask {
  readonly what: 'run' | 'sample';
  readonly progress: Progress | null;
  readonly stop: AbortController;
}

interface Tasks {
  readonly imports: readonly ImportTask[];
  readonly run: RunTask | null;
  /** Why the last run failed; null while it is fine. */
  readonly runError: PlainError | null;
}

export const useTasks = create<Tasks>(() => ({ imports: [], run: null, runError: null }));

let nextId = 1;
let queue: Promise<void> = Promise.resolve();

const update = (id: number, change: Partial<ImportTask>) =>
  useTasks.setState(({ imports }) => ({
    imports: imports.map((task) => (task.id === id ? { ...task, ...change } : task)),
  }));

/** Imports files one after the other; each shows its own progress and outcome. */
export function importFiles(files: Iterable<File>, options: Partial<ImportOptions>): void {
  for (const file of files) {
    const id = nextId++;
    const stop = new AbortController();
    const task: ImportTask = {
      id,
      name: file.name,
      state: 'waiting',
      progress: null,
      report: null,
      error: null,
      undone: false,
      stop,
    };
    useTasks.setState(({ imports }) => ({ imports: [task, ...imports] }));
    queue = queue.then(() => importFile(id, file, options, stop.signal));
  }
}

async function importFile(
  id: number,
  file: File,
  options: Partial<ImportOptions>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return update(id, { state: 'cancelled' });
  try {
    update(id, { state: 'working' });
    const { fileId } = await currentDoor().giveFile(file, signal);
    const events = await currentClient().data.import({ fileId, options }, { signal });
    const report = await follow(events, (progress) => update(id, { progress }));
    update(id, { state: 'done', report });
  } catch (thrown) {
    const error = describeFailure(thrown);
    if (signal.aborted || error.code === 'cancelled') update(id, { state: 'cancelled' });
    else update(id, { state: 'failed', error });
  }
}

export async function undoImport(task: ImportTask): Promise<void> {
  if (task.report === null) return;
  try {
    await currentClient().data.undoImport({ importId: task.report.importId });
    update(task.id, { undone: true });
  } catch (thrown) {
    update(task.id, { error: describeFailure(thrown) });
  }
}

export const dismissImport = (id: number) =>
  useTasks.setState(({ imports }) => ({ imports: imports.filter((task) => task.id !== id) }));

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
    onProgress(event.progress);
  }
  throw new Error('the core ended the task without a result');
}
