import { all, easter, on, since, until } from '../day-rule.ts';
import { type MarketRules, type NamedDays, WEEKDAYS } from '../market-rules.ts';

const HOURS: MarketRules['hours'] = [
  {
    open: '09:00',
    close: '17:30',
    openingAuction: { from: -105, uncross: 0, latest: 1 },
    closingAuction: { from: 0, uncross: 5, latest: 10 },
  },
];

const SHARED: readonly NamedDays[] = [
  { name: 'New Year’s Day', days: on(1, 1) },
  { name: 'Good Friday', days: easter(-2) },
  { name: 'Easter Monday', days: easter(1) },
  { name: 'Labour Day', days: on(5, 1) },
  { name: 'Christmas Day', days: on(12, 25) },
  { name: 'Boxing Day', days: on(12, 26) },
  { name: 'New Year’s Eve', days: until(2001, on(12, 31)) },
  { name: 'Whit Monday', days: until(2001, easter(50)) },
];

const RULES: Pick<MarketRules, 'weekdays' | 'years' | 'hours' | 'special' | 'origin' | 'gaps'> = {
  weekdays: WEEKDAYS,
  years: [2000, 2035],
  hours: HOURS,
  special: [
    { name: 'Christmas Eve', days: on(12, 24), close: '14:00' },
    { name: 'New Year’s Eve', days: since(2002, on(12, 31)), close: '14:00' },
  ],
  origin: ['Euronext: calendars and business days, trading hours (Harmonised Rule Book, Trading Manual)'],
  gaps: [
    'Half days end with the closing auction at 14:05; the close here is that of continuous trading, 14:00.',
    'Years before 2000 are not known. Outages (19 October 2020) are not recorded.',
  ],
};

export const XPAR: MarketRules = {
  id: 'XPAR',
  name: 'Euronext Paris',
  zone: 'Europe/Paris',
  ...RULES,
  closed: [...SHARED, { name: 'Bastille Day', days: until(2001, on(7, 14)) }],
};

export const XAMS: MarketRules = {
  id: 'XAMS',
  name: 'Euronext Amsterdam',
  zone: 'Europe/Amsterdam',
  ...RULES,
  closed: [
    ...SHARED,
    { name: 'Queen’s Day', days: until(2001, on(4, 30)) },
    { name: 'Ascension Day', days: until(2000, all(easter(39))) },
  ],
};
