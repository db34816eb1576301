import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import type { AppInfo, Settings } from '../../shared/contract/schemas.ts';
import { VERSION } from '../../shared/version.ts';
import { allSources } from '../sources/all-sources.ts';
import { ActionService } from './actions.ts';
import { Changes } from './changes.ts';
import { stopCompiler } from './compile-strategy.ts';
import { defineJobs } from './define-jobs.ts';
import { defineRemovals } from './define-removals.ts';
import { DerivedSeriesService } from './derived-series.ts';
import { environmentSecrets } from './environment-secrets.ts';
import { Files } from './file-door.ts';
import { HealthService } from './health.ts';
import { ImportService } from './imports.ts';
import { InstrumentService } from './instruments.ts';
import { JobService } from './jobs.ts';
import { LibraryService } from './library.ts';
import { RemovalService } from './removals.ts';
import { createRouter } from './router.ts';
import { RunService } from './runs.ts';
import { SampleService } from './sample.ts';
import type { SecretStore } from './secret-store.ts';
import { SeriesService } from './series.ts';
import { readSettings, SettingsService, settingsPath } from './settings.ts';
import { SourceService } from './sources.ts';
import { StrategyService } from './strategies.ts';
import { startWorkers } from './workers.ts';
import { WorkspaceService } from './workspaces.ts';

export interface AppOptions {
  /** The library's folder; made where it is missing. */
  readonly libraryPath: string;
  /** The folder that holds the built-in strategies. */
  readonly resourcesPath: string;
  readonly face: AppInfo['face'];
  /** Where keys of sources come from; by default the environment. */
  readonly secrets?: SecretStore;
}

/** Everything a face needs: the desktop and the browser put a transport before `router`, the terminal calls services. */
export type App = Awaited<ReturnType<typeof createApp>>;

/** Opens the library and starts the services. Throws AppErrors (no permission, newer library, wrong Node). */
export async function createApp({
  libraryPath,
  resourcesPath,
  face,
  secrets = environmentSecrets(),
}: AppOptions) {
  await mkdir(libraryPath, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('disk', `Cannot use the library folder ${libraryPath}: ${error.message}`, {
      file: libraryPath,
      hint: 'Choose another with --library, or correct its permissions.',
    });
  });
  const { set: chosen } = readSettings(settingsPath(libraryPath));
  const workers = startWorkers(libraryPath, chosen['workers.backtests']);
  try {
    await workers.writer.run('open', undefined);
    // A window will ask at once; a command in the terminal only starts the threads it needs.
    if (face !== 'terminal') for (const pool of [workers.readers, workers.backtests]) pool.warm();
    const changes = new Changes();
    const files = new Files(libraryPath);
    await files.clean();
    const series = new SeriesService(workers);
    const imports = new ImportService(workers, series, changes);
    const instruments = new InstrumentService(workers, changes);
    const derived = new DerivedSeriesService(workers, series, instruments);
    const library = new LibraryService(libraryPath, workers, series, instruments, changes);
    const health = new HealthService(workers, series, instruments, changes);
    const actions = new ActionService(workers, instruments, changes);
    // Nobody waits for it; closing ends it, and the next start goes on.
    if (face !== 'terminal') library.completeLevels().catch(() => {});
    const sources = new SourceService({ sources: allSources(), workers, imports, secrets, libraryPath });
    const strategies = new StrategyService(resourcesPath, libraryPath, workers, changes);
    const runs = new RunService({
      workers,
      series,
      strategies,
      instruments,
      health,
      actions,
      changes,
    });
    const sample = new SampleService(libraryPath, workers, series, imports, runs);
    const applySettings = (values: Settings) => series.setMostBytes(values['memory.seriesMegabytes'] * 1e6);
    const settings = new SettingsService(libraryPath, changes, applySettings);
    applySettings(settings.get().values);
    const workspaces = new WorkspaceService(libraryPath, changes);
    const removals = new RemovalService(workers);
    const lists = defineRemovals(removals, { workers, series, imports, strategies, runs, changes });
    const jobs = new JobService(workers);
    defineJobs(jobs, { files, imports, runs, sample, sources, removals });
    if (face !== 'terminal') {
      await removals.finishOld();
      await jobs.open();
    }
    const info = async (): Promise<AppInfo> => ({
      version: VERSION,
      face,
      nodeVersion: process.versions.node,
      libraryPath,
      libraryBytes: await bytesOf(libraryPath),
      cacheBytes: series.cachedBytes,
      workers: workers.backtests.size,
      workersBusy:
        workers.backtests.busy + workers.importers.busy + workers.readers.busy + workers.writer.busy,
    });
    const closing = new AbortController();
    // A command in the terminal computes what it asks for, and ends.
    void health.follow(closing.signal, face !== 'terminal');
    void actions.follow(closing.signal);
    const close = () => {
      closing.abort();
      settings.close();
      removals.close();
      sources.close();
      workers.close();
      void stopCompiler();
    };
    const services = {
      series,
      imports,
      library,
      instruments,
      derived,
      health,
      actions,
      sources,
      strategies,
      runs,
      sample,
      files,
      changes,
      workers,
      settings,
      workspaces,
      removals,
      lists,
      jobs,
      info,
    };
    return { ...services, router: createRouter(services), close };
  } catch (thrown) {
    workers.close();
    throw thrown;
  }
}

/** Size of the library's database with its write-ahead log. */
async function bytesOf(libraryPath: string): Promise<number> {
  const sizes = await Promise.all(
    ['library.sqlite', 'library.sqlite-wal'].map((name) =>
      stat(join(libraryPath, name)).then(
        ({ size }) => size,
        () => 0, // the log comes and goes
      ),
    ),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
