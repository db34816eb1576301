import type { BacktestResult } from '../../shared/backtest/result.ts';
import type { BrokerSettings, InstrumentTerms } from '../../shared/backtest/settings.ts';
import type { SessionSchedule } from '../../shared/calendar/schedule.ts';
import type * as c from '../../shared/contract/schemas.ts';
import type { StoredRun } from '../../shared/contract/stored-run.ts';
import type { RangeHealth } from '../../shared/health/report.ts';
import type { BarColumnName } from '../../shared/market/bar.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import type { Trials } from '../../shared/statistics/probabilistic-sharpe.ts';
import type { Statistic } from '../../shared/statistics/statistic.ts';
import type { ParameterDeclarations, ParameterValues } from '../../shared/strategy/parameters.ts';
import type { HealthRecord } from '../store/health-store.ts';
import type { ActionFileInput, PreparedActions } from './action-tasks.ts';
import type { Computed, HealthQuestion } from './health-tasks.ts';
import type { DerivedSeries, ResampleRequest } from './resample-series.ts';

/**
 * A series in shared memory, column by column as they are asked for: decoded once by a reader, kept by the pool's owner,
 * handed to every worker (series-handle.ts).
 */
export interface SeriesHandle {
  readonly seriesId: string;
  readonly ticker: string;
  readonly every: string;
  readonly contentHash: string;
  readonly length: number;
  /** The columns that the series has. */
  readonly present: readonly BarColumnName[];
  /** Float64 values per column; null where the series has no such column, or nobody asked for it yet. */
  readonly columns: Readonly<Record<BarColumnName, SharedArrayBuffer | null>>;
}

/** One stored chunk: all bars of one series inside one window of time, each column encoded on its own. */
export interface EncodedChunk {
  /** Number of the window: floor(time / (CHUNK_BARS * interval)). */
  readonly window: number;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** SHA-256 over the decoded values of all columns, hex. */
  readonly contentHash: string;
  readonly columns: readonly {
    readonly name: BarColumnName;
    readonly crc32: number;
    readonly bytes: Uint8Array<ArrayBuffer>;
  }[];
  /** Levels of detail, finest first (store/level-codec.ts). */
  readonly levels: readonly {
    readonly barsPerBucket: number;
    readonly crc32: number;
    readonly bytes: Uint8Array<ArrayBuffer>;
  }[];
}

/** Everything a commit needs, parsed and encoded; the writer only inserts. */
export interface PreparedImport {
  readonly report: Omit<c.ImportReport, 'milliseconds'>;
  readonly parserVersion: string;
  /** `file`, or the address that a source on the network fetched it from. */
  readonly source: string;
  /** How the file was read; of an archive the first one in it. */
  readonly plan: c.ReadingPlan | null;
  /** What the user said about files like this one, for the next of them; null: nothing. */
  readonly remember: { readonly fingerprint: string; readonly plan: c.PlanOverrides } | null;
  readonly changes: readonly {
    readonly ticker: string;
    readonly every: string;
    /** Content hash of the series this was merged with; null for a new one. The writer refuses if it moved on. */
    readonly basedOn: string | null;
    readonly chunks: readonly EncodedChunk[];
  }[];
  /** All rejected lines, gzipped CSV `line,column,reason,text`. */
  readonly rejectList: Uint8Array<ArrayBuffer>;
}

export interface ImportInput {
  readonly path: string;
  readonly fileName: string;
  /** The address it was fetched from; absent: the user's own file. */
  readonly source?: string;
  readonly options: c.ImportOptions;
}

/** electron/workers/import.worker.ts */
export interface ImportTasks {
  prepareImport: { input: ImportInput; output: PreparedImport };
  /** Everything of an import but its chunks: what it would say. */
  checkImport: { input: ImportInput; output: c.ImportCheck };
  /** Writes the sample bars (shared/sample) as a CSV file of the bar schema. */
  writeSample: { input: { path: string }; output: undefined };
}
export const IMPORT_STAGES = ['reading', 'merging'] as const;

/** A job as its row has it; live progress is not stored. */
export interface JobRow extends Omit<c.Job, 'progress' | 'canRetry'> {
  /** What it was asked to do, to ask for it again; null where that cannot be done. */
  readonly input: unknown;
  /** The process it runs in: `pid:started`, started in epoch ms. */
  readonly owner: string;
}

/** Something that is to go once its time for Undo is over. */
export interface Removal {
  readonly id: string;
  readonly kind: c.RemovalKind;
  /** Id of the run, series, strategy or import. */
  readonly target: string;
  readonly askedAt: number;
}

