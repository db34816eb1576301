import type { AnnualRate } from './annual-rate.ts';
import { type DailyReturns, excessReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import { kurtosis, skewness } from './moments.ts';
import { normalCumulative, normalQuantile } from './normal-distribution.ts';
import { missingRatio, ratioPerPeriod } from './sharpe-ratio.ts';
import type { Statistic } from './statistic.ts';

const EULER_MASCHERONI = 0.5772156649015329;
const CONFIDENCE = 0.95;

/** The search that found a strategy: how many variants were tried, and how their Sharpe ratios scattered. */
export interface Trials {
  readonly count: number;
  /** Variance of the trials' Sharpe ratios, annualised ones as the figure `sharpe` gives them. */
  readonly sharpeVariance: number;
}

/** What the probabilistic figures take from a sample of excess returns; `ratio` is not annualised. */
export interface SharpeSample {
  readonly count: number;
  readonly ratio: number;
  readonly skew: number;
  /** 3 for a normal distribution. */
  readonly kurtosis: number;
}

/**
 * Probability that the true ratio exceeds `threshold` (not annualised): Phi((SR - SR*) sqrt(n - 1) / sqrt(1 - skew SR +
 * (kurtosis - 1) / 4 SR^2)). Bailey & Lopez de Prado (2012).
 */
export function probabilisticSharpe(sample: SharpeSample, threshold: number): number {
  return normalCumulative(
    ((sample.ratio - threshold) * Math.sqrt(sample.count - 1)) / Math.sqrt(ratioVariance(sample)),
  );
}

/**
 * Highest ratio to expect of `count` trials without any skill: sqrt(variance) ((1 - g) Z(1 - 1 / N) + g Z(1 - 1 / (N e))),
 * g the Euler-Mascheroni constant, Z the normal quantile; 0 for one trial. Bailey & Lopez de Prado (2014).
 */
export function expectedHighestSharpe(count: number, variance: number): number {
  if (count <= 1) return 0;
  const first = normalQuantile(1 - 1 / count);
  const second = normalQuantile(1 - 1 / (count * Math.E));
  return Math.sqrt(variance) * ((1 - EULER_MASCHERONI) * first + EULER_MASCHERONI * second);
}

/**
 * Returns needed until the ratio is above zero with 95 % confidence: 1 + (1 - skew SR + (kurtosis - 1) / 4 SR^2) (Z(0.95) /
 * SR)^2. Bailey & Lopez de Prado (2012).
 */
export function minimumTrackRecord(sample: SharpeSample): number {
  return 1 + ratioVariance(sample) * (normalQuantile(CONFIDENCE) / sample.ratio) ** 2;
}

const ratioVariance = ({ ratio, skew, kurtosis: tails }: SharpeSample) =>
  1 - skew * ratio + ((tails - 1) / 4) * ratio ** 2;

/** The three figures over the daily returns of a run; `trials` null where it was not found by a search. */
export function probabilisticStatistics(
  daily: DailyReturns,
  riskFreeRate: AnnualRate,
  trials: Trials | null,
): Statistic[] {
  const excess = excessReturns(daily, riskFreeRate);
  const sample = {
    count: excess.length,
    ratio: ratioPerPeriod(excess),
    skew: skewness(excess),
    kurtosis: kurtosis(excess),
  };
  const missing = missingRatio(daily);
  const { count, sharpeVariance } = trials ?? { count: 1, sharpeVariance: 0 };
  const highest = expectedHighestSharpe(count, sharpeVariance / daily.periodsPerYear);
  const head = { group: 'ratio', unit: 'percent' } as const;
  return [
    figure(
      {
        id: 'probabilisticSharpe',
        label: 'Probabilistic Sharpe ratio',
        ...head,
        convention:
          'Probability that the true Sharpe ratio is above zero, given the length, skew and kurtosis of the daily excess returns. Bailey & López de Prado (2012).',
      },
      100 * probabilisticSharpe(sample, 0),
      missing,
    ),
    figure(
      {
        id: 'deflatedSharpe',
        label: 'Deflated Sharpe ratio',
        ...head,
        convention: `Probability that the true Sharpe ratio is above the highest to expect of ${count} ${count === 1 ? 'trial' : 'trials'} without skill. Bailey & López de Prado (2014).`,
      },
      100 * probabilisticSharpe(sample, highest),
      missing,
      trials === null ? 'counted as one trial: other variants that were tried are not known here' : null,
    ),
    figure(
      {
        id: 'minimumTrackRecord',
        label: 'Minimum track record, days',
        group: 'ratio',
        unit: 'count',
        convention:
          'Daily returns needed until the Sharpe ratio is above zero with 95 % confidence, if they go on alike. Bailey & López de Prado (2012).',
      },
      minimumTrackRecord(sample),
      missing ?? (sample.ratio > 0 ? null : 'undefined: the Sharpe ratio is not above zero'),
    ),
  ];
}
