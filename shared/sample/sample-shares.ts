/** A fictitious share of the sample. Prices in pence. */
export interface SampleShare {
  readonly ticker: string;
  readonly tick: number;
  readonly decimals: number;
  readonly firstPrice: number;
  /** Deviation of a typical minute's return, as a fraction. */
  readonly volatility: number;
  /** Share of a minute's move that is the market's. */
  readonly beta: number;
  /** Typical shares traded in a quiet minute. */
  readonly volume: number;
  /** Probability that a quiet minute sees a trade at all. */
  readonly activity: number;
}

export const SAMPLE_SHARES: readonly SampleShare[] = [
  {
    ticker: 'HALO.L',
    tick: 0.5,
    decimals: 1,
    firstPrice: 2400,
    volatility: 0.0006,
    beta: 0.55,
    volume: 5_200,
    activity: 0.995,
  },
  {
    ticker: 'NOVA.L',
    tick: 0.05,
    decimals: 2,
    firstPrice: 326,
    volatility: 0.00045,
    beta: 0.7,
    volume: 28_000,
    activity: 0.98,
  },
  {
    ticker: 'QUAY.L',
    tick: 0.02,
    decimals: 2,
    firstPrice: 109,
    volatility: 0.0008,
    beta: 0.35,
    volume: 9_000,
    activity: 0.72,
  },
];
