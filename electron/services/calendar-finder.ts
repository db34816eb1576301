import type { Series } from '../../shared/contract/schemas.ts';

/** Calendar of each series by its id; null: none is known. */
export type SeriesCalendars = Readonly<Record<string, string | null>>;

/** Which calendars series are judged by. */
export interface CalendarFinder {
  of(series: Pick<Series, 'id' | 'ticker'>): Promise<string | null>;
  all(): Promise<SeriesCalendars>;
}
