import { calendarOf } from '../../shared/calendar/calendars.ts';
import type { ActionProposal, Series } from '../../shared/contract/schemas.ts';
import { placementOf } from '../../shared/health/placement.ts';
import { proposeActions } from '../../shared/health/propose-actions.ts';
import { sessionBars } from '../../shared/health/session-bars.ts';
import { actionInstant } from '../../shared/market/action-time.ts';
import { lowerBound } from '../../shared/market/bar.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { ActionStore } from '../store/action-store.ts';
import type { SeriesStore, StoredChunk } from '../store/series-store.ts';
import { windowSpan } from './encode-chunk.ts';
import { decodeBars } from './health-tasks.ts';

const DAY = 86_400_000;
/** Other instruments that a step is compared with, and fewer than tell anything. */
const NEIGHBOURS = 40;
const FEWEST_NEIGHBOURS = 5;

/** Proposals for a ticker, or for all; each by the longest of its bars up to a day. */
export function proposeTask(
  stores: { readonly series: SeriesStore; readonly actions: ActionStore },
  input: { readonly ticker: string | null; readonly calendars: Readonly<Record<string, string | null>> },
): ActionProposal[] {
  const judged = longestSeries(stores.series.list());
  const prices = new Prices(stores.series);
  return [...judged.values()]
    .filter(({ ticker }) => input.ticker === null || ticker === input.ticker)
    .flatMap((series) => {
      const interval = intervalMilliseconds(series.every);
      const calendar = input.calendars[series.id] ?? null;
      const table = calendar === null ? null : calendarOf(calendar).table;
      const bars = decodeBars(stores.series, series.id);
      const sessions = sessionBars(bars, placementOf({ bars, interval, sessions: table, actions: [] }));
      const actions = stores.actions.list(series.ticker).map((action) => ({
        ...action,
        time: actionInstant(action.at, interval, table?.offsetAt ?? null),
      }));
      const others = spread(
        [...judged.values()].filter(({ id, every }) => id !== series.id && every === series.every),
      );
      return proposeActions({
        ticker: series.ticker,
        sessions,
        actions,
        neighbours: (from, to) => prices.medianMove(others, from, to),
      });
    })
    .sort((a, b) => b.confidence - a.confidence);
}

function longestSeries(all: readonly Series[]): Map<string, Series> {
  const best = new Map<string, { series: Series; interval: number }>();
  for (const series of all) {
    const interval = intervalMilliseconds(series.every);
    if (interval <= DAY && interval > (best.get(series.ticker)?.interval ?? 0)) {
      best.set(series.ticker, { series, interval });
    }
  }
  return new Map([...best].map(([ticker, { series }]) => [ticker, series]));
}

/** As many as are looked at, from all over the list. */
function spread(all: readonly Series[]): Series[] {
  if (all.length <= NEIGHBOURS) return [...all];
  return Array.from(
    { length: NEIGHBOURS },
    (_, index) => all[Math.floor((index * all.length) / NEIGHBOURS)]!,
  );
}

/** Closes at single instants; the chunks they lie in are decoded once. */
class Prices {
  readonly #store: SeriesStore;
  readonly #chunks = new Map<number, { time: Float64Array; close: Float64Array }>();

  constructor(store: SeriesStore) {
    this.#store = store;
  }

  medianMove(others: readonly Series[], from: number, to: number): { move: number; count: number } | null {
    const moves: number[] = [];
    for (const series of others) {
      if (series.first > from || series.last < to) continue;
      const move = Math.abs(this.#closeAt(series, to) / this.#closeAt(series, from) - 1);
      if (move < Number.POSITIVE_INFINITY) moves.push(move);
    }
    if (moves.length < FEWEST_NEIGHBOURS) return null;
    moves.sort((a, b) => a - b);
    return { move: moves[moves.length >> 1]!, count: moves.length };
  }

  /** The last close at or before an instant, in the window of time that the instant lies in; NaN without one. */
  #closeAt({ id, ticker, every }: Series, time: number): number {
    const chunk = this.#store.chunk(id, Math.floor(time / windowSpan(intervalMilliseconds(every))));
    if (chunk === null) return Number.NaN;
    const decoded = this.#decoded(ticker, chunk);
    return decoded.close[lowerBound(decoded.time, time + 1) - 1] ?? Number.NaN;
  }

  #decoded(ticker: string, chunk: StoredChunk) {
    let found = this.#chunks.get(chunk.id);
    if (found === undefined) {
      found = { time: new Float64Array(chunk.count), close: new Float64Array(chunk.count) };
      this.#store.decodeColumn(ticker, chunk, 'time', found.time);
      this.#store.decodeColumn(ticker, chunk, 'close', found.close);
      this.#chunks.set(chunk.id, found);
    }
    return found;
  }
}