/** electron/workers/writer.worker.ts: the one writing connection. */
export interface WriterTasks {
  /** Opens or creates the library, runs migrations. Must be the first task. */
  open: { input: undefined; output: undefined };
  commitImport: { input: PreparedImport; output: { importId: string } };
  undoImport: { input: { importId: string }; output: { removedBars: number } };
  removeSeries: { input: { seriesId: string }; output: undefined };
  changeInstrument: { input: c.InstrumentChange; output: undefined };
  saveRun: { input: StoredRun; output: undefined };
  removeRun: { input: { runId: string }; output: undefined };
  putJob: { input: JobRow; output: undefined };
  /** Says so of the unfinished jobs of processes that are gone. */
  interruptJobs: { input: { owners: readonly string[] }; output: undefined };
  forgetJobs: { input: { ids: readonly string[] }; output: undefined };
  putRemoval: { input: Removal; output: undefined };
  dropRemoval: { input: { id: string }; output: undefined };
  putAction: { input: c.ActionInput; output: c.StoredAction };
  removeAction: { input: { id: string }; output: c.StoredAction };
  commitActions: { input: PreparedActions; output: c.ActionImport };
  saveHealth: { input: readonly HealthRecord[]; output: undefined };
  reviewSuspect: { input: c.SuspectReview; output: undefined };
  /** Null takes a setting back. */
  putSetting: { input: { key: string; value: string | null }; output: undefined };
  /** Makes levels of detail for chunks without any behind a number, for a moment. The number to go on from; null: done. */
  completeLevels: { input: { after: number }; output: number | null };
  dropDamagedLevels: { input: undefined; output: number };
  setStorageLimit: { input: { bytes: number | null }; output: undefined };
  cleanUp: { input: c.CleanUp; output: c.CleanUpReport };
  compact: { input: undefined; output: c.CompactReport };
  restore: { input: { path: string; replace: boolean }; output: c.RestoreReport };
}
/** What maintenance does at the moment, in the writer as in readers. */
export const MAINTENANCE_STAGES = ['checking', 'writing', 'compacting', 'restoring'] as const;

/** electron/workers/reader.worker.ts: a read-only connection; bars, runs and files for screens and exports. */
export interface ReaderTasks {
  listSeries: { input: undefined; output: c.Series[] };
  listInstruments: { input: undefined; output: c.Instrument[] };
  resample: { input: ResampleRequest; output: DerivedSeries };
  seriesDetail: { input: { seriesId: string }; output: c.SeriesDetail };
  /** With the columns named here. */
  loadSeries: { input: { seriesId: string; columns: readonly BarColumnName[] }; output: SeriesHandle };
  rejectList: { input: { importId: string }; output: Uint8Array<ArrayBuffer> };
  /** Head of a file only: the import thread may be busy with another one. */
  previewFile: { input: ImportInput; output: c.ImportPreview };
  listImports: { input: undefined; output: c.ImportRecord[] };
  /** Throws what `undoImport` would throw. */
  checkUndoImport: { input: { importId: string }; output: undefined };
  /** Which of these addresses an import in the library came from, undone ones and removed series aside. */
  heldOrigins: { input: readonly string[]; output: string[] };
  /** Of a ticker, or all. */
  listActions: { input: { ticker: string | null }; output: c.StoredAction[] };
  prepareActions: { input: ActionFileInput; output: PreparedActions };
  proposeActions: {
    input: { ticker: string | null; calendars: Readonly<Record<string, string | null>> };
    output: c.ActionProposal[];
  };
  healthReport: { input: HealthQuestion; output: Computed<c.HealthReport> };
  healthInRange: {
    input: HealthQuestion & { readonly range: { from: number; to: number; bars: number } };
    output: Computed<RangeHealth>;
  };
  healthScores: { input: undefined; output: c.HealthScore[] };
  /** Series whose health is not known for what they are now. */
  staleHealth: { input: { calendars: Readonly<Record<string, string | null>> }; output: string[] };
  /** Bars taken out, as an import for the writer. */
  prepareDrop: { input: c.DropBars; output: { prepared: PreparedImport; droppedBars: number } };
  /** Null where it is not set. */
  setting: { input: { key: string }; output: string | null };
  /** SHA-256 over the values of a range of bars: what a manifest says about its data. */
  hashBars: { input: { handle: SeriesHandle; from: number; to: number }; output: string };
  /** `handle` holds the columns that the indicators need, null without any. Throws data-changed where it is out of date. */
  viewport: {
    input: {
      handle: SeriesHandle | null;
      query: c.ViewportQuery;
      actions?: readonly CorporateAction[];
    };
    output: Uint8Array<ArrayBuffer>;
  };
  /** Of a series that `resample` has made. */
  derivedViewport: {
    input: { handle: SeriesHandle; query: c.ViewportQuery };
    output: Uint8Array<ArrayBuffer>;
  };
  /** Index of the first bar at or after a time. */
  locate: { input: { seriesId: string; time: number }; output: number };
  listJobs: { input: undefined; output: JobRow[] };
  listRemovals: { input: undefined; output: Removal[] };
  listRuns: { input: undefined; output: c.RunSummary[] };
  runDetail: { input: { runId: string }; output: c.RunDetail };
  equity: { input: c.EquityQuery; output: Uint8Array<ArrayBuffer> };
  trades: { input: c.TradeQuery; output: { total: number; rows: c.TradeRow[] } };
  markers: { input: { query: c.MarkerQuery; handle: SeriesHandle }; output: Uint8Array<ArrayBuffer> };
  /** By hashes; when they differ, line by line over the exported files: where a run and its repetition part first. */
  compareWithRun: { input: { runId: string; again: StoredRun }; output: c.Reproduction };
  compareWithFiles: {
    input: { expected: c.Manifest['results']; folder: string | null; again: StoredRun };
    output: c.Reproduction;
  };
  runFile: { input: { runId: string; name: c.RunFile }; output: Uint8Array<ArrayBuffer> };
}

