import { calendarOf } from '../calendar/calendars.ts';

const MINUTE = 60_000;

/** One trading day: start of the first regular minute (epoch ms UTC), number of regular minutes, auction bar's start. */
export interface Session {
  readonly open: number;
  readonly minutes: number;
  readonly closingAuction: number;
}

/** The sessions of the London Stock Exchange in the calendar year 2024. */
export function londonSessions2024(): Session[] {
  return calendarOf('XLON')
    .sessions(Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1))
    .map(({ open, close, auctions }) => ({
      open,
      minutes: (close - open) / MINUTE,
      closingAuction: auctions.find(({ kind }) => kind === 'closing')!.uncross,
    }));
}
