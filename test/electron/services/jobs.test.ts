import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type JobDefinition, type JobEvent, JobService, jobEvents } from '../../../electron/services/jobs.ts';
import { JobStore } from '../../../electron/store/job-store.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { TemporaryLibrary } from '../store/temporary-library.ts';
import { storeWorkers } from './store-workers.ts';

let library: TemporaryLibrary;
let jobs: JobService;
beforeEach(async () => {
  library = new TemporaryLibrary();
  jobs = await opened();
});
afterEach(() => library.close());

async function opened(): Promise<JobService> {
  const service = new JobService(storeWorkers(library.writer));
  await service.open();
  return service;
}

const progress = (done: number): Progress => ({
  stage: 'reading',
  done,
  total: 10,
  unit: 'bytes',
  rate: null,
  secondsLeft: null,
});
const define = (task: JobDefinition<string, number>['task'], service = jobs) =>
  service.define<string, number>('import', {
    title: (name) => name,
    task,
    result: (bars) => ({ importId: 'i', text: `${bars} bars` }),
    canRetry: (name) => name !== 'gone.csv',
  });
const stored = () => new JobStore(library.writer).list();
async function collect<T>(events: AsyncIterable<JobEvent<T>>): Promise<JobEvent<T>[]> {
  const all: JobEvent<T>[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('a job', () => {
  test('is written down before its work starts, and its end with what it made', async () => {
    const before: string[] = [];
    define(async () => {
      before.push(...stored().map(({ state }) => state));
      return 7;
    });
    const { jobId, outcome } = await jobs.start<number>('import', 'a.csv');
    expect(await outcome).toBe(7);
    expect(before).toEqual(['running']);
    await vi.waitFor(() => expect(stored()[0]).toMatchObject({ id: jobId, state: 'done' }));
    expect(jobs.list()[0]).toMatchObject({
      title: 'a.csv',
      state: 'done',
      result: { importId: 'i', text: '7 bars' },
      canRetry: true,
    });
  });

  test('tells its id, its progress and its result', async () => {
    define(async (_, { onProgress }) => {
      onProgress(progress(3));
      return 1;
    });
    const started = await jobs.start<number>('import', 'a.csv');
    const events = await collect(jobEvents(started));
    expect(events[0]).toEqual({ type: 'started', jobId: started.jobId });
    expect(events.at(-1)).toEqual({ type: 'done', result: 1 });
  });

  test('goes on when its consumer goes away', async () => {
    let release = () => {};
    const waiting = new Promise<void>((resolve) => (release = resolve));
    let wasStopped = true;
    define(async (_, { signal }) => {
      await waiting;
      wasStopped = signal.aborted;
      return 1;
    });
    const started = await jobs.start<number>('import', 'a.csv');
    for await (const event of jobEvents(started)) if (event.type === 'started') break;
    release();
    await started.outcome;
    expect(wasStopped).toBe(false);
    expect(jobs.list()[0]?.state).toBe('done');
  });

  test('is cancelled by its id', async () => {
    define((_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))));
    const { jobId, outcome } = await jobs.start<number>('import', 'a.csv');
    jobs.cancel(jobId);
    await expect(outcome).rejects.toThrow();
    expect(jobs.list()[0]).toMatchObject({ state: 'cancelled', error: null });
    jobs.cancel(jobId); // over already: nothing happens
    expect(() => jobs.cancel('nobody')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('keeps why it failed', async () => {
    define(() => Promise.reject(new AppError('file-format', 'no bars', { file: 'a.csv', line: 3 })));
    const started = await jobs.start<number>('import', 'a.csv');
    await expect(collect(jobEvents(started))).rejects.toThrow('no bars');
    expect(jobs.list()[0]).toMatchObject({
      state: 'failed',
      error: { code: 'file-format', detail: { line: 3 } },
    });
  });

  test('is done again as it was asked for, while that can be', async () => {
    const seen: string[] = [];
    define(async (name) => seen.push(name));
    await (await jobs.start<number>('import', 'a.csv')).outcome;
    const { jobId } = await jobs.retry(jobs.list()[0]!.id);
    await vi.waitFor(() => expect(seen).toEqual(['a.csv', 'a.csv']));
    expect(jobs.list()[0]?.id).toBe(jobId);
    await (await jobs.start<number>('import', 'gone.csv')).outcome;
    await expect(jobs.retry(jobs.list()[0]!.id)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(jobs.retry('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('after the process ended', () => {
  test('what it left unfinished is interrupted, can be done again, and what others do goes on', async () => {
    define(() => new Promise(() => {}));
    await jobs.start('import', 'mine.csv');
    const alive = stored()[0]!;
    const store = new JobStore(library.writer);
    // A process that cannot be there: no system gives out this number.
    store.put({ ...alive, id: 'dead', title: 'dead.csv', input: 'dead.csv', owner: `4194999:${Date.now()}` });
    // One of before the machine was started: its number may be another process's by now.
    store.put({ ...alive, id: 'older', title: 'older.csv', owner: `${process.pid}:1000` });
    const next = await opened();
    define(async () => 1, next);
    const states = Object.fromEntries(next.list().map(({ title, state }) => [title, state]));
    expect(states).toEqual({ 'mine.csv': 'running', 'dead.csv': 'interrupted', 'older.csv': 'interrupted' });
    expect(next.list().find(({ id }) => id === 'dead')?.canRetry).toBe(true);
    await next.retry('dead');
    await vi.waitFor(() => expect(next.list()[0]).toMatchObject({ title: 'dead.csv', state: 'done' }));
  });
});

describe('windows', () => {
  test('are told all jobs first, then those that change, until they go away', async () => {
    define(async (_, { onProgress }) => {
      onProgress(progress(5));
      return 1;
    });
    await (await jobs.start<number>('import', 'a.csv')).outcome;
    const stop = new AbortController();
    const told: { isWhole: boolean; titles: string[] }[] = [];
    const following = (async () => {
      for await (const { isWhole, jobs: list } of jobs.changes(stop.signal))
        told.push({ isWhole, titles: list.map(({ title }) => title) });
    })();
    await vi.waitFor(() => expect(told).toEqual([{ isWhole: true, titles: ['a.csv'] }]));
    await (await jobs.start<number>('import', 'b.csv')).outcome;
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ isWhole: false, titles: ['b.csv'] }));
    await jobs.clear();
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ isWhole: true, titles: [] }));
    stop.abort();
    await following;
  });
});
