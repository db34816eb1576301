import type { TradeColumns } from '../backtest/result.ts';

export type Slot = 'hour' | 'weekday' | 'month';

export interface SlotResult {
  /** Hour 0 to 23; weekday 1 (Monday) to 7 (Sunday); month 1 to 12. */
  readonly slot: number;
  /** Closed trades that were entered in it, their net result in money, and how many of 100 were won; null without trades. */
  readonly trades: number;
  readonly net: number;
  readonly strikeRate: number | null;
}

const RANGES = { hour: [0, 23], weekday: [1, 7], month: [1, 12] } as const;

/**
 * Results of the closed trades by the hour, weekday or month of their entry, every slot with a row. Local time is UTC plus
 * `offsetAt(time)` milliseconds; without it UTC. Break-even trades count and are not won.
 */
export function resultsBy(
  { length, isOpen, entryTime, net }: TradeColumns,
  slot: Slot,
  offsetAt: (time: number) => number = () => 0,
): SlotResult[] {
  const [first, last] = RANGES[slot];
  const rows = Array.from({ length: last - first + 1 }, () => ({ trades: 0, net: 0, won: 0 }));
  for (let row = 0; row < length; row++) {
    if (isOpen[row] === 1) continue;
    const local = new Date(entryTime[row]! + offsetAt(entryTime[row]!));
    const entry = rows[slotOf(local, slot) - first]!;
    entry.trades++;
    entry.net += net[row]!;
    if (net[row]! > 0) entry.won++;
  }
  return rows.map(({ trades, net: total, won }, index) => ({
    slot: first + index,
    trades,
    net: total,
    strikeRate: trades === 0 ? null : (100 * won) / trades,
  }));
}

function slotOf(local: Date, slot: Slot): number {
  switch (slot) {
    case 'hour':
      return local.getUTCHours();
    case 'weekday':
      return local.getUTCDay() === 0 ? 7 : local.getUTCDay();
    case 'month':
      return local.getUTCMonth() + 1;
  }
}
