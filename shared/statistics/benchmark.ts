import { type AnnualRate, perPeriod } from './annual-rate.ts';
import { type DailyReturns, rateText, unusableReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import { isConstant, meanOf, sampleCovariance, sampleDeviation } from './moments.ts';
import type { Statistic } from './statistic.ts';

const DAY = 86_400_000;
const MINIMUM_PAIRS = 20;

/** Something to compare a run with: one close per day of the run (`DailyReturns.day`); NaN where there is none. */
export interface Benchmark {
  readonly closes: Float64Array;
  /** Corporate actions that the closes are adjusted for, as total return; absent or none: plain prices. */
  readonly adjustment?: { readonly splits: number; readonly dividends: number };
}

/**
 * Closes of a benchmark at the end of each of the run's UTC days: its last close by then, carried forward over days
 * without one; NaN before its first. `day` midnights and `time` in epoch ms, ascending.
 */
export function benchmarkCloses(day: Float64Array, time: Float64Array, close: Float64Array): Float64Array {
  let bar = -1;
  return day.map((midnight) => {
    while (bar + 1 < time.length && time[bar + 1]! < midnight + DAY) bar++;
    return bar < 0 ? Number.NaN : close[bar]!;
  });
}

/**
 * Alpha (Jensen 1968) and beta, correlation, tracking error and information ratio against a benchmark. Both sides as simple
 * daily returns over the days on which the benchmark has a close and had one the day before; all sample forms (n - 1).
 */
export function benchmarkStatistics(
  daily: DailyReturns,
  riskFreeRate: AnnualRate,
  benchmark: Benchmark | null,
): Statistic[] {
  const { periodsPerYear } = daily;
  const { own, other } = benchmark === null ? NO_PAIRS : pairsOf(daily, benchmark);
  const rate = perPeriod(riskFreeRate, periodsPerYear);
  const active = own.map((value, i) => value - other[i]!);
  const deviation = sampleDeviation(other);
  const beta = sampleCovariance(own, other) / deviation ** 2;
  const alpha = meanOf(own) - rate - beta * (meanOf(other) - rate);
  const trackingError = sampleDeviation(active);
  const root = Math.sqrt(periodsPerYear);
  const missing =
    benchmark === null
      ? 'not enough data: no benchmark was given'
      : (unusableReturns(daily) ??
        (own.length < MINIMUM_PAIRS
          ? `not enough data: ${own.length} days with a benchmark return, ${MINIMUM_PAIRS} needed`
          : null));
  const still = missing ?? (isConstant(other) ? 'undefined: the benchmark does not move' : null);
  const head = { group: 'benchmark', unit: 'ratio' } as const;
  const percent = { group: 'benchmark', unit: 'percent' } as const;
  const sampling = 'daily returns (last step of each UTC day)';
  return [
    figure(
      {
        id: 'benchmarkReturn',
        label: 'Benchmark return',
        ...percent,
        convention: `From its first to its last close on the days of the run; not annualised.${adjustmentText(benchmark)}`,
      },
      benchmark === null ? Number.NaN : 100 * totalReturn(benchmark),
      missing,
    ),
    figure(
      {
        id: 'alpha',
        label: 'Alpha',
        ...percent,
        convention: `Jensen's alpha of ${sampling}: mean excess return less beta times the benchmark's, ${rateText(riskFreeRate)}, times ${periodsPerYear}. Jensen (1968).`,
      },
      100 * alpha * periodsPerYear,
      still,
    ),
    figure(
      {
        id: 'beta',
        label: 'Beta',
        ...head,
        convention: `Covariance of ${sampling} with the benchmark's over the variance of those.`,
      },
      beta,
      still,
    ),
    figure(
      {
        id: 'correlation',
        label: 'Correlation',
        ...head,
        convention: `Pearson's correlation of ${sampling} with the benchmark's.`,
      },
      sampleCovariance(own, other) / (deviation * sampleDeviation(own)),
      still ?? (isConstant(own) ? 'not enough data: the daily returns do not vary' : null),
    ),
    figure(
      {
        id: 'trackingError',
        label: 'Tracking error',
        ...percent,
        convention: `Sample deviation (n - 1) of ${sampling} less the benchmark's, annualised by the square root of ${periodsPerYear}.`,
      },
      100 * trackingError * root,
      missing,
    ),
    figure(
      {
        id: 'informationRatio',
        label: 'Information ratio',
        ...head,
        convention: `Mean over sample deviation (n - 1) of ${sampling} less the benchmark's, annualised by the square root of ${periodsPerYear}. Grinold & Kahn (1999).`,
      },
      (meanOf(active) / trackingError) * root,
      missing ?? (isConstant(active) ? 'undefined: the account moves as the benchmark does' : null),
    ),
  ];
}

function adjustmentText(benchmark: Benchmark | null): string {
  const { splits, dividends } = benchmark?.adjustment ?? { splits: 0, dividends: 0 };
  if (splits + dividends === 0) return '';
  return ` Total return: ${splits} ${splits === 1 ? 'split' : 'splits'} taken out, ${dividends} ${dividends === 1 ? 'dividend' : 'dividends'} put back into the share.`;
}

const NO_PAIRS = { own: new Float64Array(0), other: new Float64Array(0) };

function pairsOf({ day, returns }: DailyReturns, { closes }: Benchmark) {
  if (closes.length !== day.length) {
    throw new RangeError(`${closes.length} closes of the benchmark for ${day.length} days of the run`);
  }
  const own: number[] = [];
  const other: number[] = [];
  for (let i = 1; i < closes.length; i++) {
    const value = closes[i]! / closes[i - 1]! - 1;
    if (!Number.isFinite(value)) continue;
    own.push(returns[i]!);
    other.push(value);
  }
  return { own: Float64Array.from(own), other: Float64Array.from(other) };
}

function totalReturn({ closes }: Benchmark): number {
  const known = closes.filter((close) => !Number.isNaN(close));
  return (known.at(-1) ?? Number.NaN) / known[0]! - 1;
}
