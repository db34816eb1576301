import * as z from 'zod'; // zod 4: MIT, no dependencies, no install script; the one package `contract` may import
import { STATISTIC_IDS, STATISTIC_UNITS } from '../statistics/statistic.ts';
import { ERROR_CODES } from './errors.ts';

/** Epoch milliseconds, UTC. */
const Time = z.number();
const Id = z.string().min(1).max(128);

export const IntervalSchema = z.string().regex(/^\d+[smhdw]$/, 'an interval such as 1m, 5m, 1h or 1d');

/** The vendors' symbols pass (`BRK/B`, `^GSPC`, `EURUSD=X`); formulas, paths and SQL do not. See market/ticker.ts. */
export const TickerSchema = z.string().min(1).max(32);

// ---------------------------------------------------------------- run specification (RUN.json, manifest)

export const CommissionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('percent'), rate: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('per-share'), amount: z.number().min(0) }),
  z.strictObject({ kind: z.literal('per-trade'), amount: z.number().min(0) }),
]);

export const SlippageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('percent'), rate: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('fixed'), amount: z.number().min(0) }),
]);

/** When a market order fills. The one policy of this version; more arrive with the order types that need them. */
export const FillPolicySchema = z.literal('next-open');

const DateOrTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?Z?)?$/,
    'a date or time in UTC such as 2024-07-01 or 2024-07-01T09:30:00Z',
  );

/** Everything a run needs. A manifest is a superset, so any manifest can be run again. */
export const RunSpecSchema = z.strictObject({
  /** Id of a strategy in the library (`sma-cross`) or, in the terminal, the path of a .ts file. */
  strategy: z.string().min(1),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).default({}),
  data: z.array(z.strictObject({ ticker: TickerSchema, every: IntervalSchema.default('1m') })).min(1),
  /** First and last instant of the run, inclusive; whole data where absent. A date alone means its whole day, UTC. */
  from: DateOrTime.nullable().default(null),
  to: DateOrTime.nullable().default(null),
  cash: z.number().positive().default(100_000),
  commission: CommissionSchema.default({ kind: 'none' }),
  slippage: SlippageSchema.default({ kind: 'none' }),
  fill: FillPolicySchema.default('next-open'),
  seed: z.int().min(0).max(0xffffffff).default(1),
  /** Per year, 0.02 is 2 %. */
  riskFreeRate: z.number().min(-1).max(1).default(0),
});
export type RunSpec = z.output<typeof RunSpecSchema>;
export type RunSpecInput = z.input<typeof RunSpecSchema>;

// ---------------------------------------------------------------- library

export const SeriesSchema = z.object({
  id: Id,
  ticker: z.string(),
  every: IntervalSchema,
  bars: z.int(),
  first: Time,
  last: Time,
  /** SHA-256 over all column values; equal for equal bars however they were imported. */
  contentHash: z.string(),
  storedBytes: z.int(),
  lastImportAt: Time,
});
export type Series = z.output<typeof SeriesSchema>;

/** Reason codes as in the reject list; the wording for people is in market/reject-reason.ts. */
export const RejectGroupSchema = z.object({
  reason: z.string(),
  count: z.int(),
  /** The first few, for the report; all of them are kept with the import. */
  examples: z.array(z.object({ line: z.int(), column: z.string().nullable(), text: z.string() })),
});
export type RejectGroup = z.output<typeof RejectGroupSchema>;

/** accepted + rejected = lines read, always. `stored` counts accepted bars that were new to the library. */
export const ImportReportSchema = z.object({
  importId: Id,
  file: z.string(),
  fileSha256: z.string(),
  linesRead: z.int(),
  accepted: z.int(),
  stored: z.int(),
  /** Accepted bars that the library already held with the same values. */
  unchanged: z.int(),
  rejected: z.int(),
  rejects: z.array(RejectGroupSchema),
  warnings: z.array(z.string()),
  series: z.array(
    z.object({ ticker: z.string(), every: IntervalSchema, bars: z.int(), first: Time, last: Time }),
  ),
  milliseconds: z.number(),
});
export type ImportReport = z.output<typeof ImportReportSchema>;

/**
 * `zeroBars`: what to do with the empty minutes of a dense grid (all prices zero, nothing traded): `drop` counts
 * them as rejected with reason `empty-minute`; `reject-file` refuses the file at the first one.
 * `onError`: `reject` keeps the good lines and lists the bad; `fail` stores nothing if any line is bad.
 */
export const ImportOptionsSchema = z.strictObject({
  ticker: TickerSchema.nullable().default(null),
  every: IntervalSchema.nullable().default(null),
  zeroBars: z.enum(['drop', 'reject-file']).default('drop'),
  onError: z.enum(['reject', 'fail']).default('reject'),
  /** Own column names to ours: `{ "Last": "close" }`. */
  map: z.record(z.string(), z.string()).default({}),
});
export type ImportOptions = z.output<typeof ImportOptionsSchema>;

