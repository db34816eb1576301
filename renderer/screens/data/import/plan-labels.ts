import type { ColumnRole, Guess, ReadingPlan } from '../../../../shared/contract/schemas.ts';
import type { ComboboxItem, Option } from '../../../design/index.ts';

type Field = Guess['field'];

/** What each part of a reading is called. */
export const FIELD_LABELS: Readonly<Record<Field, string>> = {
  layout: 'Layout',
  format: 'Format',
  delimiter: 'Fields are parted by',
  decimalMark: 'Decimal mark',
  hasHeading: 'First line is a heading',
  columns: 'Columns',
  timeFormat: 'Times are',
  dateOrder: 'Order of dates',
  zone: 'Time zone',
  stamp: 'A stamp is the bar’s',
  every: 'Length of bars',
  ticker: 'Ticker',
  priceDivisor: 'Prices are divided by',
};

export const DELIMITERS: readonly Option<ReadingPlan['delimiter']>[] = [
  { value: ',', label: 'comma', hint: ',' },
  { value: ';', label: 'semicolon', hint: ';' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar', hint: '|' },
];
export const DECIMAL_MARKS: readonly Option<ReadingPlan['decimalMark']>[] = [
  { value: '.', label: 'point', hint: '1234.5' },
  { value: ',', label: 'comma', hint: '1234,5' },
];
export const TIME_FORMATS: readonly Option<ReadingPlan['timeFormat']>[] = [
  { value: 'text', label: 'text' },
  { value: 'epoch-s', label: 'epoch seconds' },
  { value: 'epoch-ms', label: 'epoch milliseconds' },
  { value: 'epoch-us', label: 'epoch microseconds' },
  { value: 'epoch-ns', label: 'epoch nanoseconds' },
  { value: 'excel', label: 'Excel days' },
  { value: 'ms-of-day', label: 'milliseconds of the day' },
];
export const DATE_ORDERS: readonly Option<ReadingPlan['dateOrder']>[] = [
  { value: 'ymd', label: 'year, month, day' },
  { value: 'dmy', label: 'day, month, year' },
  { value: 'mdy', label: 'month, day, year' },
];
export const STAMPS: readonly Option<ReadingPlan['stamp']>[] = [
  { value: 'start', label: 'start' },
  { value: 'end', label: 'end' },
];
export const ROLES: readonly Option<ColumnRole>[] = [
  { value: 'ignore', label: 'leave out' },
  { value: 'time', label: 'time' },
  { value: 'date', label: 'date' },
  { value: 'time-of-day', label: 'time of day' },
  { value: 'utc-offset', label: 'hours from UTC' },
  { value: 'ticker', label: 'ticker' },
  { value: 'open', label: 'open' },
  { value: 'high', label: 'high' },
  { value: 'low', label: 'low' },
  { value: 'close', label: 'close' },
  { value: 'volume', label: 'volume' },
  { value: 'trades', label: 'trades' },
  { value: 'vwap', label: 'vwap' },
  { value: 'twap', label: 'twap' },
];

const FIRST_ZONES = [
  ['UTC', 'UTC'],
  ['America/New_York', 'New York'],
  ['EST', 'New York without summer time'],
  ['America/Chicago', 'Chicago'],
  ['Europe/London', 'London'],
  ['Europe/Berlin', 'Frankfurt'],
  ['Europe/Paris', 'Paris'],
  ['Asia/Tokyo', 'Tokyo'],
  ['Asia/Hong_Kong', 'Hong Kong'],
] as const;

/** Zones to choose from, those of the large exchanges first; one that is not among them is added. */
export function zoneItems(current: string): ComboboxItem[] {
  const first = FIRST_ZONES.map(([value, hint]) => ({ value, label: value, hint }));
  const names = new Set<string>(FIRST_ZONES.map(([value]) => value));
  const others = [current, ...Intl.supportedValuesOf('timeZone')].filter((zone) => !names.has(zone));
  return [...first, ...[...new Set(others)].map((zone) => ({ value: zone, label: zone }))];
}

export const INTERVALS = ['1s', '1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w'] as const;
