const MINUTE = 60_000;
const DAY = 86_400_000;

/** One trading day: start of the first regular minute (epoch ms UTC), number of regular minutes, auction bar's start. */
export interface Session {
  readonly open: number;
  readonly minutes: number;
  readonly closingAuction: number;
}

const REGULAR_MINUTES = 510; // 08:00 to 16:30
const SHORT_MINUTES = 270; // 08:00 to 12:30
const AUCTION_DELAY = 5;

/** Bank holidays of England and early closes of 2024 (gov.uk, London Stock Exchange calendar). */
const HOLIDAYS = new Set(['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26']);
const EARLY_CLOSES = new Set(['12-24', '12-31']);
/** British Summer Time 2024: 31 March 01:00 to 27 October 01:00 UTC; no session contains a switch. */
const SUMMER_FROM = Date.UTC(2024, 2, 31);
const SUMMER_TO = Date.UTC(2024, 9, 27);

/** The sessions of the London Stock Exchange in the calendar year 2024. */
export function londonSessions2024(): Session[] {
  const sessions: Session[] = [];
  for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2025, 0, 1); day += DAY) {
    const date = new Date(day);
    const monthAndDay = date.toISOString().slice(5, 10);
    const weekday = date.getUTCDay();
    if (weekday === 0 || weekday === 6 || HOLIDAYS.has(monthAndDay)) continue;
    const isSummer = day >= SUMMER_FROM && day < SUMMER_TO;
    const open = day + (isSummer ? 7 : 8) * 60 * MINUTE;
    const minutes = EARLY_CLOSES.has(monthAndDay) ? SHORT_MINUTES : REGULAR_MINUTES;
    sessions.push({ open, minutes, closingAuction: open + (minutes + AUCTION_DELAY) * MINUTE });
  }
  return sessions;
}
