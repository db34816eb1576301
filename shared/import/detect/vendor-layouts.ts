import type { ColumnRole, ReadingPlan } from '../../contract/schemas.ts';
import { MINUS_ONE_LAYOUT, REJECTS_LAYOUT } from '../bar-line.ts';
import type { DateOrder } from '../time-text.ts';
import { plainName } from './column-names.ts';
import { isNumber } from './field-kind.ts';
import { type ColumnKind, fullRows, type TableHead } from './table-head.ts';

/** What is known of the files of a vendor, beside what can be seen in them. */
export interface VendorLayout {
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** Zone of times without an offset; null: the file does not say and neither does the vendor. */
  readonly zone?: string | null;
  readonly zoneWhy?: string;
  /** Whether the zone is a suggestion only. */
  readonly asksZone?: boolean;
  readonly stamp?: 'start' | 'end';
  readonly stampWhy?: string;
  readonly dateOrder?: DateOrder;
  readonly timeFormat?: ReadingPlan['timeFormat'];
  readonly priceDivisor?: number;
  readonly priceWhy?: string;
  /** Roles of the columns, where names and contents do not tell them. */
  readonly roles?: readonly ColumnRole[];
  readonly every?: string;
}

export interface LayoutInput {
  readonly head: TableHead;
  readonly kinds: readonly ColumnKind[];
  readonly fileName: string;
  /** Rows are in descending order of time. */
  readonly isNewestFirst: boolean;
}

const START = { stamp: 'start', stampWhy: 'the vendor stamps a bar with its start' } as const;
const UTC = { zone: 'UTC', zoneWhy: 'the vendor writes UTC' } as const;
const NEW_YORK = { zone: 'America/New_York', zoneWhy: 'the vendor writes US Eastern time' } as const;
const EST = { zone: 'EST', zoneWhy: 'the vendor writes EST all year, without summer time' } as const;
const BROKER = {
  zone: 'America/New_York+07:00',
  zoneWhy: "times are the broker's server's, which no file tells; most run seven hours ahead of New York",
  asksZone: true,
} as const;

/** Vendors by id, as `--layout` names them. */
export const VENDORS = {
  hindsight: {
    id: 'hindsight',
    title: 'Bars of Hindsight',
    ...START,
    ...UTC,
    zoneWhy: 'buckets of this layout are UTC',
    stampWhy: 'a bucket is the start of its bar',
  },
  [REJECTS_LAYOUT]: { id: REJECTS_LAYOUT, title: 'Rejected lines of Hindsight' },
  'alpha-vantage': { id: 'alpha-vantage', title: 'Alpha Vantage', ...NEW_YORK },
  alpaca: { id: 'alpaca', title: 'Alpaca', ...START, ...UTC },
  backtrader: { id: 'backtrader', title: 'backtrader samples' },
  binance: { id: 'binance', title: 'Binance klines', ...START, ...UTC },
  bitfinex: { id: 'bitfinex', title: 'Exchange candles', ...START, ...UTC },
  cryptodatadownload: { id: 'cryptodatadownload', title: 'CryptoDataDownload', ...START, ...UTC },
  databento: { id: 'databento', title: 'Databento', ...START, ...UTC },
  dukascopy: { id: 'dukascopy', title: 'Dukascopy', ...START, dateOrder: 'dmy' },
  firstrate: { id: 'firstrate', title: 'FirstRate Data', ...START, ...NEW_YORK },
  histdata: { id: 'histdata', title: 'HistData', ...START, ...EST },
  [MINUS_ONE_LAYOUT]: { id: MINUS_ONE_LAYOUT, title: 'Interactive Brokers', ...START },
  investing: { id: 'investing', title: 'Investing.com', dateOrder: 'mdy' },
  kaggle: { id: 'kaggle', title: 'Kaggle S&P 500' },
  kibot: { id: 'kibot', title: 'Kibot', ...START, ...NEW_YORK, dateOrder: 'mdy' },
  lean: { id: 'lean', title: 'QuantConnect LEAN', ...START },
  lseg: { id: 'lseg', title: 'LSEG Tick History' },
  'metatrader-4': { id: 'metatrader-4', title: 'MetaTrader 4', ...START, ...BROKER },
  'metatrader-5': { id: 'metatrader-5', title: 'MetaTrader 5', ...START, ...BROKER },
  nautilus: { id: 'nautilus', title: 'Nautilus Trader', ...UTC },
  polygon: { id: 'polygon', title: 'Polygon REST', ...START, ...UTC },
  'polygon-flat': { id: 'polygon-flat', title: 'Polygon flat file', ...START, ...UTC },
  pystock: { id: 'pystock', title: 'pystock' },
  stooq: {
    id: 'stooq',
    title: 'Stooq',
    ...START,
    zone: 'Europe/Warsaw',
    zoneWhy: 'Stooq is reported to write Warsaw time',
    asksZone: true,
  },
  tradingview: { id: 'tradingview', title: 'TradingView', ...START },
  yahoo: { id: 'yahoo', title: 'Yahoo Finance', ...START },
} as const satisfies Readonly<Record<string, VendorLayout>>;

