import * as z from 'zod';
import { FILL_TIMINGS, SAME_BAR_POLICIES } from '../../backtest/settings.ts';
import { DateOrTime, IntervalSchema, TickerSchema } from './basics.ts';
import { SessionScheduleSchema } from './calendar.ts';

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
/** When an instrument's trading day ends, in a zone of the IANA database; or the id of a calendar. */
const SessionSchema = z.union([
  z.strictObject({ end: TimeOfDay, zone: z.string().max(64).default('UTC') }),
  z.string().min(1).max(32),
]);

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
  /** Where absent, the instrument's calendar, if one is known; null: days of UTC. */
  session: SessionSchema.nullable().exactOptional(),
  /**
   * Prices of bars before a split are divided by its ratio; dividends are paid to the position held then. Absent: those
   * that the library knows up to the run's last bar.
   */
  actions: z.array(CorporateActionSchema).exactOptional(),
});

/** Everything a run needs. A manifest is a superset, so any manifest can be run again. */
export const RunSpecSchema = z.strictObject({
  /** Id of a strategy in the library (`sma-cross`) or, in the terminal, the path of a .ts file. */
  strategy: z.string().min(1),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).default({}),
  data: z.array(RunDataSchema).min(1).max(500),
  /** Calendars by the ids that `session` names, in place of the application's: a manifest keeps what it used. */
  calendars: z.record(z.string().min(1).max(32), SessionScheduleSchema).exactOptional(),
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
  /** Actions of the benchmark, whose total return is compared with. Absent: those that the library knows. */
  benchmarkActions: z.array(CorporateActionSchema).exactOptional(),
  seed: z.int().min(0).max(0xffffffff).default(1),
  /** Per year, 0.02 is 2 %. */
  riskFreeRate: z.number().min(-1).max(1).default(0),
});
export type RunSpec = z.output<typeof RunSpecSchema>;
export type RunSpecInput = z.input<typeof RunSpecSchema>;
