import type { BarColumns } from '../market/bar.ts';
import type { SessionTimes } from './session-times.ts';
import type { InstrumentTerms } from './settings.ts';

/** One instrument of a run. */
export interface Feed {
  readonly ticker: string;
  readonly bars: BarColumns;
  /** Length of a bar in milliseconds; bars are known at their time plus this. 0: stamps are the bars' ends. */
  readonly interval?: number;
  /** In place of the run's terms. */
  readonly terms?: InstrumentTerms;
  readonly session?: SessionTimes;
  /** Cash per unit held when the bar at or after `time` begins; ascending. Prices must already be free of splits. */
  readonly dividends?: readonly Dividend[];
  /** Bars of the same instrument over the same time, shorter by a whole factor: for the policy `drill-down`. */
  readonly finer?: BarColumns;
}

export interface Dividend {
  readonly time: number;
  readonly amount: number;
}
