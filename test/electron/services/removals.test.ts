import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RemovalService, UNDO_MILLISECONDS } from '../../../electron/services/removals.ts';
import { RemovalStore } from '../../../electron/store/removal-store.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { TemporaryLibrary } from '../store/temporary-library.ts';
import { storeWorkers } from './store-workers.ts';

let library: TemporaryLibrary;
/** The runs that are really there. */
let runs: Set<string>;
let announced: number;

beforeEach(() => {
  vi.useFakeTimers();
  library = new TemporaryLibrary();
  runs = new Set(['run-1', 'run-2']);
  announced = 0;
});
afterEach(() => {
  vi.useRealTimers();
  library.close();
});

function service(carryOut = async (runId: string): Promise<unknown> => runs.delete(runId)): RemovalService {
  const removals = new RemovalService(storeWorkers(library.writer));
  removals.define('run', {
    check: async (runId) => {
      if (!runs.has(runId)) throw new AppError('not-found', 'no such run');
    },
    carryOut,
    announce: () => announced++,
  });
  return removals;
}
const waiting = () => new RemovalStore(library.writer).list().map(({ target }) => target);

describe('a removal', () => {
  test('is out of sight at once, and carried out when its time is over', async () => {
    const removals = service();
    await removals.remove('run', 'run-1');
    expect([...removals.hidden('run')]).toEqual(['run-1']);
    expect(runs.has('run-1')).toBe(true);
    expect(waiting()).toEqual(['run-1']);
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS + 1);
    expect([...runs]).toEqual(['run-2']);
    expect(removals.isHidden('run', 'run-1')).toBe(false);
    expect(waiting()).toEqual([]);
    expect(announced).toBe(2);
  });

  test('can be taken back until then, and not afterwards', async () => {
    const removals = service();
    const first = await removals.remove('run', 'run-1');
    await removals.undo(first.removalId);
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS + 1);
    expect(runs.has('run-1')).toBe(true);
    expect(waiting()).toEqual([]);
    const second = await removals.remove('run', 'run-1');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS + 1);
    await expect(removals.undo(second.removalId)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of what is not there, or was asked for already, is refused', async () => {
    const removals = service();
    await expect(removals.remove('run', 'run-9')).rejects.toMatchObject({ code: 'not-found' });
    await removals.remove('run', 'run-1');
    await expect(removals.remove('run', 'run-1')).rejects.toMatchObject({ code: 'not-found' });
    expect(waiting()).toEqual(['run-1']);
  });

  test('is carried out as soon as its window offers Undo no more', async () => {
    const removals = service();
    const { removalId } = await removals.remove('run', 'run-1');
    await removals.finish(removalId);
    expect([...runs]).toEqual(['run-2']);
    expect(waiting()).toEqual([]);
    await removals.finish(removalId); // said twice
    await expect(removals.undo(removalId)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('at once leaves nothing to take back', async () => {
    const removals = service();
    await removals.remove('run', 'run-1', true);
    expect([...runs]).toEqual(['run-2']);
    expect(waiting()).toEqual([]);
  });

  test('is carried out before bars come in', async () => {
    const removals = service();
    await removals.remove('run', 'run-1');
    await removals.finishNow();
    expect([...runs]).toEqual(['run-2']);
    expect(removals.hidden('run').size).toBe(0);
  });

  test('that cannot be carried out shows the thing again', async () => {
    const removals = service(() =>
      Promise.reject(new AppError('bad-request', 'a later import was built on it')),
    );
    await removals.remove('run', 'run-1');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS + 1);
    expect(runs.has('run-1')).toBe(true);
    expect(removals.isHidden('run', 'run-1')).toBe(false);
    expect(waiting()).toEqual([]);
  });
});

describe('when the process ends within the time', () => {
  test('the removal happens when the library is opened next', async () => {
    const removals = service();
    await removals.remove('run', 'run-1');
    removals.close();
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS + 1);
    expect(runs.has('run-1')).toBe(true); // nobody was there to carry it out
    const next = service();
    await next.finishOld();
    expect([...runs]).toEqual(['run-2']);
    expect(waiting()).toEqual([]);
  });

  test('and is opened again at once, it is still out of sight and still happens', async () => {
    const removals = service();
    await removals.remove('run', 'run-1');
    removals.close();
    const next = service();
    await next.finishOld();
    expect(next.isHidden('run', 'run-1')).toBe(true);
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS + 1);
    expect([...runs]).toEqual(['run-2']);
  });
});
