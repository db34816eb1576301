import { AppError } from '../contract/errors.ts';
import type { BarCursor } from '../strategy/bar-cursor.ts';

/**
 * One clock for several instruments: a step per distinct bar time, ascending. An instrument without a bar at a step
 * keeps showing its last one.
 */
export class Clock {
  /** Time of each step, epoch milliseconds UTC; an array of the clock's own. */
  readonly times: Float64Array;
  readonly #cursors: readonly BarCursor[];
  readonly #only: BarCursor | null;

  constructor(cursors: readonly BarCursor[]) {
    for (const { ticker, bars } of cursors) requireAscending(ticker, bars.time);
    this.#cursors = cursors;
    this.#only = cursors.length === 1 ? cursors[0]! : null;
    this.times = this.#only === null ? mergedTimes(cursors) : this.#only.bars.time.slice();
  }

  /** Moves every instrument that has a bar at `step` to it. Steps must be taken in order. */
  advance(step: number): void {
    // One instrument sets the clock alone: a step is a bar.
    if (this.#only !== null) {
      this.#only.bar = step;
      return;
    }
    const now = this.times[step]!;
    for (let feed = 0; feed < this.#cursors.length; feed++) {
      const cursor = this.#cursors[feed]!;
      const next = cursor.bar + 1;
      if (next < cursor.bars.length && cursor.bars.time[next]! <= now) cursor.bar = next;
    }
  }

  /** True once every instrument has enough bars for its indicators. */
  get isWarm(): boolean {
    return this.#cursors.every((cursor) => cursor.bar + 1 >= cursor.minimumPeriod);
  }
}

function mergedTimes(cursors: readonly BarCursor[]): Float64Array {
  const times = new Float64Array(cursors.reduce((sum, { bars }) => sum + bars.length, 0));
  const next = new Int32Array(cursors.length);
  let steps = 0;
  for (;;) {
    let earliest = Number.POSITIVE_INFINITY;
    for (let feed = 0; feed < cursors.length; feed++) {
      const { time, length } = cursors[feed]!.bars;
      if (next[feed]! < length && time[next[feed]!]! < earliest) earliest = time[next[feed]!]!;
    }
    if (earliest === Number.POSITIVE_INFINITY) return times.slice(0, steps);
    for (let feed = 0; feed < cursors.length; feed++) {
      const { time, length } = cursors[feed]!.bars;
      if (next[feed]! < length && time[next[feed]!]! === earliest) next[feed]!++;
    }
    times[steps++] = earliest;
  }
}

function requireAscending(ticker: string, time: Float64Array): void {
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
}
