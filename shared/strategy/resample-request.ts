import type { ResampleEvery } from '../market/resample-rule.ts';

export interface ResampleRequest {
  /** Length of the longer bars: `5m`, `1h`, `1d`, `1w`, `1mo`, or what ends them: `volume:100000` (docs/resampling.md). */
  readonly every: ResampleEvery;
  /**
   * `closed` (where absent): bars that begin with the instrument's session, known once they are over. `backtrader`:
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
