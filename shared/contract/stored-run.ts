import type { BacktestResult } from '../backtest/result.ts';
import type { Statistic } from '../statistics/statistic.ts';
import type { Manifest, RunSummary, Trust } from './schemas.ts';

/** A run as it is kept and exported: a row for lists, columns for everything else. */
export interface StoredRun {
  readonly summary: RunSummary;
  readonly manifest: Manifest;
  /** Null for runs of versions that did not compute it. */
  readonly trust: Trust | null;
  readonly statistics: readonly Statistic[];
  /** Bar time (epoch ms) of the first `next()`; null when the data ended in the warm-up. */
  readonly firstNextTime: number | null;
  readonly result: BacktestResult;
}
