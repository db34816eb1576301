import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { AppInfo, FetchProgress, FetchResult } from '../../shared/contract/schemas.ts';
import type { ActionService } from './actions.ts';
import type { Changes } from './changes.ts';
import type { Files } from './file-door.ts';
import type { HealthService } from './health.ts';
import type { ImportService } from './imports.ts';
import { calendarSummaries, type InstrumentService, sessionSpans } from './instruments.ts';
import type { LibraryService } from './library.ts';
import type { RunService } from './runs.ts';
import type { SampleService } from './sample.ts';
import type { SeriesService } from './series.ts';
import type { SourceService } from './sources.ts';
import type { StrategyService } from './strategies.ts';
import { taskEvents } from './task-events.ts';
import type { Workers } from './workers.ts';

export interface Services {
  readonly series: SeriesService;
  readonly imports: ImportService;
  readonly library: LibraryService;
  readonly instruments: InstrumentService;
  readonly health: HealthService;
  readonly actions: ActionService;
  readonly sources: SourceService;
  readonly strategies: StrategyService;
  readonly runs: RunService;
  readonly sample: SampleService;
  readonly files: Files;
  readonly changes: Changes;
  readonly workers: Workers;
  readonly info: () => Promise<AppInfo>;
}

const blob = (bytes: Uint8Array<ArrayBuffer>, type = 'application/octet-stream') =>
  new Blob([bytes], { type });

const BAR_FILE_TYPES = {
  csv: 'text/csv',
  'csv.gz': 'application/gzip',
  parquet: 'application/vnd.apache.parquet',
} as const;
const FILE_TYPES = { csv: 'text/csv', json: 'application/json', html: 'text/html' } as const;

