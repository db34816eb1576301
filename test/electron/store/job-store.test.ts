import { afterEach, beforeEach, expect, test } from 'vitest';
import { JobStore } from '../../../electron/store/job-store.ts';
import { RemovalStore } from '../../../electron/store/removal-store.ts';
import type { JobRow } from '../../../electron/workers/tasks.ts';
import { TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
let jobs: JobStore;
beforeEach(() => {
  library = new TemporaryLibrary();
  jobs = new JobStore(library.writer);
});
afterEach(() => library.close());

const row = (id: string, change: Partial<JobRow> = {}): JobRow => ({
  id,
  kind: 'import',
  title: `${id}.csv`,
  state: 'running',
  createdAt: 1,
  startedAt: 2,
  endedAt: null,
  where: 'this machine',
  owner: '10:1000',
  input: { path: '/bars.csv' },
  result: null,
  error: null,
  ...change,
});

test('keeps a job from before it starts to its end, newest first', () => {
  jobs.put(row('a'));
  jobs.put(row('b', { kind: 'run' }));
  jobs.put(row('a', { state: 'done', endedAt: 9, result: { importId: 'x', text: '5 bars' } }));
  const [b, a] = new JobStore(library.reader).list();
  expect(b).toEqual(row('b', { kind: 'run' }));
  expect(a).toEqual(row('a', { state: 'done', endedAt: 9, result: { importId: 'x', text: '5 bars' } }));
});

test('marks what processes that are gone left unfinished, and nothing else', () => {
  jobs.put(row('left', { owner: '1:1' }));
  jobs.put(row('waiting', { owner: '1:1', state: 'waiting' }));
  jobs.put(row('over', { owner: '1:1', state: 'done', endedAt: 5 }));
  jobs.put(row('theirs', { owner: '2:2' }));
  jobs.interrupt(['1:1'], 77);
  expect(Object.fromEntries(jobs.list().map(({ id, state, endedAt }) => [id, [state, endedAt]]))).toEqual({
    left: ['interrupted', 77],
    waiting: ['interrupted', 77],
    over: ['done', 5],
    theirs: ['running', null],
  });
});

test('forgets the oldest beyond 2,000, but none that is under way', () => {
  jobs.put(row('running-since-ever'));
  for (let n = 0; n < 2_050; n++) jobs.put(row(`job-${n}`, { state: 'done', endedAt: n }));
  jobs.interrupt([], 0);
  const count = library.writer.prepare('SELECT count(*) FROM job').pluck().get();
  expect(count).toBe(2_001);
  expect(library.writer.prepare("SELECT 1 FROM job WHERE id = 'running-since-ever'").pluck().get()).toBe(1);
});

test('forgets what is told, unless it is under way', () => {
  jobs.put(row('a', { state: 'failed', endedAt: 3 }));
  jobs.put(row('b'));
  jobs.forget(['a', 'b']);
  expect(jobs.list().map(({ id }) => id)).toEqual(['b']);
});

test('writes fully synchronously again after a job was written', () => {
  jobs.put(row('a'));
  expect(library.writer.pragma('synchronous', { simple: true })).toBe(2);
});

test('removals are kept until they are carried out or taken back, each thing once', () => {
  const removals = new RemovalStore(library.writer);
  removals.put({ id: 'r1', kind: 'run', target: 'run-1', askedAt: 2 });
  removals.put({ id: 'r2', kind: 'series', target: 'run-1', askedAt: 1 });
  expect(() => removals.put({ id: 'r3', kind: 'run', target: 'run-1', askedAt: 3 })).toThrow();
  expect(new RemovalStore(library.reader).list().map(({ id }) => id)).toEqual(['r2', 'r1']);
  removals.drop('r2');
  expect(removals.list()).toEqual([{ id: 'r1', kind: 'run', target: 'run-1', askedAt: 2 }]);
});