/** The vendor with this id; null where there is none. */
export const vendorNamed = (id: string): VendorLayout | null =>
  Object.hasOwn(VENDORS, id) ? VENDORS[id as keyof typeof VENDORS] : null;

/** The vendor whose files look like this; null where none is known. */
export function vendorLayout(named: LayoutInput): VendorLayout | null {
  const { head } = named;
  const input = { ...named, fileName: named.fileName.slice(named.fileName.lastIndexOf('/') + 1) };
  if (head.names === null) return withoutHeading(input);
  const names = head.names.map(plainName);
  return withHeading(input, new Set(names), names);
}

function withHeading(
  input: LayoutInput,
  has: ReadonlySet<string>,
  names: readonly string[],
): VendorLayout | null {
  const { head, fileName } = input;
  const all = (...wanted: string[]) => wanted.every((name) => has.has(name));
  const raw = head.names!;
  if (/^rejected line/.test(raw[0]!)) return VENDORS[REJECTS_LAYOUT];
  if (all('bucket', 'open', 'high', 'low', 'close')) {
    return VENDORS.hindsight;
  }
  if (all('windowstart', 'transactions')) return VENDORS['polygon-flat'];
  if (all('t', 'o', 'h', 'l', 'c')) return polygonOrAlpaca(input, has);
  if (all('tsevent', 'tsinit')) return VENDORS.nautilus;
  if (all('tsevent') && (all('rtype') || all('publisherid') || all('instrumentid'))) return databento(input);
  if (names.some((name) => /^adj(usted)?close$/.test(name)) && !has.has('symbol')) {
    return VENDORS.yahoo;
  }
  if (raw.some((name) => /^<ticker>$/i.test(name)) && raw.some((name) => /^<per>$/i.test(name)))
    return stooq(input);
  if (names.includes('tickvol') && names.includes('spread')) {
    return VENDORS['metatrader-5'];
  }
  if (all('opentime', 'closetime') || all('opentime', 'quotevolume')) {
    return VENDORS.binance;
  }
  if (names[0] === 'ric' || (all('ric', 'last') && all('datetime'))) return VENDORS.lseg;
  if (all('barcount') || (all('wap') && all('count'))) {
    return VENDORS[MINUS_ONE_LAYOUT];
  }
  if (all('gmttime')) return { ...VENDORS.dukascopy, ...UTC };
  if (all('localtime')) return VENDORS.dukascopy;
  if (all('unix', 'date', 'symbol')) return VENDORS.cryptodatadownload;
  if (all('date', 'open', 'close', 'name') && has.size === 7) return VENDORS.kaggle;
  if (all('symbol', 'date', 'adjclose')) return VENDORS.pystock;
  if (all('date', 'price', 'change%')) return VENDORS.investing;
  if (all('openinterest')) return VENDORS.backtrader;
  const isTradingView =
    raw.slice(0, 5).join().toLowerCase() === 'time,open,high,low,close' &&
    /^[A-Z_0-9]+_[^,]+, \w+/.test(fileName);
  if (isTradingView) return VENDORS.tradingview;
  const isPlain =
    names[1] === 'open' && /^(timestamp|datetime|date|time)$/.test(names[0]!) && names.length <= 6;
  if (isPlain && isFirstRate(fileName)) return VENDORS.firstrate;
  if (isPlain && input.isNewestFirst) {
    // Alpha Vantage's order; the hours must fit too, see detect-plan.
    return VENDORS['alpha-vantage'];
  }
  return null;
}

const isFirstRate = (fileName: string) =>
  /_(?:1min|5min|30min|1hour|1day|full)(?:_|\.)/.test(fileName) &&
  /_(?:full|sample|adjsplit|adjsplitdiv|UNADJUSTED)/i.test(fileName);

function polygonOrAlpaca({ head, kinds }: LayoutInput, has: ReadonlySet<string>): VendorLayout | null {
  const time = head.names!.indexOf('t');
  if (!has.has('v')) return null;
  if (kinds[time] === 'datetime') return VENDORS.alpaca;
  return has.has('vw') || head.names!.includes('T') ? VENDORS.polygon : null;
}

