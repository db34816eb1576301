import { lowerBound } from './bar.ts';

/**
 * Trading sessions as columns, ascending and free of overlap; instants are epoch milliseconds UTC. Session `i` trades in
 * the stretches `firstStretch[i]` to `firstStretch[i + 1]` (exclusive): one, or one more for each break.
 */
export interface SessionTable {
  readonly length: number;
  /** Trading day, whole days since 1970-01-01 in local time: that of the close where a session opens the evening before. */
  readonly day: Int32Array;
  readonly open: Float64Array;
  /** Exclusive. */
  readonly close: Float64Array;
  /** Until when bars belong to the closing auction, exclusive; the close where there is none behind it. */
  readonly auctionEnd: Float64Array;
  /** When the closing auction's orders meet at the earliest; the close where there is none behind it. */
  readonly uncross: Float64Array;
  /** Whose session begins earlier in local time owns what is traded before the open: from here on. */
  readonly reachStart: Float64Array;
  /** Until when what is traded behind the close counts to the day, exclusive. */
  readonly reachEnd: Float64Array;
  readonly firstStretch: Int32Array;
  readonly stretchStart: Float64Array;
  readonly stretchEnd: Float64Array;
  /** Bits: 1 early close, 2 late open. */
  readonly flags: Uint8Array;
  /** Local time less UTC. */
  readonly offsetAt: (time: number) => number;
}

export const EARLY_CLOSE = 1;
export const LATE_OPEN = 2;

/** Index of the first session whose close is behind `time`; `length` if none is. */
export function sessionAfter(table: SessionTable, time: number): number {
  const index = lowerBound(table.close, time);
  return index < table.length && table.close[index] === time ? index + 1 : index;
}

/** Index of the session that `time` lies in, breaks and closing auction included; -1 outside. */
export function sessionAt(table: SessionTable, time: number): number {
  const index = firstAbove(table.auctionEnd, time);
  return index < table.length && table.open[index]! <= time ? index : -1;
}

/** Whether the market trades at `time`: inside a session and outside its breaks, auctions behind the close left out. */
export function isTrading({ stretchStart, stretchEnd }: SessionTable, time: number): boolean {
  const index = firstAbove(stretchEnd, time);
  return index < stretchEnd.length && stretchStart[index]! <= time;
}

/** By bar: the session that it belongs to (breaks and closing auction included), -1 outside. `time` must ascend. */
export function sessionsOf(table: SessionTable, time: Float64Array): Int32Array {
  const { open, auctionEnd, length } = table;
  const sessions = new Int32Array(time.length);
  let session = time.length === 0 ? 0 : firstAbove(auctionEnd, time[0]!);
  for (let bar = 0; bar < time.length; bar++) {
    const at = time[bar]!;
    while (session < length && auctionEnd[session]! <= at) session++;
    sessions[bar] = session < length && open[session]! <= at ? session : -1;
  }
  return sessions;
}

/** Index of the first element of an ascending column that is above `value`; its length if none is. */
function firstAbove(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
