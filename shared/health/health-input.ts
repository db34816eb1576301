import type { BarColumns } from '../market/bar.ts';
import type { CorporateAction } from '../market/corporate-actions.ts';
import type { SessionTable } from '../market/session-table.ts';

/** A series to be judged. */
export interface HealthInput {
  readonly bars: BarColumns;
  /** Length of a bar in milliseconds. */
  readonly interval: number;
  /** Sessions of its calendar; null where bars are longer than a day or nobody knows a calendar. */
  readonly sessions: SessionTable | null;
  /** What is known to have happened: steps that it explains are none. */
  readonly actions: readonly CorporateAction[];
}
