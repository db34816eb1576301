import { AppError } from '../contract/errors.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { MarketRules } from './market-rules.ts';
import { CRYPTO, FX } from './markets/always.ts';
import { CME_EQUITY, CME_FX } from './markets/chicago.ts';
import { XAMS, XPAR } from './markets/euronext.ts';
import { XMAD, XMIL, XSTO, XSWX } from './markets/europe.ts';
import { XETR } from './markets/frankfurt.ts';
import { XHKG } from './markets/hong-kong.ts';
import { XLON } from './markets/london.ts';
import { XNAS, XNYS } from './markets/new-york.ts';
import { XASX } from './markets/sydney.ts';
import { XTKS } from './markets/tokyo.ts';
import { XTSE } from './markets/toronto.ts';
import { TradingCalendar } from './trading-calendar.ts';

const RULES: readonly MarketRules[] = [
  XLON,
  XNYS,
  XNAS,
  XETR,
  XPAR,
  XAMS,
  XSWX,
  XMIL,
  XMAD,
  XSTO,
  XTSE,
  XTKS,
  XHKG,
  XASX,
  CME_EQUITY,
  CME_FX,
  FX,
  CRYPTO,
];
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
