import { AppError } from '../contract/errors.ts';
import { sliceBars } from '../market/bar.ts';
import type { Feed } from './feed.ts';
import { seededRandom } from './random.ts';
import { type BacktestResult, type OrderColumns, REASON } from './result.ts';
import { type BacktestInput, runBacktest } from './run-backtest.ts';

/** What came of running a strategy on data that end earlier. */
export interface LeakTest {
  /** `clean`: every past decision stayed as it was. `failed`: the strategy could not be run on shorter data. */
  readonly outcome: 'clean' | 'leak' | 'failed';
  /** How often the data were cut off. */
  readonly cuts: number;
  /** Step after which the data ended where a leak was found; -1 without. */
  readonly cutStep: number;
  /** What differed, for people; null when clean. */
  readonly detail: string | null;
}

/**
 * Runs a strategy again on its data cut off at `cuts` places, and compares what it did before each cut with `result`, the
 * run on all of them. Half of the cuts follow an order or a cancellation at once, because a strategy that reads a few bars
 * ahead gives itself away where it has just acted; the others are spread over the run. Reproducible: places come from the
 * run's seed.
 */
export function leakTest(input: BacktestInput, result: BacktestResult, cuts: number): LeakTest {
  const places = cutPlaces(result, cuts, input.seed);
  for (const [index, step] of places.entries()) {
    const difference = differenceAfter(input, result, step);
    if (difference !== null) return { ...difference, cuts: index + 1, cutStep: step };
  }
  return { outcome: 'clean', cuts: places.length, cutStep: -1, detail: null };
}

/** Numbers of steps after which to end the data, ascending, each once. */
function cutPlaces({ orders, equity, firstNextBar }: BacktestResult, cuts: number, seed: number): number[] {
  const random = seededRandom(seed);
  const places = new Set<number>();
  const steps = equity.length;
  const acts = actsOf(orders);
  for (let i = 0; i < cuts; i++) {
    // Each place from its own stretch of the run, so that no part of it goes untested.
    const at = (i + random()) / cuts;
    const afterAct = i % 2 === 0 && acts.length > 0;
    const step = afterAct
      ? acts[Math.floor(at * acts.length)]! + 1
      : Math.floor(firstNextBar + at * (steps - firstNextBar));
    if (step >= 1 && step < steps) places.add(step);
  }
  return [...places].sort((a, b) => a - b);
}

/** Steps in which the strategy made an order or took one back, ascending. */
function actsOf({ length, createdBar, closedBar, reason }: OrderColumns): number[] {
  const acts: number[] = [];
  for (let row = 0; row < length; row++) {
    acts.push(createdBar[row]!);
    const isTakenBack = reason[row] === REASON['cancelled-by-strategy'] || reason[row] === REASON.replaced;
    if (isTakenBack) acts.push(closedBar[row]!);
  }
  return acts.sort((a, b) => a - b);
}

function differenceAfter(
  input: BacktestInput,
  result: BacktestResult,
  step: number,
): Pick<LeakTest, 'outcome' | 'detail'> | null {
  const end = result.equity.time[step - 1]!;
  const shortest = Math.min(...input.feeds.map(({ interval }) => interval ?? 0));
  let short: BacktestResult;
  try {
    short = runBacktest({
      ...input,
      feeds: input.feeds.map((feed) => endingAt(feed, end + shortest)),
      borrowsMemory: true,
    });
  } catch (thrown) {
    const reason = thrown instanceof AppError || thrown instanceof Error ? thrown.message : String(thrown);
    return { outcome: 'failed', detail: `On the data up to bar ${step} the strategy failed: ${reason}` };
  }
  const detail =
    decisionDifference(result, short, step) ??
    outcomeDifference(result, short, step) ??
    equityDifference(result, short, step);
  return detail === null ? null : { outcome: 'leak', detail };
}

/** The bars of a feed that are over at `end`. */
function endingAt(feed: Feed, end: number): Feed {
  const { bars, interval = 0 } = feed;
  let length = bars.length;
  while (length > 0 && bars.time[length - 1]! + interval > end) length--;
  return { ...feed, bars: sliceBars(bars, 0, length) };
}

const DECISIONS = ['createdBar', 'feed', 'side', 'type', 'size', 'price', 'validUntil', 'parent'] as const;

function decisionDifference(full: BacktestResult, short: BacktestResult, step: number): string | null {
  const expected = madeBefore(full.orders, step);
  const actual = madeBefore(short.orders, step);
  for (let row = 0; row < Math.min(expected, actual); row++) {
    const name = DECISIONS.find((column) => !Object.is(full.orders[column][row], short.orders[column][row]));
    if (name === undefined) continue;
    return `Order ${row + 1}, made on bar ${full.orders.createdBar[row]! + 1}, has another ${name} when the data end at bar ${step}: ${short.orders[name][row]} instead of ${full.orders[name][row]}`;
  }
  if (expected === actual) return null;
  const row = Math.min(expected, actual);
  const orders = expected > actual ? full.orders : short.orders;
  const how = expected > actual ? 'is not made any more' : 'is made only';
  return `The order of bar ${orders.createdBar[row]! + 1} ${how} when the data end at bar ${step}: it depends on what came after`;
}

function madeBefore({ length, createdBar }: OrderColumns, step: number): number {
  let count = 0;
  while (count < length && createdBar[count]! < step) count++;
  return count;
}

const OUTCOMES = ['status', 'reason', 'closedBar', 'filledSize'] as const;

/** Orders can be taken back, too. What ends behind the cut is still open before it. */
function outcomeDifference(full: BacktestResult, short: BacktestResult, step: number): string | null {
  const count = madeBefore(full.orders, step);
  for (let row = 0; row < count; row++) {
    const hasEnded = ({ orders }: BacktestResult) =>
      orders.closedBar[row]! >= 0 && orders.closedBar[row]! < step;
    if (!hasEnded(full) && !hasEnded(short)) continue;
    const differs = OUTCOMES.some(
      (column) => !Object.is(full.orders[column][row], short.orders[column][row]),
    );
    if (!differs) continue;
    return `Order ${row + 1}, made on bar ${full.orders.createdBar[row]! + 1}, ends otherwise when the data end at bar ${step}: the strategy acts on what came after`;
  }
  return null;
}

/** Whatever else a strategy may do shows here at last. */
function equityDifference(full: BacktestResult, short: BacktestResult, step: number): string | null {
  for (let i = 0; i < step; i++) {
    if (Object.is(full.equity.equity[i], short.equity.equity[i])) continue;
    return `Equity at bar ${i + 1} is another when the data end at bar ${step}: the strategy acts on what came after`;
  }
  return null;
}
