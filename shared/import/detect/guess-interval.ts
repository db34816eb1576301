import { intervalName } from '../../market/bar-interval.ts';
import { StepCounter } from '../step-counter.ts';

const DAY = 86_400_000;
const SECOND = 1000;
const SURE_SHARE = 0.9;

export interface IntervalGuess {
  /** Milliseconds; null where nothing tells, or tickers differ. */
  readonly interval: number | null;
  readonly why: string;
  readonly certainty: 'sure' | 'likely';
}

/** The length of bars, from the steps between times of one ticker. `series`: times by ticker, ascending. */
export function guessInterval(series: readonly (readonly number[])[], isDateOnly: boolean): IntervalGuess {
  const all = new StepCounter();
  const own = new Set<number>();
  for (const times of series) {
    const column = Float64Array.from(times);
    const steps = new StepCounter();
    steps.add(column);
    const interval = steps.interval();
    if (times.length > 2 && interval !== null) own.add(interval);
    all.addApart(column);
  }
  const interval = all.interval();
  if (interval === null) {
    return isDateOnly
      ? { interval: DAY, why: 'times are dates', certainty: 'likely' }
      : { interval: null, why: 'one bar alone tells nothing', certainty: 'likely' };
  }
  if (interval % SECOND !== 0) {
    return { interval: null, why: `bars follow each other after ${interval} ms`, certainty: 'likely' };
  }
  const share = all.share(interval);
  const name = intervalName(interval);
  const why = `${Math.round(share * 100)} % of the first bars follow each other after ${name}`;
  if ([...own].some((other) => other < interval)) {
    return { interval: null, why: `${why}, but tickers differ: each keeps its own`, certainty: 'likely' };
  }
  return { interval, why, certainty: share >= SURE_SHARE ? 'sure' : 'likely' };
}
