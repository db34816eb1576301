import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Changes } from '../../../electron/services/changes.ts';
import { environmentSecrets } from '../../../electron/services/environment-secrets.ts';
import { ImportService } from '../../../electron/services/imports.ts';
import type { SecretStore } from '../../../electron/services/secret-store.ts';
import { SeriesService } from '../../../electron/services/series.ts';
import { SourceService } from '../../../electron/services/sources.ts';
import { startWorkers } from '../../../electron/services/workers.ts';
import { allSources } from '../../../electron/sources/all-sources.ts';
import { type Clock, systemClock } from '../../../electron/sources/clock.ts';

export interface LibraryAppOptions {
  /** An existing library; by default a new one, removed in the end. */
  readonly libraryPath?: string;
  readonly clock?: Clock;
  readonly secrets?: SecretStore;
}

/** The services that fetching needs, on a library of their own. */
export async function openLibraryApp(options: LibraryAppOptions = {}) {
  const { clock = systemClock, secrets = environmentSecrets({}) } = options;
  const libraryPath = options.libraryPath ?? mkdtempSync(join(tmpdir(), 'hindsight-sources-'));
  const workers = startWorkers(libraryPath);
  await workers.writer.run('open', undefined);
  const changes = new Changes();
  const series = new SeriesService(workers);
  const imports = new ImportService(workers, series, changes);
  const sources = new SourceService({ sources: allSources(clock), workers, imports, secrets, libraryPath });
  /** Content by series: what two libraries must agree on. */
  const hashes = async () =>
    Object.fromEntries(
      (await series.list()).map((one) => [`${one.ticker} ${one.every}`, [one.bars, one.contentHash]]),
    );
  const close = () => {
    sources.close();
    workers.close();
    if (options.libraryPath === undefined) rmSync(libraryPath, { recursive: true, force: true });
  };
  return { libraryPath, workers, series, imports, sources, hashes, close };
}
export type LibraryApp = Awaited<ReturnType<typeof openLibraryApp>>;