export const ProvenanceSchema = z.object({
  importId: Id,
  file: z.string(),
  fileSha256: z.string(),
  importedAt: Time,
  parserVersion: z.string(),
  linesRead: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  stored: z.int(),
  undone: z.boolean(),
});
export type Provenance = z.output<typeof ProvenanceSchema>;

export const SeriesDetailSchema = SeriesSchema.extend({
  imports: z.array(ProvenanceSchema),
  /** Bars per UTC day with at least one bar, ascending: [midnight, bars]. */
  days: z.array(z.tuple([Time, z.int()])),
});
export type SeriesDetail = z.output<typeof SeriesDetailSchema>;

// ---------------------------------------------------------------- long tasks

/** `done` and `total` in `unit`; total null while unknown. `rate` per second, `secondsLeft` null while unknown. */
export const ProgressSchema = z.object({
  stage: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type Progress = z.output<typeof ProgressSchema>;

const taskEvent = <T extends z.ZodType>(result: T) =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('progress'), progress: ProgressSchema }),
    z.object({ type: z.literal('done'), result }),
  ]);
export const ImportEventSchema = taskEvent(ImportReportSchema);

// ---------------------------------------------------------------- strategies

export const ParameterSchema = z.union([
  z.object({
    kind: z.enum(['integer', 'number']),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    step: z.number(),
    label: z.string().exactOptional(),
    help: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('boolean'),
    default: z.boolean(),
    label: z.string().exactOptional(),
    help: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('choice'),
    default: z.string(),
    options: z.array(z.string()).readonly(),
    label: z.string().exactOptional(),
    help: z.string().exactOptional(),
  }),
]);

export const ParametersSchema = z.record(z.string(), ParameterSchema);

export const StrategySummarySchema = z.object({
  id: Id,
  name: z.string(),
  /** `built-in` ships with Hindsight and is read-only; `user` lies in the library's strategies folder. */
  origin: z.enum(['built-in', 'user']),
  /** First sentence of the file's leading comment. */
  description: z.string(),
});
export type StrategySummary = z.output<typeof StrategySummarySchema>;

export const PlainErrorSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  detail: z.object({
    file: z.string().exactOptional(),
    line: z.number().exactOptional(),
    column: z.number().exactOptional(),
    field: z.string().exactOptional(),
    hint: z.string().exactOptional(),
  }),
});

export const StrategyDetailSchema = StrategySummarySchema.extend({
  fileName: z.string(),
  source: z.string(),
  sourceSha256: z.string(),
  /** Null when it does not compile or load; then `error` says why. */
  params: ParametersSchema.nullable(),
  error: PlainErrorSchema.nullable(),
});
export type StrategyDetail = z.output<typeof StrategyDetailSchema>;

// ---------------------------------------------------------------- runs

export const StatisticSchema = z.object({
  id: z.enum(STATISTIC_IDS),
  label: z.string(),
  value: z.number().nullable(),
  unit: z.enum(STATISTIC_UNITS),
  convention: z.string(),
  note: z.string().exactOptional(),
});

export const ManifestSchema = RunSpecSchema.extend({
  manifestVersion: z.literal(1),
  engineVersion: z.string(),
  strategyName: z.string(),
  strategyFile: z.string(),
  /** The whole source, so that the manifest alone reproduces the run. */
  strategySource: z.string(),
  strategySha256: z.string(),
  /** The bars the run saw: count, first, last and SHA-256 over their values, one entry per `data`. */
  dataUsed: z.array(
    z.object({
      ticker: z.string(),
      every: IntervalSchema,
      bars: z.int(),
      first: Time,
      last: Time,
      sha256: z.string(),
    }),
  ),
  /**
   * SHA-256 of each group of result columns (their bytes in declaration order, little-endian) and of
   * statistics.json: cheap enough for every run, and equal exactly when the exported files are equal.
   */
  results: z.object({
    orders: z.string(),
    fills: z.string(),
    trades: z.string(),
    equity: z.string(),
    statistics: z.string(),
  }),
});
export type Manifest = z.output<typeof ManifestSchema>;

export const RunSummarySchema = z.object({
  id: Id,
  createdAt: Time,
  strategyId: z.string(),
  strategyName: z.string(),
  tickers: z.array(z.string()),
  every: IntervalSchema,
  first: Time,
  last: Time,
  bars: z.int(),
  trades: z.int(),
  netProfit: z.number(),
  totalReturn: z.number().nullable(),
  maxDrawdownPercent: z.number().nullable(),
  sharpe: z.number().nullable(),
  /** Wall time of the simulation alone and with loading and storing. */
  engineMilliseconds: z.number(),
  totalMilliseconds: z.number(),
});
export type RunSummary = z.output<typeof RunSummarySchema>;

export const RunDetailSchema = RunSummarySchema.extend({
  statistics: z.array(StatisticSchema),
  manifest: ManifestSchema,
  /** Where bars of the run begin to count: the first step on which `next()` ran. */
  firstNextTime: Time.nullable(),
});
export type RunDetail = z.output<typeof RunDetailSchema>;

export const RunEventSchema = taskEvent(RunSummarySchema);

