import type * as c from '../../shared/contract/schemas.ts';
import { ActionStore } from '../store/action-store.ts';
import { type Database, openReader } from '../store/database.ts';
import { HealthStore } from '../store/health-store.ts';
import { ImportStore } from '../store/import-store.ts';
import { InstrumentStore } from '../store/instrument-store.ts';
import { JobStore } from '../store/job-store.ts';
import { RemovalStore } from '../store/removal-store.ts';
import { RunStore } from '../store/run-store.ts';
import { SeriesStore } from '../store/series-store.ts';
import { SettingStore } from '../store/setting-store.ts';
import { answerQuery } from '../store/sql-query.ts';
import { explainStoreError, withStoreErrors } from '../store/store-errors.ts';
import { prepareActions } from './action-tasks.ts';
import { ChunkReader } from './chunk-reader.ts';
import { compareStored, compareWithFiles } from './compare-tasks.ts';
import { derivedViewport } from './derived-viewport.ts';
import { equityCurve } from './equity-curve.ts';
import { sinkFor } from './export-bars.ts';
import { type FillTrades, fillMarkers, fillTrades } from './fill-markers.ts';
import { hashBars } from './hash-bars.ts';
import { rangeTask, reportTask, staleTask } from './health-tasks.ts';
import { IndicatorCache } from './indicator-cache.ts';
import { listInstruments } from './instrument-tasks.ts';
import { loadSeries } from './load-series.ts';
import { LruCache } from './lru-cache.ts';
import { prepareDrop } from './prepare-drop.ts';
import { previewFile } from './preview-file.ts';
import { proposeTask } from './propose-task.ts';
import { resampleSeries } from './resample-series.ts';
import { RunColumns } from './run-columns.ts';
import { seriesDetail } from './series-detail.ts';
import { barsOf } from './series-handle.ts';
import { serveTasks, type TaskProgress, Transferred, workerSettings } from './serve-tasks.ts';
import { type LongReaderTasks, QUERY_MILLISECONDS, type ReaderTasks } from './tasks.ts';
import { tradeOrder, tradePage } from './trade-page.ts';
import { backupLibrary, exportLibraryBars, integrityReport, storageReport } from './upkeep-tasks.ts';
import { viewport } from './viewport.ts';

// Answers screens and exports from a reading connection of its own; keeps what is asked for many times in a row.

const { libraryPath } = workerSettings<{ libraryPath: string }>();
const CACHED_ORDER_BYTES = 64e6;
const KEPT_HASHES = 1_000;

/** The open library with what reads it. */
class Library {
  readonly db: Database;
  readonly series: SeriesStore;
  readonly imports: ImportStore;
  readonly runs: RunStore;
  readonly jobs: JobStore;
  readonly removals: RemovalStore;
  readonly settings: SettingStore;
  readonly instruments: InstrumentStore;
  readonly actions: ActionStore;
  readonly health: HealthStore;
  readonly columns: RunColumns;
  readonly chunks: ChunkReader;
  readonly indicators = new IndicatorCache();
  readonly orders = new LruCache<Uint32Array>(CACHED_ORDER_BYTES);
  readonly fillTrades = new LruCache<FillTrades>(CACHED_ORDER_BYTES);

  constructor(db: Database) {
    this.db = db;
    this.series = new SeriesStore(db);
    this.chunks = new ChunkReader(this.series);
    this.imports = new ImportStore(db);
    this.runs = new RunStore(db);
    this.jobs = new JobStore(db);
    this.removals = new RemovalStore(db);
    this.settings = new SettingStore(db);
    this.instruments = new InstrumentStore(db);
    this.actions = new ActionStore(db);
    this.health = new HealthStore(db);
    this.columns = new RunColumns(this.runs);
  }

  /** One read transaction: a series is seen as one import left it, even while the next one is being stored. */
  consistently<T>(work: () => T): T {
    return this.db.transaction(work)();
  }
}

/** Hashes of the bars of runs: a parameter is turned many times over the same bars. */
const hashes = new LruCache<string>(KEPT_HASHES);
let library: Library | null = null;

type Tasks = { [Task in keyof ReaderTasks]: ReaderTasks[Task]['input'] };
type LongTasks = { [Task in keyof LongReaderTasks]: LongReaderTasks[Task]['input'] };

/** Opened by the first task: the writer has made the library by then. */
const openLibrary = () => (library ??= new Library(openReader(libraryPath)));

function onLibrary<Input, Output>(task: (library: Library, input: Input) => Output) {
  return (input: Input) =>
    withStoreErrors(libraryPath, () => {
      const opened = openLibrary();
      return opened.consistently(() => task(opened, input));
    });
}

const handedOver = (bytes: Uint8Array<ArrayBuffer>) => new Transferred(bytes, [bytes.buffer]);

function equity({ runs, columns }: Library, { runId, maxPoints }: c.EquityQuery) {
  const { startingCash } = runs.head(runId).ledger;
  return handedOver(equityCurve(columns.group(runId, 'equity'), startingCash, maxPoints));
}

function trades({ runs, columns, orders }: Library, query: c.TradeQuery) {
  const { tickers } = runs.head(query.runId);
  const group = columns.group(query.runId, 'trades');
  const order = orders.get(
    `${query.runId}:${query.sort}`,
    () => tradeOrder(group, tickers, query.sort),
    (indexes) => indexes.byteLength,
  );
  return tradePage(group, tickers, order, query);
}

