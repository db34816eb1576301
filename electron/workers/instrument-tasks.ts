import { isCalendar } from '../../shared/calendar/calendars.ts';
import type { HoursEvidence } from '../../shared/calendar/check-hours.ts';
import { guessInstrument, type InstrumentGuess } from '../../shared/calendar/guess-instrument.ts';
import type { Instrument, Series } from '../../shared/contract/schemas.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { InstrumentRow, InstrumentStore } from '../store/instrument-store.ts';
import type { SeriesStore } from '../store/series-store.ts';
import { LruCache } from './lru-cache.ts';

const DAY = 86_400_000;
/** Bars that a guess is checked against, from this many chunks of a series. */
const CHECKED_BARS = 2_000;
const CHECKED_CHUNKS = 4;

/** Guesses by series as it is: tickers are asked for whenever a list is drawn. */
const guesses = new LruCache<InstrumentGuess>(10_000);

/** Every ticker of the library, and every other that the user has said something of; by ticker. */
export function listInstruments(stores: {
  readonly series: SeriesStore;
  readonly instruments: InstrumentStore;
}): Instrument[] {
  const finest = new Map<string, Series>();
  for (const series of stores.series.list()) {
    const known = finest.get(series.ticker);
    const isFiner =
      known === undefined || intervalMilliseconds(series.every) < intervalMilliseconds(known.every);
    if (isFiner) finest.set(series.ticker, series);
  }
  const said = new Map(stores.instruments.list().map((row) => [row.ticker, row]));
  const tickers = [...new Set([...finest.keys(), ...said.keys()])].sort();
  return tickers.map((ticker) =>
    instrumentOf(ticker, said.get(ticker), guessOf(stores.series, ticker, finest.get(ticker))),
  );
}

function instrumentOf(
  ticker: string,
  said: InstrumentRow | undefined,
  { calendar, currency, why }: InstrumentGuess,
): Instrument {
  const chosen = said?.calendar ?? null;
  // A calendar that a later version knew and this one does not is no calendar here.
  const isChosen = chosen !== null && isCalendar(chosen);
  return {
    ticker,
    calendar: isChosen ? chosen : calendar,
    currency: said?.currency ?? currency,
    sector: said?.sector ?? null,
    source: isChosen ? 'user' : 'guess',
    why: isChosen ? 'Chosen by you.' : why,
  };
}

function guessOf(store: SeriesStore, ticker: string, series: Series | undefined): InstrumentGuess {
  if (series === undefined) return guessInstrument(ticker, null);
  return guesses.get(
    `${series.id} ${series.contentHash}`,
    () => guessInstrument(ticker, evidenceOf(store, series)),
    () => 1,
  );
}

/** Times of bars spread over the series. */
function evidenceOf(store: SeriesStore, { id, ticker, every }: Series): HoursEvidence {
  const chunks = store.chunks(id);
  const step = Math.max(1, (chunks.length - 1) / (CHECKED_CHUNKS - 1));
  const chosen = new Set<number>();
  for (let place = 0; place < chunks.length; place += step) chosen.add(Math.round(place));
  const times: number[] = [];
  for (const index of chosen) {
    const chunk = chunks[index]!;
    const column = new Float64Array(chunk.count);
    store.decodeColumn(ticker, chunk, 'time', column);
    const stride = Math.max(1, Math.floor((chunk.count * chosen.size) / CHECKED_BARS));
    for (let bar = 0; bar < chunk.count; bar += stride) times.push(column[bar]!);
  }
  return { time: Float64Array.from(times), isOfDays: intervalMilliseconds(every) >= DAY };
}
