import { type AnnualRate, annualRate } from '../annual-rate.ts';
import { type Periods, periodsOf, TIMEFRAMES, type Timeframe } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';
import { annualReturn } from './annual-return.ts';
import { calmar } from './calmar.ts';
import type { ClosedTrade } from './closed-trade.ts';
import { drawDown } from './draw-down.ts';
import { periodStats } from './period-stats.ts';
import { returns } from './returns.ts';
import { type SharpeOptions, sharpeRatio } from './sharpe-ratio.ts';
import { sqn } from './sqn.ts';
import { timeDrawDown } from './time-draw-down.ts';
import { timeReturn } from './time-return.ts';
import { tradeAnalyzer } from './trade-analyzer.ts';
import { vwr } from './vwr.ts';

export interface AnalyzerInput extends AccountCurve {
  /** In order of closing. */
  readonly trades: readonly ClosedTrade[];
  readonly openTrades: number;
  /** Length of the first instrument's bars, which backtrader's `Returns` counts in by default; 1 minute if not given. */
  readonly bars?: { readonly timeframe: Timeframe; readonly compression: number };
}

/** JSON has no NaN and no infinity: those are strings, as Python's `str` writes them but for the capitals. */
export type Json = number | string | null | { readonly [key: string]: Json };

/** backtrader's default rate of its Sharpe ratio. */
const ONE_PERCENT = annualRate(0.01);
const NO_RATE: AnnualRate = annualRate(0);

/**
 * Every analyzer of backtrader 1.9.78 under its name and parameters (`SharpeRatio_Days_sample_norf`: sample deviation, no
 * risk-free rate), as a tree for JSON: dates as keys, "NaN" and "Infinity" as strings, null where backtrader has none.
 */
export function backtraderAnalyzers(input: AnalyzerInput): Readonly<Record<string, Json>> {
  const { time, trades, openTrades, bars } = input;
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
    DrawDown: drawDown(input),
    TimeDrawDown_Days: timeDrawDown(input, of('Days')),
    TradeAnalyzer: tradeAnalyzer(trades, openTrades),
    SQN: sqn(trades),
    Calmar_default: dated('Months', calmar(input, of('Months'), 36)),
    Calmar_Days_p10: dated('Days', calmar(input, of('Days'), 10)),
    VWR_Days: { vwr: vwr(input, of('Days')) },
    VWR_Months: { vwr: vwr(input, of('Months')) },
    PeriodStats_Days: periodStats(returnsOf('Days')),
    PeriodStats_default: periodStats(returnsOf('Years')),
    AnnualReturn: yearly(of('Years'), annualReturn(input, of('Years'))),
  }) as Readonly<Record<string, Json>>;
}

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
  if (value === null || typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, asJson(entry)]));
}
