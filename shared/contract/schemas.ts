import * as z from 'zod'; // zod 4: MIT, no dependencies, no install script; the one package `contract` may import
import { FILL_TIMINGS, SAME_BAR_POLICIES } from '../backtest/settings.ts';
import { STATISTIC_GROUPS, STATISTIC_IDS, STATISTIC_UNITS } from '../statistics/statistic.ts';
import { ERROR_CODES } from './errors.ts';

/** Epoch milliseconds, UTC. */
const Time = z.number();
const Id = z.string().min(1).max(128);

export const IntervalSchema = z.string().regex(/^\d+[smhdw]$/, 'an interval such as 1m, 5m, 1h or 1d');

/** The vendors' symbols pass (`BRK/B`, `^GSPC`, `EURUSD=X`); formulas, paths and SQL do not. See market/ticker.ts. */
export const TickerSchema = z.string().min(1).max(32);

// ---------------------------------------------------------------- run specification (RUN.json, manifest)

const Rate = z.number().min(0).max(1);
const Amount = z.number().min(0);
const Positive = z.number().positive();
const Bounds = { minimum: Amount.exactOptional(), maximum: Positive.exactOptional() };

export const CommissionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('percent'), rate: Rate, ...Bounds }),
  z.strictObject({ kind: z.literal('per-share'), amount: Amount, ...Bounds }),
  z.strictObject({ kind: z.literal('per-trade'), amount: Amount }),
  z.strictObject({
    kind: z.literal('tiered'),
    tiers: z
      .array(z.strictObject({ upTo: Positive.nullable(), rate: Rate }))
      .min(1)
      .readonly(),
    ...Bounds,
  }),
  z.strictObject({
    kind: z.literal('maker-taker'),
    maker: z.number().min(-1).max(1),
    taker: Rate,
    ...Bounds,
  }),
]);

export const SlippageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('percent'), rate: Rate }),
  z.strictObject({ kind: z.literal('fixed'), amount: Amount }),
  z.strictObject({ kind: z.literal('ticks'), ticks: Amount }),
  z.strictObject({ kind: z.literal('volume-share'), impact: Amount }),
]);

const SlippageSwitchesSchema = z.strictObject({
  open: z.boolean().default(true),
  match: z.boolean().default(true),
  limit: z.boolean().default(true),
  out: z.boolean().default(false),
  sellLimitBelowLow: z.boolean().default(false),
});

const Percent = z.number().positive().max(100);
export const VolumeLimitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('fixed-size'),
    size: Positive.nullable(),
    shared: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('bar-percent'), percent: Percent, shared: z.boolean().default(true) }),
  z.strictObject({
    kind: z.literal('point-percent'),
    tick: Positive.nullable(),
    percent: Percent,
    shared: z.boolean().default(true),
  }),
]);

export const SizerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), size: Positive }),
  z.strictObject({ kind: z.literal('percent'), percent: Percent, whole: z.boolean().default(true) }),
  z.strictObject({ kind: z.literal('risk'), percent: Percent, whole: z.boolean().default(true) }),
  z.strictObject({
    kind: z.literal('volatility'),
    percent: Positive,
    lookback: z.int().min(2),
    whole: z.boolean().default(true),
  }),
]);

const MarginSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('amount'), amount: Positive }),
  z.strictObject({ kind: z.literal('price'), revalued: z.boolean().exactOptional() }),
  z.strictObject({ kind: z.literal('factor'), factor: Positive, revalued: z.boolean().exactOptional() }),
]);

/** Terms of an instrument beside its commission; see shared/backtest/settings.ts. */
const TERMS = {
  multiplier: Positive,
  margin: MarginSchema.nullable(),
  leverage: z.number().min(1),
  interest: z.strictObject({ rate: Rate, onLong: z.boolean().default(false) }),
  borrowFee: Rate,
  tick: Positive.nullable(),
};

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 16:30');
/** When an instrument's trading day ends, in a zone of the IANA database. */
const SessionSchema = z.strictObject({ end: TimeOfDay, zone: z.string().max(64).default('UTC') });

const DateOrTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?Z?)?$/,
    'a date or time in UTC such as 2024-07-01 or 2024-07-01T09:30:00Z',
  );

/** A split turns one share into `ratio`; a dividend is cash per share, in the instrument's price unit. */
export const CorporateActionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('split'), at: DateOrTime, ratio: Positive }),
  z.strictObject({ kind: z.literal('dividend'), at: DateOrTime, amount: Positive }),
]);

