import type { MarketRules } from '../market-rules.ts';

export const CRYPTO: MarketRules = {
  id: 'CRYPTO',
  name: 'Crypto, round the clock',
  zone: 'UTC',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  years: [1970, 2035],
  hours: [{ open: '00:00', close: '24:00' }],
  closed: [],
  special: [],
  origin: ['Trading never stops; days are those of UTC, as the venues’ own daily bars are.'],
  gaps: ['Maintenance and outages of single venues are not recorded.'],
};
