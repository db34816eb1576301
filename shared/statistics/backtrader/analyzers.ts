import type { FillColumns } from '../../backtest/result.ts';
import { type AnnualRate, annualRate } from '../annual-rate.ts';
import { lastStepOf, type Periods, periodsOf, TIMEFRAMES, type Timeframe } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';
import { annualReturn } from './annual-return.ts';
import { calmar } from './calmar.ts';
import type { ClosedTrade } from './closed-trade.ts';
import { drawDown } from './draw-down.ts';
import { grossLeverage } from './gross-leverage.ts';
import { logReturnsRolling } from './log-returns-rolling.ts';
import { periodStats } from './period-stats.ts';
import { positionsValue } from './positions-value.ts';
import { returns } from './returns.ts';
import { type SharpeOptions, sharpeRatio } from './sharpe-ratio.ts';
import { sqn } from './sqn.ts';
import { timeDrawDown } from './time-draw-down.ts';
import { timeReturn } from './time-return.ts';
import { tradeAnalyzer } from './trade-analyzer.ts';
import { type Transaction, transactions } from './transactions.ts';
import { vwr } from './vwr.ts';

export interface AnalyzerInput extends AccountCurve {
  /** In order of closing. */
  readonly trades: readonly ClosedTrade[];
  readonly openTrades: number;
  /** Length of the first instrument's bars, which backtrader's `Returns` counts in by default; 1 minute if not given. */
  readonly bars?: { readonly timeframe: Timeframe; readonly compression: number };
  /** What the analyzers of cash and positions need; without it there are none of them. */
  readonly holdings?: Holdings;
}

export interface Holdings {
  readonly tickers: readonly string[];
  /** At every step. */
  readonly cash: Float64Array;
  readonly fills: FillColumns;
  /** By instrument: the absolute market value held at every step; null where that is not known. */
  readonly worth: readonly Float64Array[] | null;
}

/** JSON has no NaN and no infinity: those are strings, as Python's `str` writes them but for the capitals. */
export type Json = number | string | null | readonly Json[] | { readonly [key: string]: Json };

/** The first row of transactions, as pyfolio names them. */
const TRANSACTION_COLUMNS = ['amount', 'price', 'sid', 'symbol', 'value'];

/** backtrader's default rate of its Sharpe ratio. */
const ONE_PERCENT = annualRate(0.01);
const NO_RATE: AnnualRate = annualRate(0);

/**
 * Every analyzer of backtrader 1.9.78 under its name and parameters (`SharpeRatio_Days_sample_norf`: sample deviation, no
 * risk-free rate), as a tree for JSON: dates as keys, "NaN" and "Infinity" as strings, null where backtrader has none. What
 * backtrader gives for every step (GrossLeverage, PositionsValue) stands here at the last step of each day.
 */
