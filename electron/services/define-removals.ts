import { AppError } from '../../shared/contract/errors.ts';
import type { ImportRecord, RunSummary, Series, StrategySummary } from '../../shared/contract/schemas.ts';
import type { Changes } from './changes.ts';
import type { ImportService } from './imports.ts';
import type { RemovalService } from './removals.ts';
import type { RunService } from './runs.ts';
import type { SeriesService } from './series.ts';
import type { StrategyService } from './strategies.ts';
import type { Workers } from './workers.ts';

interface RemovalServices {
  readonly workers: Workers;
  readonly series: SeriesService;
  readonly imports: ImportService;
  readonly strategies: StrategyService;
  readonly runs: RunService;
  readonly changes: Changes;
}

/** What can be removed, and the lists without what is on its way out. */
export function defineRemovals(removals: RemovalService, services: RemovalServices) {
  const { workers, series, imports, strategies, runs, changes } = services;
  removals.define('run', {
    check: async (runId) => {
      if (!(await runs.list()).some(({ id }) => id === runId))
        throw new AppError('not-found', `There is no run ${runId} in the library any more`);
    },
    carryOut: (runId) => runs.remove(runId),
    announce: () => changes.announce('runs'),
  });
  removals.define('series', {
    check: (seriesId) => series.byId(seriesId),
    carryOut: (seriesId) => imports.removeSeries(seriesId),
    announce: () => changes.announce('series'),
  });
  removals.define('strategy', {
    check: async (strategyId) => {
      const found = (await strategies.list()).find(({ id }) => id === strategyId);
      if (found === undefined) throw new AppError('not-found', `There is no strategy "${strategyId}"`);
      if (found.origin === 'built-in')
        throw new AppError('bad-request', 'Built-in strategies cannot be removed', { field: 'strategyId' });
    },
    carryOut: (strategyId) => strategies.remove(strategyId),
    announce: () => changes.announce('strategies'),
  });
  removals.define('import', {
    check: (importId) => workers.readers.run('checkUndoImport', { importId }),
    carryOut: (importId) => imports.undo(importId),
    announce: () => changes.announce('series'),
  });

  return {
    runs: async (): Promise<RunSummary[]> => {
      const hidden = removals.hidden('run');
      return (await runs.list()).filter(({ id }) => !hidden.has(id));
    },
    strategies: async (): Promise<StrategySummary[]> => {
      const hidden = removals.hidden('strategy');
      return (await strategies.list()).filter(({ id }) => !hidden.has(id));
    },
    /** An import that is being taken back counts as undone. */
    imports: async (): Promise<ImportRecord[]> => {
      const hidden = removals.hidden('import');
      return (await imports.list()).map((record) =>
        hidden.has(record.importId) ? { ...record, undone: true } : record,
      );
    },
    /** Without those that only an import made that is being taken back. */
    series: async (): Promise<Series[]> => {
      const hidden = removals.hidden('series');
      const undone = removals.hidden('import');
      if (undone.size > 0) {
        const kept = new Set<string>();
        const touched = new Set<string>();
        for (const { importId, undone: isUndone, series: ranges } of await imports.list()) {
          if (isUndone) continue;
          for (const { seriesId } of ranges) (undone.has(importId) ? touched : kept).add(seriesId);
        }
        for (const id of touched) if (!kept.has(id)) hidden.add(id);
      }
      return (await series.list()).filter(({ id }) => !hidden.has(id));
    },
  };
}
