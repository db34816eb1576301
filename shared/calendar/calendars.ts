import { AppError } from '../contract/errors.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { MarketRules } from './market-rules.ts';
import { CRYPTO } from './markets/always.ts';
import { XLON } from './markets/london.ts';
import { XNAS, XNYS } from './markets/new-york.ts';
import { TradingCalendar } from './trading-calendar.ts';

const RULES: readonly MarketRules[] = [XLON, XNYS, XNAS, CRYPTO];
const calendars = new Map(RULES.map((rules) => [rules.id, new TradingCalendar(rules)]));

export const CALENDAR_IDS: readonly string[] = RULES.map(({ id }) => id);

/** The calendar of an id (XLON, XNYS, FX, CRYPTO, …). Throws not-found with the nearest id. */
export function calendarOf(id: string): TradingCalendar {
  const found = calendars.get(id);
  if (found !== undefined) return found;
  const near = nearestName(id, CALENDAR_IDS);
  throw new AppError('not-found', `There is no calendar "${id}"`, {
    field: 'calendar',
    hint: near === null ? `Choose one of ${CALENDAR_IDS.join(', ')}.` : `Did you mean ${near}?`,
  });
}

export const isCalendar = (id: string): boolean => calendars.has(id);