/** The contract, answered by the services. Validation is oRPC's, from the contract's schemas; no logic here. */
export function createRouter(services: Services) {
  const { series, imports, library, sources, strategies, runs, sample, files, changes, workers, info } =
    services;
  const { health, actions, instruments } = services;
  const { readers } = workers;
  const os = implement(contract);
  return os.router({
    app: {
      info: os.app.info.handler(info),
      changes: os.app.changes.handler(({ signal }) => changes.subscribe(signal)),
    },
    data: {
      list: os.data.list.handler(() => series.list()),
      get: os.data.get.handler(({ input }) => readers.run('seriesDetail', input)),
      import: os.data.import.handler(async function* ({ input, signal }) {
        const { path, name } = files.resolve(input.fileId);
        let isOpenQuestion = false;
        try {
          yield* taskEvents(
            (onProgress, stop) =>
              imports.importFile({ path, name }, input.options, { onProgress, signal: stop }),
            signal,
          );
        } catch (thrown) {
          isOpenQuestion = thrown instanceof AppError && thrown.code === 'bad-request';
          throw thrown;
        } finally {
          // A file whose reading must be asked for is imported again with the answer.
          if (!isOpenQuestion) await files.release(input.fileId);
        }
      }),
      preview: os.data.preview.handler(({ input, signal }) => {
        const { path, name } = files.resolve(input.fileId);
        return imports.preview({ path, name }, input.options, { signal });
      }),
      check: os.data.check.handler(({ input, signal }) => {
        const { path, name } = files.resolve(input.fileId);
        return taskEvents(
          (onProgress, stop) => imports.check({ path, name }, input.options, { onProgress, signal: stop }),
          signal,
        );
      }),
      discard: os.data.discard.handler(({ input }) => files.release(input.fileId)),
      imports: os.data.imports.handler(() => imports.list()),
      undoImport: os.data.undoImport.handler(({ input }) => imports.undo(input.importId)),
      rejects: os.data.rejects.handler(async ({ input }) =>
        blob(await readers.run('rejectList', input), 'text/csv'),
      ),
      remove: os.data.remove.handler(({ input }) => imports.removeSeries(input.seriesId)),
      viewport: os.data.viewport.handler(async ({ input, signal }) =>
        blob(await series.viewport(input, { signal }, await actions.inView(input.seriesId, input.view))),
      ),
      locate: os.data.locate.handler(async ({ input }) => ({
        bar: await series.locate(input.seriesId, input.time),
      })),
      calendars: os.data.calendars.handler(calendarSummaries),
      sessions: os.data.sessions.handler(({ input }) => sessionSpans(input)),
      instruments: os.data.instruments.handler(() => instruments.list()),
      setInstrument: os.data.setInstrument.handler(({ input }) => instruments.change(input)),
      sources: os.data.sources.handler(() => sources.list()),
      setSource: os.data.setSource.handler(({ input }) => sources.set(input)),
      planFetch: os.data.planFetch.handler(({ input, signal }) => sources.plan(input, { signal })),
      fetch: os.data.fetch.handler(({ input, signal }) =>
        taskEvents<FetchResult, FetchProgress>(
          (onProgress, stop) => sources.fetch(input, { onProgress, signal: stop }),
          signal,
        ),
      ),
      health: os.data.health.handler(({ input, signal }) => health.report(input.seriesId, { signal })),
      healthScores: os.data.healthScores.handler(() => health.scores()),
      reviewSuspect: os.data.reviewSuspect.handler(({ input }) => health.review(input)),
      dropBars: os.data.dropBars.handler(({ input }) => health.dropBars(input)),
      actions: os.data.actions.handler(({ input }) => actions.list(input.ticker)),
      putAction: os.data.putAction.handler(({ input }) => actions.put(input)),
      removeAction: os.data.removeAction.handler(({ input }) => actions.remove(input.id)),
      importActions: os.data.importActions.handler(async ({ input, signal }) => {
        const { path, name } = files.resolve(input.fileId);
        const report = await actions.importFile({ path, name }, input.ticker, { signal });
        await files.release(input.fileId);
        return report;
      }),
      proposeActions: os.data.proposeActions.handler(({ input, signal }) =>
        actions.propose(input.ticker, { signal }),
      ),
      exportBars: os.data.exportBars.handler(async ({ input, signal }) =>
        blob(await library.exportBars(input, { signal }), BAR_FILE_TYPES[input.format]),
      ),
      query: os.data.query.handler(({ input, signal }) => library.query(input, { signal })),
      storage: os.data.storage.handler(() => library.storage()),
      setStorageLimit: os.data.setStorageLimit.handler(({ input }) => library.setLimit(input.bytes)),
      cleanUp: os.data.cleanUp.handler(({ input }) => library.cleanUp(input)),
      compact: os.data.compact.handler(({ signal }) =>
        taskEvents((onProgress, stop) => library.compact({ onProgress, signal: stop }), signal),
      ),
      integrity: os.data.integrity.handler(({ signal }) =>
        taskEvents((onProgress, stop) => library.checkIntegrity({ onProgress, signal: stop }), signal),
      ),
      backup: os.data.backup.handler(async ({ signal }) =>
        blob(await library.backup({ signal }), 'application/vnd.sqlite3'),
      ),
      restore: os.data.restore.handler(async function* ({ input, signal }) {
        const { path } = files.resolve(input.fileId);
        try {
          yield* taskEvents(
            (onProgress, stop) => library.restore(path, input.replace, { onProgress, signal: stop }),
            signal,
          );
        } finally {
          await files.release(input.fileId);
        }
      }),
    },
    strategies: {
      list: os.strategies.list.handler(() => strategies.list()),
      get: os.strategies.get.handler(({ input }) => strategies.get(input.strategyId)),
      save: os.strategies.save.handler(({ input }) => strategies.save(input.fileName, input.source)),
      remove: os.strategies.remove.handler(({ input }) => strategies.remove(input.strategyId)),
    },
    runs: {
      list: os.runs.list.handler(() => runs.list()),
      start: os.runs.start.handler(({ input, signal }) =>
        taskEvents((onProgress, stop) => runs.start(input, { onProgress, signal: stop }), signal),
      ),
      get: os.runs.get.handler(({ input }) => runs.get(input.runId)),
      equity: os.runs.equity.handler(async ({ input }) => blob(await readers.run('equity', input))),
      trades: os.runs.trades.handler(({ input }) => readers.run('trades', input)),
      markers: os.runs.markers.handler(async ({ input }) => {
        const handle = await series.handleById(input.seriesId, ['time']);
        return blob(await readers.run('markers', { query: input, handle }));
      }),
      file: os.runs.file.handler(async ({ input }) => {
        const extension = input.name.split('.').at(-1) as keyof typeof FILE_TYPES;
        return blob(await readers.run('runFile', input), FILE_TYPES[extension]);
      }),
      reproduce: os.runs.reproduce.handler(({ input, signal }) => runs.reproduce(input.runId, { signal })),
      remove: os.runs.remove.handler(({ input }) => runs.remove(input.runId)),
    },
    sample: {
      open: os.sample.open.handler(({ signal }) =>
        taskEvents((onProgress, stop) => sample.open({ onProgress, signal: stop }), signal),
      ),
    },
  });
}
