import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import type {
  AppInfo,
  FetchProgress,
  FetchResult,
  ImportReport,
  RunSummary,
} from '../../shared/contract/schemas.ts';
import type { ActionService } from './actions.ts';
import type { Changes } from './changes.ts';
import type { ExportJob } from './define-jobs.ts';
import type { defineRemovals } from './define-removals.ts';
import type { DerivedSeriesService } from './derived-series.ts';
import type { Files } from './file-door.ts';
import type { HealthService } from './health.ts';
import type { ImportService } from './imports.ts';
import { calendarSummaries, type InstrumentService, sessionSpans } from './instruments.ts';
import { type JobService, jobEvents } from './jobs.ts';
import type { LibraryService } from './library.ts';
import type { RemovalService } from './removals.ts';
import type { RunService } from './runs.ts';
import type { SeriesService } from './series.ts';
import type { SettingsService } from './settings.ts';
import type { SourceService } from './sources.ts';
import type { StrategyService } from './strategies.ts';
import { taskEvents } from './task-events.ts';
import type { Workers } from './workers.ts';
import type { WorkspaceService } from './workspaces.ts';

export interface Services {
  readonly series: SeriesService;
  readonly imports: ImportService;
  readonly library: LibraryService;
  readonly instruments: InstrumentService;
  readonly derived: DerivedSeriesService;
  readonly health: HealthService;
  readonly actions: ActionService;
  readonly sources: SourceService;
  readonly strategies: StrategyService;
  readonly runs: RunService;
  readonly files: Files;
  readonly changes: Changes;
  readonly workers: Workers;
  readonly settings: SettingsService;
  readonly workspaces: WorkspaceService;
  readonly removals: RemovalService;
  /** Without what is on its way out. */
  readonly lists: ReturnType<typeof defineRemovals>;
  readonly jobs: JobService;
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
  const { series, imports, library, sources, strategies, runs, files, changes, workers, info } = services;
  const { health, actions, instruments, derived } = services;
  const { settings, workspaces, removals, lists, jobs } = services;
  const { readers } = workers;
  /** An export as a job; it ends with the window that waits for it, which is the only one it could go to. */
  const exported = async (title: string, signal: AbortSignal | undefined, work: ExportJob['work']) => {
    const { jobId, outcome } = await jobs.start<Uint8Array<ArrayBuffer>>('export', { title, work });
    signal?.addEventListener('abort', () => jobs.cancel(jobId));
    return outcome;
  };
  const os = implement(contract);
  return os.router({
    app: {
      info: os.app.info.handler(info),
      changes: os.app.changes.handler(({ signal }) => changes.subscribe(signal)),
    },
    data: {
      list: os.data.list.handler(() => lists.series()),
      get: os.data.get.handler(({ input }) => readers.run('seriesDetail', input)),
      import: os.data.import.handler(async function* ({ input: { fileId, options = {} } }) {
        const { path, name } = files.resolve(fileId);
        yield* jobEvents(await jobs.start<ImportReport>('import', { fileId, path, name, options }));
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
      imports: os.data.imports.handler(() => lists.imports()),
      undoImport: os.data.undoImport.handler(({ input }) =>
        removals.remove('import', input.importId, input.isImmediate),
      ),
      rejects: os.data.rejects.handler(async ({ input }) =>
        blob(await readers.run('rejectList', input), 'text/csv'),
      ),
      remove: os.data.remove.handler(({ input }) => removals.remove('series', input.seriesId)),
      viewport: os.data.viewport.handler(async ({ input, signal }) =>
        blob(
          await (input.every === null ? series : derived).viewport(
            input,
            { signal },
            await actions.inView(input.seriesId, input.view),
          ),
        ),
      ),
      locate: os.data.locate.handler(async ({ input }) => ({
        bar: await (input.every === null
          ? series.locate(input.seriesId, input.time)
          : derived.locate(input.seriesId, input.time, input.every)),
      })),
      calendars: os.data.calendars.handler(calendarSummaries),
      sessions: os.data.sessions.handler(({ input }) => sessionSpans(input)),
      instruments: os.data.instruments.handler(() => instruments.list()),
      setInstrument: os.data.setInstrument.handler(({ input }) => instruments.change(input)),
      sources: os.data.sources.handler(() => sources.list()),
      setSource: os.data.setSource.handler(({ input }) => sources.set(input)),
      planFetch: os.data.planFetch.handler(({ input, signal }) => sources.plan(input, { signal })),
      fetch: os.data.fetch.handler(async function* ({ input }) {
        yield* jobEvents(await jobs.start<FetchResult, FetchProgress>('fetch', input));
      }),
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
        blob(
          await exported(`Bars as ${input.format}`, signal, (stop) =>
            library.exportBars(input, { signal: stop }),
          ),
          BAR_FILE_TYPES[input.format],
        ),
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
      list: os.strategies.list.handler(() => lists.strategies()),
      get: os.strategies.get.handler(({ input }) => strategies.get(input.strategyId)),
      save: os.strategies.save.handler(({ input }) => strategies.save(input.fileName, input.source)),
      remove: os.strategies.remove.handler(({ input }) => removals.remove('strategy', input.strategyId)),
    },
    runs: {
      list: os.runs.list.handler(() => lists.runs()),
      start: os.runs.start.handler(async function* ({ input }) {
        yield* jobEvents(await jobs.start<RunSummary>('run', input));
      }),
      get: os.runs.get.handler(({ input }) => runs.get(input.runId)),
      equity: os.runs.equity.handler(async ({ input }) => blob(await readers.run('equity', input))),
      trades: os.runs.trades.handler(({ input }) => readers.run('trades', input)),
      markers: os.runs.markers.handler(async ({ input }) => {
        const { seriesId, every } = input;
        const handle = await (every === null
          ? series.handleById(seriesId, ['time'])
          : derived.handleById(seriesId, every));
        return blob(await readers.run('markers', { query: input, handle }));
      }),
      file: os.runs.file.handler(async ({ input, signal }) => {
        const extension = input.name.split('.').at(-1) as keyof typeof FILE_TYPES;
        const bytes = await exported(input.name, signal, (stop) =>
          readers.run('runFile', input, { signal: stop }),
        );
        return blob(bytes, FILE_TYPES[extension]);
      }),
      reproduce: os.runs.reproduce.handler(({ input, signal }) => runs.reproduce(input.runId, { signal })),
      remove: os.runs.remove.handler(({ input }) => removals.remove('run', input.runId)),
    },
    sample: {
      open: os.sample.open.handler(async function* () {
        yield* jobEvents(await jobs.start<RunSummary>('sample', {}));
      }),
    },
    removals: {
      undo: os.removals.undo.handler(({ input }) => removals.undo(input.removalId)),
      finish: os.removals.finish.handler(({ input }) => removals.finish(input.removalId)),
    },
    jobs: {
      list: os.jobs.list.handler(() => jobs.list()),
      changes: os.jobs.changes.handler(({ signal }) => jobs.changes(signal)),
      cancel: os.jobs.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
      retry: os.jobs.retry.handler(({ input }) => jobs.retry(input.jobId)),
      clear: os.jobs.clear.handler(() => jobs.clear()),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      set: os.settings.set.handler(({ input }) => settings.set(input.key, input.value)),
    },
    workspaces: {
      list: os.workspaces.list.handler(() => workspaces.list()),
      get: os.workspaces.get.handler(({ input }) => workspaces.get(input.name)),
      save: os.workspaces.save.handler(({ input }) => workspaces.save(input.name, input.workspace)),
      remove: os.workspaces.remove.handler(({ input }) => workspaces.remove(input.name)),
    },
  });
}
