import { missing } from './columns.ts';
import { requirePeriod } from './period.ts';

/** Highest of the last `period` values; NaN while one of them is missing. Minimum period: `period`. */
export function highest(values: Float64Array, period: number): Float64Array {
  return pick(values, period, 1, (place) => values[place]!);
}

/** Lowest of the last `period` values; NaN while one of them is missing. Minimum period: `period`. */
export function lowest(values: Float64Array, period: number): Float64Array {
  return pick(values, period, -1, (place) => values[place]!);
}

/** How many bars ago the highest of the last `period` values was, the latest of equal ones. Minimum period: `period`. */
export function barsSinceHighest(values: Float64Array, period: number): Float64Array {
  return pick(values, period, 1, (place, bar) => bar - place);
}

/** How many bars ago the lowest of the last `period` values was, the latest of equal ones. Minimum period: `period`. */
export function barsSinceLowest(values: Float64Array, period: number): Float64Array {
  return pick(values, period, -1, (place, bar) => bar - place);
}

/** A queue of places whose values only fall (times `sign`): its front is the extreme of the window, O(1) per value. */
function pick(
  values: Float64Array,
  period: number,
  sign: 1 | -1,
  result: (place: number, bar: number) => number,
): Float64Array {
  requirePeriod(period);
  const column = missing(values.length);
  const queue = new Int32Array(values.length);
  let front = 0;
  let back = 0;
  let lastMissing = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! * sign;
    if (Number.isNaN(value)) lastMissing = i;
    while (back > front && !(values[queue[back - 1]!]! * sign > value)) back--;
    queue[back++] = i;
    while (queue[front]! <= i - period) front++;
    if (i + 1 >= period && lastMissing <= i - period) column[i] = result(queue[front]!, i);
  }
  return column;
}