/** The same worker, with tasks that take long. */
export interface LongReaderTasks {
  storage: { input: undefined; output: c.StorageReport };
  checkIntegrity: { input: undefined; output: c.IntegrityReport };
  /** The library with the user's strategies as one file at `path`, which must not exist. */
  backup: { input: { path: string }; output: { bytes: number } };
  /** Bars as a file at `path`, which must not exist. Days are those of `calendar`; null: of UTC. */
  exportBars: {
    input: { request: c.ExportBars; calendar: string | null; path: string };
    output: { bars: number; bytes: number };
  };
  query: { input: c.SqlQuery; output: c.SqlAnswer };
}

/** When an instrument's trading days end. */
export interface SessionTask {
  /** Milliseconds of the local day, where no sessions are known. */
  readonly end: number;
  readonly zone: string;
  /** Those of a calendar on the trading days `from` to `to` (days since 1970-01-01), both inclusive. */
  readonly sessions: {
    readonly schedule: SessionSchedule;
    readonly from: number;
    readonly to: number;
  } | null;
}

/** A query is ended after this; one that never reads a row is given up soon after. */
export const QUERY_MILLISECONDS = 30_000;

/** A feed of a run: bars as shared memory, no functions. */
export interface FeedTask {
  readonly handle: SeriesHandle;
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly interval: number;
  readonly terms: InstrumentTerms;
  readonly session: SessionTask | null;
  readonly actions: readonly CorporateAction[];
  /** Shorter bars of the same instrument, for the policy `drill-down`. */
  readonly finer: SeriesHandle | null;
  /** How sound the bars of the range are; null: not known. */
  readonly health: RangeHealth | null;
}

/** What a run itself can say about how far to trust it. */
export type RunEvidence = Omit<c.Trust, 'trials' | 'unseenShare'>;

/** electron/workers/backtest.worker.ts: locked down, no database, no environment; the only thread that runs strategies. */
export interface BacktestTasks {
  /** Reads the declared parameters of a compiled strategy without running it. */
  describe: { input: { code: string; fileName: string }; output: { params: ParameterDeclarations } };
  run: {
    input: {
      code: string;
      fileName: string;
      params: ParameterValues;
      feeds: readonly FeedTask[];
      settings: BrokerSettings;
      seed: number;
      riskFreeRate: number;
      /** Bars that alpha, beta and the like refer to. */
      benchmark: { readonly handle: SeriesHandle; readonly actions: readonly CorporateAction[] } | null;
      /** Runs of the strategy, this one included, and how much the Sharpe ratios of those before differed. */
      trials: Trials;
      /** Where the result is written: columns over the steps, one double per step or more, and tables; null: fresh memory. */
      memory: {
        readonly tables: SharedArrayBuffer;
        readonly equity: SharedArrayBuffer;
        readonly cash: SharedArrayBuffer;
        readonly exposure: SharedArrayBuffer;
      } | null;
      /** How often the data are cut off to see whether past decisions stay the same; 0: not at all. */
      leakCuts: number;
    };
    output: {
      result: BacktestResult;
      statistics: Statistic[];
      hashes: c.Manifest['results'];
      evidence: RunEvidence;
      engineMilliseconds: number;
    };
  };
}
export const BACKTEST_STAGES = ['running', 'statistics', 'checking'] as const;
