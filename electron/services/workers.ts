import { availableParallelism } from 'node:os';
import { AppError } from '../../shared/contract/errors.ts';
import { WorkerPool } from '../workers/pool.ts';
import {
  BACKTEST_STAGES,
  type BacktestTasks,
  IMPORT_STAGES,
  type ImportTasks,
  type LongReaderTasks,
  MAINTENANCE_STAGES,
  type ReaderTasks,
  type WriterTasks,
} from '../workers/tasks.ts';
import { setCompilerFlags } from './compiler-flags.ts';

/** A strategy that has not moved on by a bar for this long is taken to be in an endless loop. */
const STALL_MILLISECONDS = 10_000;

/** All threads of the application. Main itself neither computes nor opens the database. */
export interface Workers {
  readonly writer: WorkerPool<WriterTasks>;
  readonly readers: WorkerPool<ReaderTasks>;
  /** Checks, backups, exports and SQL: what takes long must not keep a chart waiting. */
  readonly longReaders: WorkerPool<LongReaderTasks>;
  readonly importers: WorkerPool<ImportTasks>;
  readonly backtests: WorkerPool<BacktestTasks>;
  close(): void;
}

/** `backtestThreads` 0: all cores but one. */
export function startWorkers(libraryPath: string, backtestThreads = 0): Workers {
  setCompilerFlags();
  const settings = { libraryPath };
  const cores = availableParallelism();
  const writer = new WorkerPool<WriterTasks>({
    worker: 'writer',
    threads: 1,
    settings,
    stages: MAINTENANCE_STAGES,
    unit: 'bytes',
  });
  const readers = new WorkerPool<ReaderTasks>({ worker: 'reader', threads: 2, settings });
  const longReaders = new WorkerPool<LongReaderTasks>({
    worker: 'reader',
    threads: 1,
    settings,
    stages: MAINTENANCE_STAGES,
    unit: 'bytes',
  });
  // One at a time: an import merges with what the library holds, so two must not prepare against the same state.
  const importers = new WorkerPool<ImportTasks>({
    worker: 'import',
    threads: 1,
    settings,
    stages: IMPORT_STAGES,
    unit: 'bytes',
  });
  const backtests = new WorkerPool<BacktestTasks>({
    worker: 'backtest',
    threads: backtestThreads || Math.max(1, cores - 1),
    heapMegabytes: 1024,
    stages: BACKTEST_STAGES,
    unit: 'bars',
    stall: {
      milliseconds: STALL_MILLISECONDS,
      error: (bar) =>
        new AppError(
          'strategy-stuck',
          `The strategy made no progress for ${STALL_MILLISECONDS / 1000} s ${bar > 0 ? `at bar ${bar + 1}` : 'before its second bar'} and was stopped`,
          { hint: 'Look for a loop that never ends in init() or next().' },
        ),
    },
  });
  const close = () => {
    for (const pool of [writer, readers, longReaders, importers, backtests]) pool.close();
  };
  return { writer, readers, longReaders, importers, backtests, close };
}