export function backtraderAnalyzers(input: AnalyzerInput): Readonly<Record<string, Json>> {
  const { time, trades, openTrades, bars, holdings } = input;
  const periods = new Map(TIMEFRAMES.slice(1).map((timeframe) => [timeframe, periodsOf(time, timeframe)]));
  const of = (timeframe: Timeframe) => periods.get(timeframe)!;
  const byTimeframe = new Map([...periods].map(([timeframe, cut]) => [timeframe, timeReturn(input, cut)]));
  const returnsOf = (timeframe: Timeframe) => byTimeframe.get(timeframe)!;
  const dated = (timeframe: Timeframe, values: Float64Array) => datedValues(of(timeframe), values);
  const sharpe = (timeframe: Timeframe, options: Partial<SharpeOptions> = {}) => ({
    sharperatio: sharpeRatio(returnsOf(timeframe), {
      timeframe,
      riskFreeRate: ONE_PERCENT,
      convert: 'rate',
      annualize: false,
      divisor: 'population',
      ...options,
    }),
  });
  const barPeriods = periodsOf(time, bars?.timeframe ?? 'Minutes', bars?.compression);
  return asJson({
    Returns_default: returns(input, barPeriods),
    Returns_Days: returns(input, of('Days')),
    TimeReturn_Years: dated('Years', returnsOf('Years')),
    TimeReturn_Months: dated('Months', returnsOf('Months')),
    TimeReturn_Weeks: dated('Weeks', returnsOf('Weeks')),
    TimeReturn_Days: dated('Days', returnsOf('Days')),
    SharpeRatio_default: sharpe('Years'),
    SharpeRatio_Days: sharpe('Days'),
    SharpeRatio_Days_annualized: sharpe('Days', { annualize: true }),
    SharpeRatio_Days_sample_norf: sharpe('Days', { divisor: 'sample', riskFreeRate: NO_RATE }),
    SharpeRatio_Days_convertreturns: sharpe('Days', { convert: 'returns' }),
    SharpeRatio_Months: sharpe('Months'),
    SharpeRatio_A: sharpe('Years', { annualize: true }),
    DrawDown: drawDown(input),
    TimeDrawDown_Days: timeDrawDown(input, of('Days')),
    TimeDrawDown_Weeks: timeDrawDown(input, of('Weeks')),
    TimeDrawDown_Months: timeDrawDown(input, of('Months')),
    TradeAnalyzer: tradeAnalyzer(trades, openTrades),
    SQN: sqn(trades),
    Calmar_default: dated('Months', calmar(input, of('Months'), 36)),
    Calmar_Days_p10: dated('Days', calmar(input, of('Days'), 10)),
    VWR_Days: { vwr: vwr(input, of('Days')) },
    VWR_Months: { vwr: vwr(input, of('Months')) },
    PeriodStats_Days: periodStats(returnsOf('Days')),
    PeriodStats_default: periodStats(returnsOf('Years')),
    AnnualReturn: yearly(of('Years'), annualReturn(input, of('Years'))),
    LogReturnsRolling_Days: dated('Days', logReturnsRolling(input, of('Days'))),
    LogReturnsRolling_Months: dated('Months', logReturnsRolling(input, of('Months'))),
    ...(holdings === undefined ? {} : holdingAnalyzers(input, holdings, of('Days'))),
  }) as Readonly<Record<string, Json>>;
}

/** Those of cash and positions, and all of them together in the form that pyfolio takes. */
function holdingAnalyzers(input: AnalyzerInput, { tickers, cash, fills, worth }: Holdings, days: Periods) {
  const { time } = input;
  const lastSteps = Array.from(days.firstStep, (_, day) => lastStepOf(days, day, time.length));
  const daily = <Value>(valueAt: (step: number) => Value) =>
    Object.fromEntries(lastSteps.map((step) => [stamp(time[step]!), valueAt(step)]));
  const leverage = grossLeverage(input, cash);
  const rows = Object.fromEntries(
    [...transactions(fills, tickers)].map(([step, list]): [string, readonly Transaction[]] => [
      stamp(time[step]!),
      list,
    ]),
  );
  const values = worth?.map((value, feed) => positionsValue(fills, feed, value)) ?? null;
  const GrossLeverage = daily((step) => leverage[step]!);
  const positions = (withCash: boolean) =>
    values === null
      ? {}
      : daily((step) => [...values.map((value) => value[step]!), ...(withCash ? [cash[step]!] : [])]);
  return {
    GrossLeverage,
    ...(values === null ? {} : { PositionsValue: positions(false) }),
    Transactions: rows,
    PyFolio: {
      returns: datedValues(days, timeReturn(input, days)),
      ...(values === null ? {} : { positions: { Datetime: [...tickers, 'cash'], ...positions(true) } }),
      transactions: { date: [TRANSACTION_COLUMNS], ...rows },
      gross_lev: GrossLeverage,
    },
  };
}

const stamp = (time: number) => new Date(time).toISOString().slice(0, '2020-12-31T00:00:00'.length);

/** Values under the dates of their periods; backtrader gives years as dates and the others as midnights. */
function datedValues({ timeframe, key }: Periods, values: Float64Array): Record<string, number> {
  const length = timeframe === 'Years' ? '2020-12-31'.length : '2020-12-31T00:00:00'.length;
  return Object.fromEntries(
    Array.from(values, (value, index) => [new Date(key[index]!).toISOString().slice(0, length), value]),
  );
}

function yearly({ key }: Periods, values: Float64Array): Record<string, number> {
  return Object.fromEntries(
    Array.from(values, (value, index) => [`${new Date(key[index]!).getUTCFullYear()}`, value]),
  );
}

/** Copies a tree of plain objects and numbers, with numbers that JSON cannot write as strings. */
function asJson(value: unknown): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : `${value}`;
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return null;
  if (Array.isArray(value)) return value.map(asJson);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, asJson(entry)]));
}
