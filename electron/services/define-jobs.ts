import { existsSync } from 'node:fs';
import { AppError } from '../../shared/contract/errors.ts';
import type {
  FetchProgress,
  FetchRequest,
  FetchResult,
  ImportOptions,
  ImportReport,
  RunSpec,
  RunSummary,
} from '../../shared/contract/schemas.ts';
import { counted } from '../../shared/format/number.ts';
import type { Files } from './file-door.ts';
import type { ImportService } from './imports.ts';
import type { JobService } from './jobs.ts';
import type { RemovalService } from './removals.ts';
import type { RunService } from './runs.ts';
import type { SampleService } from './sample.ts';
import type { SourceService } from './sources.ts';

export interface ImportJob {
  readonly fileId: string | null;
  readonly path: string;
  readonly name: string;
  readonly options: Partial<ImportOptions>;
}

interface JobServices {
  readonly files: Files;
  readonly imports: ImportService;
  readonly runs: RunService;
  readonly sample: SampleService;
  readonly sources: SourceService;
  readonly removals: RemovalService;
}

/** What each kind of job does. */
export function defineJobs(jobs: JobService, services: JobServices): void {
  const { files, imports, runs, sample, sources, removals } = services;
  const runResult = ({ id, trades }: RunSummary) => ({ runId: id, text: counted(trades, 'trade') });

  jobs.define<ImportJob, ImportReport>('import', {
    title: ({ name }) => name,
    task: async ({ path, name, fileId, options }, run) => {
      await removals.finishNow();
      let isOpenQuestion = false;
      try {
        return await imports.importFile({ path, name }, options, run);
      } catch (thrown) {
        isOpenQuestion = thrown instanceof AppError && thrown.code === 'bad-request';
        throw thrown;
      } finally {
        // A file whose reading must be asked for is imported again with the answer.
        if (!isOpenQuestion && fileId !== null) await files.release(fileId);
      }
    },
    result: ({ importId, stored, rejected }) => ({
      importId,
      text: `${counted(stored, 'bar')} stored${rejected === 0 ? '' : `, ${counted(rejected, 'line')} rejected`}`,
    }),
    canRetry: ({ path }) => existsSync(path),
  });

  jobs.define<RunSpec, RunSummary>('run', {
    title: ({ strategy, data }) =>
      `${strategy} on ${data.map(({ ticker, every }) => `${ticker} ${every}`).join(', ')}`,
    task: (spec, run) => runs.start(spec, run),
    result: runResult,
    canRetry: () => true,
  });

  jobs.define<Record<never, never>, RunSummary>('sample', {
    title: () => 'Sample bars and a first backtest',
    task: async (_, run) => {
      await removals.finishNow();
      return sample.open(run);
    },
    result: runResult,
    canRetry: () => true,
  });

  jobs.define<FetchRequest, FetchResult, FetchProgress>('fetch', {
    title: ({ id, symbols }) =>
      `${id}: ${symbols.length === 0 ? 'everything new' : symbols.slice(0, 4).join(', ')}`,
    task: async (request, run) => {
      await removals.finishNow();
      return sources.fetch(request, run);
    },
    result: ({ reports, failures }) => ({
      text: `${counted(
        reports.reduce((sum, { stored }) => sum + stored, 0),
        'bar',
      )} stored${failures.length === 0 ? '' : `, ${counted(failures.length, 'part')} failed`}`,
    }),
    canRetry: () => true,
  });

  // The bytes go to the window that asked for them, so there is nobody to hand them to a second time.
  jobs.define<ExportJob, Uint8Array<ArrayBuffer>>('export', {
    title: ({ title }) => title,
    task: ({ work }, run) => work(run.signal),
    result: ({ byteLength }) => ({ text: `${(byteLength / 1e6).toFixed(1)} MB` }),
    canRetry: () => false,
    kept: () => null,
  });
}

export interface ExportJob {
  readonly title: string;
  readonly work: (signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;
}
