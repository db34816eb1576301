import type { BarInterval } from '../market/bar-interval.ts';

export interface ResampleRequest {
  /** Length of the longer bars: `5m`, `1h`, `1d`. */
  readonly every: BarInterval;
  /**
   * `closed` (where absent): bars on whole multiples of `every` (days: sessions), known once they are over. `backtrader`:
   * its resampler with all its consequences, for results that are to match (see docs/order-matching.md).
   */
  readonly rule?: 'closed' | BacktraderResampling;
}

/** Parameters of backtrader's `resampledata`, under their names there; time stamps are read as the bars' ends. */
export interface BacktraderResampling {
  readonly kind: 'backtrader';
  readonly bar2edge?: boolean;
  readonly adjbartime?: boolean;
  readonly rightedge?: boolean;
}
