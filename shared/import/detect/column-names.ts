import type { ColumnRole } from '../../contract/schemas.ts';

/** Name of the column that holds the keys of a JSON document. */
export const KEY_COLUMN = '(key)';

/** A heading's name without what vendors put around it: `<OPEN>`, `#RIC`, `Open time`, `1. open`, `Adj Close*`. */
export const plainName = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^\d+\.\s*/, '')
    .replace(/[<>[\]#*"'()\s_-]/g, '');

/**
 * Names that stand for each role, the likeliest first. `Adj Close` and its like are in none of them: prices changed by
 * later dividends are not what was traded at.
 */
const NAMES: Readonly<Partial<Record<ColumnRole, readonly string[]>>> = {
  time: [
    ...[
      'bucket',
      'tsevent',
      'windowstart',
      'opentime',
      'timestamp',
      'timestamputc',
      'utctimestamp',
      'datetime',
    ],
    ...[
      'datetimeutc',
      'utcdatetime',
      'utctime',
      'timeutc',
      'unix',
      'unixtime',
      'unixtimestamp',
      'epoch',
      'date/time',
    ],
    ...[
      'gmttime',
      'localtime',
      'bartime',
      'barstart',
      'starttime',
      'start',
      'time',
      'date',
      'day',
      'tradedate',
    ],
    ...[
      'tradingday',
      'tradingdate',
      'sessiondate',
      'quotedate',
      'pricedate',
      'ts',
      'dt',
      't',
      'timeperiodstart',
    ],
    ...['timestampms', 'tsinit', 'begin', 'period', 'datum', 'fecha', 'data', 'zeit', 'index', 'unnamed:0'],
  ],
  date: ['date', 'dtyyyymmdd', 'day', 'yyyymmdd', 'tradedate', 'dateyyyymmdd', 'datum', 'fecha', 'data'],
  'time-of-day': [
    'time',
    'timehhmmss',
    'hhmmss',
    'timeofday',
    'hour',
    'hhmm',
    'timehhmm',
    'zeit',
    'hora',
    'heure',
  ],
  'utc-offset': ['gmtoffset', 'utcoffset', 'tzoffset'],
  ticker: [
    ...[
      'ticker',
      'symbol',
      'ric',
      'sym',
      'name',
      'instrument',
      'code',
      'stock',
      'asset',
      'pair',
      'contract',
      'isin',
    ],
    ...['tic', 'tickersymbol'],
  ],
  open: [
    ...[
      'open',
      'o',
      'openprice',
      'priceopen',
      'pxopen',
      'op',
      'bidopen',
      'openbid',
      'first',
      'erster',
      'eroffnung',
    ],
    ...['ouverture', 'ouv', 'apertura'],
  ],
  high: [
    ...[
      'high',
      'h',
      'highprice',
      'pricehigh',
      'pxhigh',
      'hi',
      'bidhigh',
      'highbid',
      'max',
      'hoch',
      'hochst',
      'haut',
    ],
    ...['maximo', 'massimo'],
  ],
  low: [
    ...[
      'low',
      'l',
      'lowprice',
      'pricelow',
      'pxlow',
      'lo',
      'bidlow',
      'lowbid',
      'min',
      'tief',
      'tiefst',
      'bas',
    ],
    ...['minimo'],
  ],
  close: [
    ...[
      'close',
      'c',
      'closeprice',
      'priceclose',
      'pxlast',
      'cl',
      'last',
      'bidclose',
      'closebid',
      'price',
      'settle',
    ],
    ...['schluss', 'schlusskurs', 'cloture', 'dernier', 'cierre', 'ultimo', 'chiusura'],
  ],
  volume: [
    ...[
      'volume',
      'vol',
      'v',
      'vol.',
      'totalvolume',
      'volumetotal',
      'pxvolume',
      'basevolume',
      'tickvol',
      'tickvolume',
    ],
    ...['size', 'qty', 'quantity', 'tottrdqty', 'stucke', 'volumen', 'umsatz', 'amount'],
  ],
  trades: [
    ...[
      'trades',
      'n',
      'transactions',
      'barcount',
      'numberoftrades',
      'no.trades',
      'tradecount',
      'tradescount',
      'count',
    ],
    ...['numtrades', 'numberofticks'],
  ],
  vwap: ['vwap', 'vw', 'average', 'wap', 'weightedaverage', 'averageprice'],
  twap: ['twap'],
};

/** Roles in the order in which they choose their columns. */
const ROLES: readonly ColumnRole[] = [
  ...(['time', 'ticker', 'open', 'high', 'low', 'close', 'volume', 'trades', 'vwap', 'twap'] as const),
  'utc-offset',
];

const isLetter = (name: string) => plainName(name).length === 1;

export interface NamedRoles {
  readonly roles: ColumnRole[];
  /** Two columns of one role under the same name. */
  readonly repeated: { readonly role: ColumnRole; readonly first: string; readonly second: string } | null;
}

/** What each column stands for by its name alone; `date` and `time-of-day` are told from contents later. */
export function rolesByName(names: readonly string[]): NamedRoles {
  const plain = names.map(plainName);
  // Names of one letter mean bars only together: t, o, h, l, c, v.
  const hasLetters = ['o', 'h', 'l', 'c'].every((letter) => plain.includes(letter));
  const upperT = names.indexOf('T');
  const hasBothT = upperT >= 0 && names.includes('t');
  const roles: ColumnRole[] = names.map(() => 'ignore');
  let repeated: NamedRoles['repeated'] = null;
  if (hasBothT) roles[upperT] = 'ticker';
  for (const role of ROLES) {
    if (roles.includes(role)) continue;
    for (const candidate of NAMES[role]!) {
      const found = plain.flatMap((name, index) =>
        name === candidate && roles[index] === 'ignore' && (hasLetters || !isLetter(names[index]!))
          ? [index]
          : [],
      );
      const [first, second] = found;
      if (first === undefined) continue;
      roles[first] = role;
      if (second !== undefined) repeated ??= { role, first: names[first]!, second: names[second]! };
      break;
    }
  }
  if (!roles.includes('volume')) {
    // `Volume BTC`, `Volume (USD)`: the first one counts what was traded, the second what was paid.
    const index = plain.findIndex((name, at) => roles[at] === 'ignore' && /^volume/.test(name));
    if (index >= 0) roles[index] = 'volume';
  }
  return { roles, repeated };
}

/** Whether a name may stand for the role. */
export const mayBe = (name: string, role: ColumnRole) => NAMES[role]?.includes(plainName(name)) === true;

/** Whether a heading's name is one that this importer knows, for telling headings from data. */
export function isKnownName(name: string): boolean {
  const plain = plainName(name);
  if (plain === '') return false;
  return (
    Object.values(NAMES).some((names) => names.includes(plain)) || /^(adjclose|openint|spread)/.test(plain)
  );
}
