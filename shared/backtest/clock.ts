import { AppError } from '../contract/errors.ts';
import type { BarCursor } from '../strategy/bar-cursor.ts';
import type { LongerCursor } from '../strategy/longer-cursor.ts';

/**
 * One clock for several instruments: a step per distinct time at which bars are over, ascending. An instrument without a
 * bar at a step keeps showing its last one. Bars of different lengths meet at their ends, so that a day is not known
 * before its minutes.
 */
export class Clock {
  /** Time of each step, epoch milliseconds UTC: the end of its bars less the shortest interval. Not to be written to. */
  readonly times: Float64Array;
  readonly #cursors: readonly BarCursor[];
  readonly #longer: readonly LongerCursor[];
  readonly #only: BarCursor | null;
  /** By feed: what turns a bar's time into that of its step. */
  readonly #delays: Float64Array;
  readonly #lateStep: number;

  /** `intervals`: length of a bar of each instrument, in milliseconds; 0 where stamps are ends. */
  constructor(cursors: readonly BarCursor[], longer: readonly LongerCursor[], intervals: readonly number[]) {
    for (const { ticker, bars } of cursors) requireAscending(ticker, bars.time);
    this.#cursors = cursors;
    this.#longer = longer;
    this.#only = cursors.length === 1 ? cursors[0]! : null;
    const shortest = Math.min(...intervals);
    this.#delays = Float64Array.from(intervals, (interval) => interval - shortest);
    const times = this.#only === null ? mergedTimes(cursors, this.#delays) : this.#only.bars.time;
    const lateTimes = longer.map(({ lateTime }) => lateTime).filter((time) => !Number.isNaN(time));
    this.#lateStep = lateTimes.length === 0 ? -1 : times.length;
    this.times = lateTimes.length === 0 ? times : withLast(times, Math.max(times.at(-1)!, ...lateTimes));
  }

  /** Moves every instrument that has a bar at `step` to it. Steps must be taken in order. */
  advance(step: number): void {
    if (step === this.#lateStep) {
      for (const cursor of this.#longer) cursor.followToEnd();
      return;
    }
    // One instrument sets the clock alone: a step is a bar.
    if (this.#only !== null) this.#only.bar = step;
    else this.#advanceAll(this.times[step]!);
    for (let i = 0; i < this.#longer.length; i++) this.#longer[i]!.follow();
  }

  /** True once every instrument has enough bars for its indicators. */
  get isWarm(): boolean {
    const isWarm = (cursor: BarCursor) => cursor.bar + 1 >= cursor.minimumPeriod;
    return this.#cursors.every(isWarm) && this.#longer.every(isWarm);
  }

  #advanceAll(now: number): void {
    for (let feed = 0; feed < this.#cursors.length; feed++) {
      const cursor = this.#cursors[feed]!;
      const next = cursor.bar + 1;
      if (next < cursor.bars.length && cursor.bars.time[next]! + this.#delays[feed]! <= now)
        cursor.bar = next;
    }
  }
}

function mergedTimes(cursors: readonly BarCursor[], delays: Float64Array): Float64Array {
  const times = new Float64Array(cursors.reduce((sum, { bars }) => sum + bars.length, 0));
  const next = new Int32Array(cursors.length);
  let steps = 0;
  for (;;) {
    let earliest = Number.POSITIVE_INFINITY;
    for (let feed = 0; feed < cursors.length; feed++) {
      const { time, length } = cursors[feed]!.bars;
      if (next[feed]! < length) earliest = Math.min(earliest, time[next[feed]!]! + delays[feed]!);
    }
    if (earliest === Number.POSITIVE_INFINITY) return times.slice(0, steps);
    for (let feed = 0; feed < cursors.length; feed++) {
      const { time, length } = cursors[feed]!.bars;
      if (next[feed]! < length && time[next[feed]!]! + delays[feed]! === earliest) next[feed]!++;
    }
    times[steps++] = earliest;
  }
}

function withLast(times: Float64Array, last: number): Float64Array {
  const longer = new Float64Array(times.length + 1);
  longer.set(times);
  longer[times.length] = last;
  return longer;
}

/** Columns are never written after they were made: each is looked at once. */
const ascending = new WeakSet<Float64Array>();

function requireAscending(ticker: string, time: Float64Array): void {
  if (ascending.has(time)) return;
  for (let bar = 0; bar < time.length; bar++) {
    if (bar === 0 ? !Number.isNaN(time[0]!) : time[bar]! > time[bar - 1]!) continue;
    throw new AppError(
      'bad-request',
      `The bars of ${ticker} are not in ascending time order at bar ${bar + 1}`,
      {
        field: 'time',
        hint: 'Import the series again; the library keeps bars sorted and unique.',
      },
    );
  }
  ascending.add(time);
}