/** Prices as integers are billionths; no dollar price has that many digits. */
function databento({ head }: LayoutInput): VendorLayout {
  const base = VENDORS.databento;
  const open = head.names!.map(plainName).indexOf('open');
  const prices = fullRows(head).map((row) => row[open] ?? '');
  const isInteger = prices.length > 0 && prices.every((price) => /^-?\d{7,}$/.test(price));
  return isInteger
    ? { ...base, priceDivisor: 1e9, priceWhy: 'prices are integers of seven digits or more: billionths' }
    : base;
}

function stooq({ head }: LayoutInput): VendorLayout {
  const period = head.names!.findIndex((name) => /^<per>$/i.test(name));
  const value = fullRows(head)[0]?.[period] ?? '';
  const every = /^\d+$/.test(value) ? `${value}m` : value.toUpperCase() === 'D' ? '1d' : undefined;
  return { ...VENDORS.stooq, ...(every === undefined ? {} : { every }) };
}

function withoutHeading(input: LayoutInput): VendorLayout | null {
  const { head, kinds, fileName } = input;
  const { width, delimiter } = head;
  const [first, second] = kinds;
  if (isLeanMinute(input)) return leanMinute(input);
  // The end of a bar in microseconds, 1735691399999999, is no time that can be stored: its digits tell.
  const seventh = fullRows(head).map((row) => row[6] ?? '');
  const isEnd = seventh.length > 0 && seventh.every((end) => /^1\d{12}(\d{3})?$/.test(end));
  if (first === 'epoch' && isEnd && width >= 11) {
    return { ...VENDORS.binance, roles: binanceRoles(width) };
  }
  const rows = fullRows(head);
  const sample = rows[0] ?? [];
  if (first === 'datetime' && delimiter === ';' && width === 6 && /^\d{8} \d{6}$/.test(sample[0] ?? '')) {
    return VENDORS.histdata;
  }
  if (first === 'date' && second === 'time-of-day' && /^\d{4}\.\d\d\.\d\d$/.test(sample[0] ?? '')) {
    if (/^DAT_MT_/.test(fileName)) return VENDORS.histdata;
    return VENDORS['metatrader-4'];
  }
  if (first === 'date' && /^\d\d\/\d\d\/\d{4}$/.test(sample[0] ?? '')) {
    return VENDORS.kibot;
  }
  if (first === 'datetime' && width >= 5 && /^\d{8} \d\d:\d\d$/.test(sample[0] ?? ''))
    return leanDaily(input);
  if (first === 'datetime' && width <= 6 && isFirstRate(fileName)) return VENDORS.firstrate;
  if (first === 'epoch' && width === 6) return VENDORS.bitfinex;
  return null;
}

const binanceRoles = (width: number): ColumnRole[] => {
  const roles: ColumnRole[] = [
    'time',
    'open',
    'high',
    'low',
    'close',
    'volume',
    'ignore',
    'ignore',
    'trades',
  ];
  return [...roles, ...Array.from({ length: width - roles.length }, () => 'ignore' as const)];
};

/** Milliseconds of the day, prices, volume; the day stands in the file's name. */
function isLeanMinute({ head, fileName }: LayoutInput): boolean {
  const rows = fullRows(head);
  const isDayMillis = (row: readonly string[]) => /^\d{1,8}$/.test(row[0]!) && Number(row[0]) < 86_400_000;
  return /^\d{8}_/.test(fileName) && head.width >= 6 && rows.length > 0 && rows.every(isDayMillis);
}

const LEAN_EQUITY = {
  priceDivisor: 10_000,
  priceWhy: 'prices are whole numbers: LEAN writes ten-thousandths of a dollar',
} as const;

function leanMinute({ head }: LayoutInput): VendorLayout {
  const isInteger = fullRows(head).every((row) => row.slice(1, 5).every((price) => /^\d+$/.test(price)));
  const roles: ColumnRole[] = ['time', 'open', 'high', 'low', 'close', 'volume'];
  return {
    ...VENDORS.lean,
    timeFormat: 'ms-of-day',
    roles: [...roles, ...Array.from({ length: head.width - roles.length }, () => 'ignore' as const)],
    ...(isInteger
      ? {
          ...NEW_YORK,
          zoneWhy: 'LEAN writes the exchange’s time, and whole prices are US shares',
          ...LEAN_EQUITY,
        }
      : UTC),
  };
}

function leanDaily({ head }: LayoutInput): VendorLayout {
  const isInteger = fullRows(head).every((row) =>
    row.slice(1, 5).every((price) => isNumber(price) && !/[.,]/.test(price)),
  );
  return isInteger ? { ...VENDORS.lean, ...NEW_YORK, ...LEAN_EQUITY } : VENDORS.lean;
}