function markers({ runs, columns, fillTrades: cache }: Library, { query, handle }: Tasks['markers']) {
  const { runId } = query;
  const fills = columns.group(runId, 'fills');
  const of = cache.get(
    runId,
    () => fillTrades(fills, columns.group(runId, 'trades')),
    ({ trade, profit }) => trade.byteLength + profit.byteLength,
  );
  return handedOver(fillMarkers(handle, { fills, tickers: runs.head(runId).tickers, of }, query));
}

const loadRun = onLibrary(({ runs }, { runId }: { runId: string }) => runs.load(runId));
const encodeUtf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text));

serveTasks({
  listSeries: onLibrary(({ series }) => series.list()),
  seriesDetail: onLibrary(({ series }, { seriesId }: Tasks['seriesDetail']) =>
    seriesDetail(series, seriesId),
  ),
  loadSeries: onLibrary(({ series }, { seriesId, columns }: Tasks['loadSeries']) =>
    loadSeries(series, seriesId, columns),
  ),
  rejectList: onLibrary(({ imports }, { importId }: Tasks['rejectList']) =>
    handedOver(imports.rejectList(importId)),
  ),
  // Each look-up stands for itself; the file is read outside of any transaction.
  previewFile: (input: Tasks['previewFile']) => previewFile(input, openLibrary().imports),
  listImports: onLibrary(({ imports }) => imports.list()),
  heldOrigins: onLibrary(({ imports }, origins: Tasks['heldOrigins']) => imports.heldOrigins(origins)),
  listActions: onLibrary(({ actions }, { ticker }: Tasks['listActions']) => actions.list(ticker)),
  prepareActions: (input: Tasks['prepareActions']) =>
    prepareActions(
      input,
      onLibrary(({ actions }, ticker: string) => actions.list(ticker).filter(({ kind }) => kind === 'split')),
    ),
  proposeActions: onLibrary((stores, input: Tasks['proposeActions']) => proposeTask(stores, input)),
  healthReport: onLibrary((stores, question: Tasks['healthReport']) => reportTask(stores, question)),
  healthInRange: onLibrary((stores, question: Tasks['healthInRange']) => rangeTask(stores, question)),
  healthScores: onLibrary(({ health }) => health.scores()),
  staleHealth: onLibrary((stores, { calendars }: Tasks['staleHealth']) => staleTask(stores, calendars)),
  prepareDrop: onLibrary(({ series }, request: Tasks['prepareDrop']) => prepareDrop(series, request)),
  listInstruments: onLibrary((stores) => listInstruments(stores)),
  resample: resampleSeries,
  setting: onLibrary(({ settings }, { key }: Tasks['setting']) => settings.get(key)),
  hashBars: ({ handle, from, to }: Tasks['hashBars']) =>
    hashes.get(
      `${handle.contentHash} ${from} ${to}`,
      () => hashBars(barsOf(handle, from, to)),
      () => 1,
    ),
  viewport: onLibrary(({ chunks, indicators }, question: Tasks['viewport']) =>
    handedOver(viewport(chunks, question, indicators)),
  ),
  derivedViewport: onLibrary(({ indicators }, question: Tasks['derivedViewport']) =>
    handedOver(derivedViewport(question, indicators)),
  ),
  locate: onLibrary(({ chunks }, { seriesId, time }: Tasks['locate']) =>
    chunks.locate(chunks.directory(seriesId), time),
  ),
  checkUndoImport: onLibrary(({ imports }, { importId }: Tasks['checkUndoImport']) =>
    imports.checkUndo(importId),
  ),
  listJobs: onLibrary(({ jobs }) => jobs.list()),
  listRemovals: onLibrary(({ removals }) => removals.list()),
  storage: onLibrary(({ db }) => storageReport(db, libraryPath)),
  checkIntegrity: (_: undefined, progress: TaskProgress) =>
    onLibrary(({ db }) => integrityReport(db, progress))(undefined),
  exportBars: async (input: LongTasks['exportBars'], progress: TaskProgress) => {
    const sink = await sinkFor(input.request.format);
    return onLibrary((stores) => exportLibraryBars(stores, input, sink, progress))(undefined);
  },
  query: onLibrary((stores, query: LongTasks['query']) => answerQuery(stores, query, QUERY_MILLISECONDS)),
  backup: (input: LongTasks['backup'], progress: TaskProgress) =>
    backupLibrary(libraryPath, input, progress).catch((thrown) => {
      throw explainStoreError(thrown, libraryPath);
    }),
  listRuns: onLibrary(({ runs }) => runs.list()),
  runDetail: onLibrary(({ runs }, { runId }: Tasks['runDetail']) => runs.detail(runId)),
  equity: onLibrary(equity),
  trades: onLibrary(trades),
  markers: onLibrary(markers),
  runFile: async ({ runId, name }: Tasks['runFile']) => {
    // The report brings a chart renderer: not worth its loading time until someone exports.
    const { runFileText } = await import('../export/run-files.ts');
    return handedOver(encodeUtf8(await runFileText(loadRun({ runId }), name)));
  },
  compareWithRun: ({ runId, again }: Tasks['compareWithRun']) => compareStored(loadRun({ runId }), again),
  compareWithFiles,
});
