import * as z from 'zod';
import { STATISTIC_GROUPS, STATISTIC_IDS, STATISTIC_UNITS } from '../../statistics/statistic.ts';
import { Id, IntervalSchema, Time } from './basics.ts';
import { RunSpecSchema } from './run-spec.ts';
import { jobEvent } from './tasks.ts';

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
    /** Health of the bars over the run's range, 0 to 100, the lowest of all instruments; null where it was not known. */
    health: z.number().nullable().default(null),
    /** Suspects of the health check inside the range, those reviewed left out. */
    suspects: z.int().default(0),
    /** Trades that were entered or left on bars of suspects, and their net profit; null without health. */
    suspectTrades: z.int().default(0),
    suspectNet: z.number().nullable().default(null),
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

export const RunEventSchema = jobEvent(RunSummarySchema);

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
  'breakdown.json',
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
