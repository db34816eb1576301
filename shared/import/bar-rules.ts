import type { RejectReason } from './reject-reason.ts';

/** Positions in a row of values, in the order of BAR_COLUMN_NAMES. */
const OPEN = 1;
const HIGH = 2;
const LOW = 3;
const CLOSE = 4;
const VOLUME = 5;
const TRADES = 6;
const PRICES = ['open', 'high', 'low', 'close'] as const;

export interface BrokenRule {
  readonly reason: RejectReason;
  /** The column at fault, null where several disagree. */
  readonly column: string | null;
}

/** What a bar must satisfy on its own. Null when it does; a missing volume or count of trades is NaN and passes. */
export function brokenRule(row: Float64Array): BrokenRule | null {
  const open = row[OPEN]!;
  const high = row[HIGH]!;
  const low = row[LOW]!;
  const close = row[CLOSE]!;
  const isSound =
    low > 0 &&
    low <= open &&
    low <= close &&
    high >= open &&
    high >= close &&
    !(row[VOLUME]! < 0) &&
    !(row[TRADES]! < 0);
  if (isSound) return null;
  for (let index = OPEN; index <= CLOSE; index++) {
    if (!(row[index]! > 0)) return { reason: 'price-not-positive', column: PRICES[index - OPEN]! };
  }
  if (high < low) return { reason: 'high-below-low', column: null };
  if (high < open || high < close) return { reason: 'high-below-open-or-close', column: null };
  if (low > open || low > close) return { reason: 'low-above-open-or-close', column: null };
  return row[VOLUME]! < 0
    ? { reason: 'volume-negative', column: 'volume' }
    : { reason: 'trades-negative', column: 'trades' };
}