/** One line of the trade table. */
export const TradeRowSchema = z.object({
  ref: z.int(),
  ticker: z.string(),
  side: z.enum(['long', 'short']),
  size: z.number(),
  entryTime: Time,
  entryPrice: z.number(),
  exitTime: Time.nullable(),
  exitPrice: z.number().nullable(),
  gross: z.number(),
  slippage: z.number(),
  commission: z.number(),
  net: z.number(),
  maxAdverse: z.number(),
  maxFavourable: z.number(),
  barsHeld: z.int(),
  isOpen: z.boolean(),
});
export type TradeRow = z.output<typeof TradeRowSchema>;

export const TRADE_SORT_KEYS = [
  'ref',
  'ticker',
  'side',
  'size',
  'entryTime',
  'entryPrice',
  'exitTime',
  'exitPrice',
  'gross',
  'slippage',
  'commission',
  'net',
  'maxAdverse',
  'maxFavourable',
  'barsHeld',
] as const;

export const TradeQuerySchema = z.strictObject({
  runId: Id,
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000).default(200),
  sort: z.enum(TRADE_SORT_KEYS).default('ref'),
  descending: z.boolean().default(false),
  outcome: z.enum(['all', 'won', 'lost', 'open']).default('all'),
  side: z.enum(['all', 'long', 'short']).default('all'),
});

export type TradeQuery = z.output<typeof TradeQuerySchema>;

/** The exported files of a run. */
export const RUN_FILES = [
  'manifest.json',
  'statistics.json',
  'orders.csv',
  'fills.csv',
  'trades.csv',
  'equity.csv',
  'report.html',
] as const;
export const RunFileSchema = z.enum(RUN_FILES);
export type RunFile = z.output<typeof RunFileSchema>;

export const ReproductionSchema = z.object({
  identical: z.boolean(),
  /** Where the two runs part first: file, line, and both texts; null when identical. */
  difference: z
    .object({ file: z.string(), line: z.int(), expected: z.string(), actual: z.string() })
    .nullable(),
});
export type Reproduction = z.output<typeof ReproductionSchema>;

// ---------------------------------------------------------------- chart

export const IndicatorRequestSchema = z.strictObject({
  kind: z.enum(['sma', 'ema', 'rsi', 'obv']),
  period: z.int().min(1).max(10_000).default(14),
});
export type IndicatorRequest = z.output<typeof IndicatorRequestSchema>;

/**
 * Bars of a window, aggregated to at most `maxBuckets`. Answer: a column frame (contract/wire.ts) with `time`,
 * `open`, `high`, `low`, `close`, `volume` (where present) and one `i0`, `i1`, … per indicator (its value at the
 * bucket's last bar), meta = ViewportMeta.
 */
export const ViewportQuerySchema = z.strictObject({
  seriesId: Id,
  /** Indexes of bars, from inclusive, to exclusive; clipped to the series. */
  fromBar: z.int(),
  toBar: z.int(),
  maxBuckets: z.int().min(10).max(4_000).default(1_000),
  indicators: z.array(IndicatorRequestSchema).max(8).default([]),
});
export type ViewportQuery = z.output<typeof ViewportQuerySchema>;
export interface ViewportMeta {
  /**
   * The asked range, clipped to the series and widened to whole buckets, and how many bars one bucket holds (a power
   * of two): bucket b begins at bar fromBar + b * barsPerBucket.
   */
  readonly fromBar: number;
  readonly toBar: number;
  readonly totalBars: number;
  readonly barsPerBucket: number;
}

/** Bar index at or after a time, for jumping. */
export const LocateQuerySchema = z.strictObject({ seriesId: Id, time: Time });

/**
 * Fills of a run inside a range of bars of one series. Answer: a frame with `bar` (index in the series), `time`, `price`,
 * `size` (signed), `trade` (ref), `profit` (net of the trade closed, NaN for entries); meta = MarkersMeta. Above
 * `max` markers nothing but the count comes back.
 */
export const MarkerQuerySchema = z.strictObject({
  runId: Id,
  seriesId: Id,
  fromBar: z.int(),
  toBar: z.int(),
  max: z.int().min(1).max(5_000).default(1_500),
});
export type MarkerQuery = z.output<typeof MarkerQuerySchema>;
export interface MarkersMeta {
  readonly total: number;
}

/**
 * Equity of a run thinned to at most `maxPoints` so that every extreme stays visible. Answer: a frame with `time`,
 * `equity`, `drawdown` (percent, <= 0), `cash`, `exposure`; meta = EquityMeta.
 */
export const EquityQuerySchema = z.strictObject({
  runId: Id,
  maxPoints: z.int().min(10).max(4_000).default(2_000),
});
export type EquityQuery = z.output<typeof EquityQuerySchema>;
export interface EquityMeta {
  readonly steps: number;
  readonly startingCash: number;
}

export const AppInfoSchema = z.object({
  version: z.string(),
  face: z.enum(['desktop', 'browser', 'terminal']),
  nodeVersion: z.string(),
  libraryPath: z.string(),
  libraryBytes: z.number(),
  workers: z.int(),
  workersBusy: z.int(),
});
export type AppInfo = z.output<typeof AppInfoSchema>;
