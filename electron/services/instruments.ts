import { CALENDAR_IDS, calendarOf } from '../../shared/calendar/calendars.ts';
import { guessByTicker } from '../../shared/calendar/guess-instrument.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type {
  CalendarSummary,
  Instrument,
  InstrumentChange,
  Series,
  SessionSpan,
  SessionsQuery,
} from '../../shared/contract/schemas.ts';
import type { CalendarFinder, SeriesCalendars } from './calendar-finder.ts';
import type { Changes } from './changes.ts';
import type { Workers } from './workers.ts';

/** What is known of instruments beside their bars: said by the user, or guessed. */
export class InstrumentService implements CalendarFinder {
  readonly #workers: Workers;
  readonly #changes: Changes;

  constructor(workers: Workers, changes: Changes) {
    this.#workers = workers;
    this.#changes = changes;
  }

  list(): Promise<Instrument[]> {
    return this.#workers.readers.run('listInstruments', undefined);
  }

  async find(ticker: string): Promise<Instrument> {
    const found = (await this.list()).find((instrument) => instrument.ticker === ticker);
    return found ?? { ticker, sector: null, source: 'guess', ...guessByTicker(ticker) };
  }

  /** Throws not-found for a calendar that does not exist. */
  async change(change: InstrumentChange): Promise<Instrument> {
    if (change.calendar != null) calendarOf(change.calendar);
    await this.#workers.writer.run('changeInstrument', change);
    this.#changes.announce('series');
    return this.find(change.ticker);
  }

  /**
   * By ticker: the calendar that its sessions follow; null: its days are those of UTC, because no calendar is known or
   * because its market never closes.
   */
  async calendars(): Promise<ReadonlyMap<string, string | null>> {
    const sessions = (calendar: string | null) =>
      calendar === null || calendarOf(calendar).neverCloses ? null : calendar;
    return new Map((await this.list()).map(({ ticker, calendar }) => [ticker, sessions(calendar)]));
  }

  async of({ ticker }: Pick<Series, 'ticker'>): Promise<string | null> {
    return (await this.find(ticker)).calendar;
  }

  async all(): Promise<SeriesCalendars> {
    const [instruments, series] = await Promise.all([
      this.list(),
      this.#workers.readers.run('listSeries', undefined),
    ]);
    const byTicker = new Map(instruments.map(({ ticker, calendar }) => [ticker, calendar]));
    return Object.fromEntries(series.map(({ id, ticker }) => [id, byTicker.get(ticker) ?? null]));
  }
}

/** All calendars, in the order in which they are offered. */
export const calendarSummaries = (): CalendarSummary[] =>
  CALENDAR_IDS.map((id) => {
    const { name, zone, hours, from, to, origin, gaps } = calendarOf(id);
    return { id, name, zone, hours, from, to, origin: [...origin], gaps: [...gaps] };
  });

/** Sessions of a calendar between two instants. Throws not-found for a calendar that does not exist. */
export function sessionSpans({ calendar, from, to }: SessionsQuery): SessionSpan[] {
  if (!(from <= to)) {
    throw new AppError('bad-request', 'Sessions are asked for from an instant to a later one', {
      field: 'from',
    });
  }
  return calendarOf(calendar)
    .sessions(from, to)
    .map(({ day, open, close, breaks, isEarlyClose }) => ({
      day,
      open,
      close,
      breaks: breaks.map(([start, end]) => [start, end]),
      isEarlyClose,
    }));
}
