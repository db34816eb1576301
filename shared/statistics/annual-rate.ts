/**
 * An interest rate per year. It is an object so that it cannot be taken off a daily return by mistake: arithmetic with it
 * does not compile, and `perPeriod` is the only way to a number that fits a period.
 */
export interface AnnualRate {
  readonly kind: 'annual-rate';
  /** As a fraction: 0.02 is 2 % a year. */
  readonly fraction: number;
}

/** 0.02 is 2 % a year. Rates of -100 % and below have no compounded period rate and are refused. */
export function annualRate(fraction: number): AnnualRate {
  if (!(fraction > -1)) throw new RangeError(`A yearly rate must be above -1 (-100 %), not ${fraction}`);
  return { kind: 'annual-rate', fraction };
}

/** The rate that compounds to the yearly one over `periodsPerYear` periods: (1 + rate) ^ (1 / periods) - 1. */
export function perPeriod({ fraction }: AnnualRate, periodsPerYear: number): number {
  return periodsPerYear === 1 ? fraction : (1 + fraction) ** (1 / periodsPerYear) - 1;
}
