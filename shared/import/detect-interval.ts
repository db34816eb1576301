export interface DetectedInterval {
  /** Milliseconds; null when fewer than two bars speak. */
  readonly interval: number | null;
  /** Bars nearer to their predecessor than the interval: the file may mix lengths. */
  readonly closer: number;
}

/**
 * Length of bars told from their starts (ascending): the most common step from one to the next, the shorter of equally
 * common ones. `given` (milliseconds) overrides it.
 */
export function detectInterval(time: Float64Array, given: number | null): DetectedInterval {
  const counts = new Map<number, number>();
  for (let index = 1; index < time.length; index++) {
    const step = time[index]! - time[index - 1]!;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let interval = given;
  let most = 0;
  if (given === null) {
    for (const [step, count] of counts) {
      if (count > most || (count === most && step < interval!)) {
        interval = step;
        most = count;
      }
    }
  }
  let closer = 0;
  for (const [step, count] of counts) if (step < (interval ?? 0)) closer += count;
  return { interval, closer };
}
