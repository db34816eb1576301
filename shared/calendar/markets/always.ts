import { on } from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';

export const CRYPTO: MarketRules = {
  id: 'CRYPTO',
  name: 'Crypto, round the clock',
  zone: 'UTC',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  years: [1990, 2035],
  hours: [{ open: '00:00', close: '24:00' }],
  closed: [],
  special: [],
  origin: ['The venues never close; days are those of UTC, as their own daily bars are'],
  gaps: ['Maintenance and outages of single venues are not recorded.'],
};

export const FX: MarketRules = {
  id: 'FX',
  name: 'Foreign exchange, Sunday to Friday evening in New York',
  zone: 'America/New_York',
  weekdays: WEEKDAYS,
  years: [1990, 2035],
  hours: [{ open: '17:00', opensDayBefore: true, close: '17:00' }],
  closed: [
    { name: 'New Year’s Day', days: on(1, 1) },
    { name: 'Christmas Day', days: on(12, 25) },
  ],
  special: [],
  origin: ['Convention of the interbank market: the day turns at 17:00 in New York'],
  gaps: [
    'No exchange sets these hours: brokers open and close within minutes of them, and some quote on parts of Christmas and New Year’s Day.',
    'Thin hours around other holidays are not marked.',
  ],
};