/** One instrument of a run; terms that it does not name are the run's. */
export const RunDataSchema = z.strictObject({
  ticker: TickerSchema,
  every: IntervalSchema.default('1m'),
  commission: CommissionSchema.exactOptional(),
  multiplier: TERMS.multiplier.exactOptional(),
  margin: TERMS.margin.exactOptional(),
  leverage: TERMS.leverage.exactOptional(),
  interest: TERMS.interest.exactOptional(),
  borrowFee: TERMS.borrowFee.exactOptional(),
  tick: TERMS.tick.exactOptional(),
  session: SessionSchema.exactOptional(),
  /** Prices of bars before a split are divided by its ratio; dividends are paid to the position held then. */
  actions: z.array(CorporateActionSchema).exactOptional(),
});

/** Everything a run needs. A manifest is a superset, so any manifest can be run again. */
export const RunSpecSchema = z.strictObject({
  /** Id of a strategy in the library (`sma-cross`) or, in the terminal, the path of a .ts file. */
  strategy: z.string().min(1),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).default({}),
  data: z.array(RunDataSchema).min(1).max(500),
  /** First and last instant of the run, inclusive; whole data where absent. A date alone means its whole day, UTC. */
  from: DateOrTime.nullable().default(null),
  to: DateOrTime.nullable().default(null),
  cash: z.number().positive().default(100_000),
  commission: CommissionSchema.default({ kind: 'none' }),
  slippage: SlippageSchema.default({ kind: 'none' }),
  slippageSwitches: SlippageSwitchesSchema.prefault({}),
  volumeLimit: VolumeLimitSchema.default({ kind: 'none' }),
  /** When market orders meet their price; everything but next-open knows more than a trader could. */
  fill: z.enum(FILL_TIMINGS).default('next-open'),
  /** What is assumed where a bar does not tell whether stop or target came first. */
  sameBar: z.enum(SAME_BAR_POLICIES).default('pessimistic'),
  multiplier: TERMS.multiplier.default(1),
  margin: TERMS.margin.default(null),
  leverage: TERMS.leverage.default(1),
  interest: TERMS.interest.default({ rate: 0, onLong: false }),
  borrowFee: TERMS.borrowFee.default(0),
  tick: TERMS.tick.default(null),
  /** Sizes of orders for which the strategy names none. */
  sizer: SizerSchema.default({ kind: 'fixed', size: 1 }),
  /** What happens when equity falls to `maintenance` times the value of the positions. */
  marginCall: z
    .strictObject({ action: z.enum(['ignore', 'liquidate']), maintenance: Rate.default(0) })
    .default({ action: 'liquidate', maintenance: 0 }),
  /** Whether new orders are checked against the cash before they are accepted, and short sales bring in cash. */
  checkSubmit: z.boolean().default(true),
  shortCash: z.boolean().default(true),
  /** A ticker of the library, of the length of bars of the first instrument, that alpha, beta and the like refer to. */
  benchmark: TickerSchema.nullable().default(null),
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
    kind: z.literal('text'),
    default: z.string(),
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
  group: z.enum(STATISTIC_GROUPS),
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

const Share = z.number().min(0).max(1);

/** How far a run is to be trusted, computed and kept with every run. */
export const TrustSchema = z.object({
  /** The data cut off at `cuts` places: past decisions must not change. */
  leakTest: z.object({
    outcome: z.enum(['clean', 'leak', 'failed', 'not-run']),
    cuts: z.int(),
    detail: z.string().nullable(),
  }),
  /** What the bars of the run lack, over all instruments. */
  data: z.object({
    bars: z.int(),
    missingPrices: z.int(),
    withoutVolume: z.int(),
    gaps: z.int(),
    missingBars: z.int(),
    jumps: z.int(),
  }),
  /** Bars that did not tell whether stop or target came first, and the net profit had they all gone wrong, or right. */
  ambiguous: z.object({ bars: z.int(), worst: z.number().nullable(), best: z.number().nullable() }),
  /** Commission, slippage, interest and fees as a share of the sum of all trades' gross profits and losses. */
  costShare: z.number().nullable(),
  /** Market orders that knew their price in advance. */
  cheats: z.boolean(),
  /** Runs of this strategy so far, this one included, and the deflated Sharpe ratio (a probability) after so many. */
  trials: z.int(),
  deflatedSharpe: z.number().nullable(),
  /** Share of the run's bars that lie after every bar that an earlier run of the strategy has seen. */
  unseenShare: Share,
});
export type Trust = z.output<typeof TrustSchema>;

export const RunDetailSchema = RunSummarySchema.extend({
  /** Null for runs of versions that did not compute it. */
  trust: TrustSchema.nullable(),
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
  'analyzers.json',
  'trust.json',
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
