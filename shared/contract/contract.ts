import { eventIterator, oc } from '@orpc/contract'; // oRPC: one typed contract over MessagePorts, WebSockets and worker ports
import * as z from 'zod';
import * as s from './schemas.ts';

/** Bytes of a column frame (wire.ts) or a file, as the platform's Blob: binary on every transport. */
export interface BinaryPayload {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}
const Binary = z.custom<BinaryPayload>(
  (value) => /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(value)),
  'binary data',
);
const byId = <Key extends string>(key: Key) =>
  z.strictObject({ [key]: z.string().min(1).max(128) } as Record<Key, z.ZodString>);
const Nothing = z.void();

/** Every call between a window and the core: name, input, output. Failures are AppErrors (errors.ts). */
export const contract = {
  app: {
    info: oc.output(s.AppInfoSchema),
    /** One event at once and one whenever a list or the libraries' health changes, until the consumer goes away. */
    changes: oc.output(
      eventIterator(
        z.object({
          what: z.enum([
            'ready',
            'series',
            'runs',
            'strategies',
            'health',
            'actions',
            'settings',
            'workspaces',
          ]),
        }),
      ),
    ),
  },
  data: {
    list: oc.output(z.array(s.SeriesSchema)),
    get: oc.input(byId('seriesId')).output(s.SeriesDetailSchema),
    /** `fileId` comes from the platform's file door (upload or native path), never a path chosen by the page. */
    import: oc
      .input(z.strictObject({ fileId: z.string(), options: s.ImportOptionsSchema.optional() }))
      .output(eventIterator(s.ImportEventSchema)),
    /** The first lines of a file beside the bars they make, and what was guessed. Nothing is stored. */
    preview: oc
      .input(z.strictObject({ fileId: z.string(), options: s.ImportOptionsSchema.optional() }))
      .output(s.ImportPreviewSchema),
    /** Reads the whole file without storing anything. */
    check: oc
      .input(z.strictObject({ fileId: z.string(), options: s.ImportOptionsSchema.optional() }))
      .output(eventIterator(s.ImportCheckEventSchema)),
    /** Gives up a file that was previewed and shall not be imported. */
    discard: oc.input(byId('fileId')).output(Nothing),
    /** All imports, newest first. */
    imports: oc.output(z.array(s.ImportRecordSchema)),
    /** Removals and undone imports can be taken back for some seconds: `removals.undo`; `isImmediate` leaves none. */
    undoImport: oc
      .input(
        z.strictObject({ importId: z.string().min(1).max(128), isImmediate: z.boolean().default(false) }),
      )
      .output(s.RemovedSchema),
    /** All rejected lines of an import as CSV: line, column, reason, text. */
    rejects: oc.input(byId('importId')).output(Binary),
    remove: oc.input(byId('seriesId')).output(s.RemovedSchema),
    viewport: oc.input(s.ViewportQuerySchema).output(Binary),
    locate: oc.input(s.LocateQuerySchema).output(z.object({ bar: z.int() })),
    calendars: oc.output(z.array(s.CalendarSummarySchema)),
    sessions: oc.input(s.SessionsQuerySchema).output(z.array(s.SessionSpanSchema)),
    /** Every ticker of the library, with its calendar and currency, said or guessed. */
    instruments: oc.output(z.array(s.InstrumentSchema)),
    setInstrument: oc.input(s.InstrumentChangeSchema).output(s.InstrumentSchema),
    /** Computed when the library does not hold it for these bars, their calendar and actions. */
    health: oc.input(byId('seriesId')).output(s.HealthReportSchema),
    /** Of the series whose health is known; the others follow in the background (`changes`: health). */
    healthScores: oc.output(z.array(s.HealthScoreSchema)),
    reviewSuspect: oc.input(s.SuspectReviewSchema).output(Nothing),
    /** Takes bars out as an import of its own; `undoImport` brings them back. */
    dropBars: oc.input(s.DropBarsSchema).output(z.object({ importId: z.string(), droppedBars: z.int() })),
    /** Corporate actions of a ticker, or all. */
    actions: oc
      .input(z.strictObject({ ticker: z.string().nullable() }))
      .output(z.array(s.StoredActionSchema)),
    putAction: oc.input(s.ActionInputSchema).output(s.StoredActionSchema),
    /** Answers what was removed: `putAction` with it is the undo. */
    removeAction: oc.input(byId('id')).output(s.StoredActionSchema),
    importActions: oc.input(s.ActionFileSchema).output(s.ActionImportSchema),
    /** What the bars say against the table of actions; null: every ticker. Most certain first. */
    proposeActions: oc
      .input(z.strictObject({ ticker: z.string().nullable() }))
      .output(z.array(s.ActionProposalSchema)),
    /** Bars as a file. Files of a gigabyte and more are for the terminal: `hindsight data export`. */
    exportBars: oc.input(s.ExportBarsSchema).output(Binary),
    query: oc.input(s.SqlQuerySchema).output(s.SqlAnswerSchema),
    storage: oc.output(s.StorageReportSchema),
    setStorageLimit: oc.input(s.StorageLimitSchema).output(s.StorageReportSchema),
    cleanUp: oc.input(s.CleanUpSchema).output(s.CleanUpReportSchema),
    compact: oc.output(eventIterator(s.CompactEventSchema)),
    integrity: oc.output(eventIterator(s.IntegrityEventSchema)),
    /** The library with the user's strategies as one file. Those of a gigabyte and more are for the terminal. */
    backup: oc.output(Binary),
    restore: oc.input(s.RestoreSchema).output(eventIterator(s.RestoreEventSchema)),
    /** Asks nobody on the network: what the sources are, whether they are on, and what they lack. */
    sources: oc.output(z.array(s.SourceStateSchema)),
    setSource: oc.input(s.SourceChangeSchema).output(s.SourceStateSchema),
    /** What a fetch would bring. May ask the source for its list; stores nothing. */
    planFetch: oc.input(s.FetchRequestSchema).output(s.FetchPlanSchema),
    /** Part by part into the library; what was imported stays when it is stopped, and the next fetch goes on there. */
    fetch: oc.input(s.FetchRequestSchema).output(eventIterator(s.FetchEventSchema)),
  },
  strategies: {
    list: oc.output(z.array(s.StrategySummarySchema)),
    get: oc.input(byId('strategyId')).output(s.StrategyDetailSchema),
    /** Adds or replaces a user strategy file. The answer may carry a compile error: the file is kept. */
    save: oc
      .input(
        z.strictObject({
          fileName: z.string().regex(/^[\w-]{1,60}\.ts$/),
          source: z.string().max(1_000_000),
        }),
      )
      .output(s.StrategyDetailSchema),
    remove: oc.input(byId('strategyId')).output(s.RemovedSchema),
  },
  runs: {
    list: oc.output(z.array(s.RunSummarySchema)),
    start: oc.input(s.RunSpecSchema).output(eventIterator(s.RunEventSchema)),
    get: oc.input(byId('runId')).output(s.RunDetailSchema),
    equity: oc.input(s.EquityQuerySchema).output(Binary),
    trades: oc
      .input(s.TradeQuerySchema)
      .output(z.object({ total: z.int(), rows: z.array(s.TradeRowSchema) })),
    markers: oc.input(s.MarkerQuerySchema).output(Binary),
    file: oc.input(z.strictObject({ runId: z.string(), name: s.RunFileSchema })).output(Binary),
    reproduce: oc.input(byId('runId')).output(s.ReproductionSchema),
    remove: oc.input(byId('runId')).output(s.RemovedSchema),
  },
  removals: {
    /** Brings back what was removed a moment ago. Throws not-found when it is too late. */
    undo: oc.input(byId('removalId')).output(Nothing),
    /** Undo is not offered any more: it is removed for good. Said or not, that happens within a minute. */
    finish: oc.input(byId('removalId')).output(Nothing),
  },
  /** Imports, runs, fetches and exports, whoever asked for them; they go on without a window. */
  jobs: {
    list: oc.output(z.array(s.JobSchema)),
    /** All of them at first (`isWhole`), then those that changed, a few times a second at most. */
    changes: oc.output(eventIterator(z.object({ isWhole: z.boolean(), jobs: z.array(s.JobSchema) }))),
    cancel: oc.input(byId('jobId')).output(Nothing),
    retry: oc.input(byId('jobId')).output(z.object({ jobId: z.string() })),
    /** Forgets those that are over. */
    clear: oc.output(Nothing),
  },
  settings: {
    get: oc.output(s.SettingsStateSchema),
    set: oc.input(s.SettingChangeSchema).output(s.SettingsStateSchema),
  },
  workspaces: {
    list: oc.output(z.array(s.WorkspaceSummarySchema)),
    get: oc.input(z.strictObject({ name: s.WorkspaceNameSchema })).output(s.WorkspaceReadSchema),
    save: oc
      .input(z.strictObject({ name: s.WorkspaceNameSchema, workspace: s.WorkspaceSchema }))
      .output(Nothing),
    remove: oc.input(z.strictObject({ name: s.WorkspaceNameSchema })).output(Nothing),
  },
  sample: {
    /** Generates the sample bars where they are missing and runs SMA cross over one ticker. */
    open: oc.output(eventIterator(s.RunEventSchema)),
  },
};
export type Contract = typeof contract;
