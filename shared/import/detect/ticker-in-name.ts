import { isTicker } from '../../market/ticker.ts';

export interface NamedTicker {
  readonly ticker: string;
  readonly why: string;
  /** The name has the shape of a vendor's that puts the ticker in just this place. */
  readonly isVendors: boolean;
}

const ENDINGS =
  /(?:\.(?:csv|txt|tsv|prn|gz|gzip|zip|zst|json|jsonl|ndjson|parquet|pq|xls|dat|asc|minutebars|bars))+$/i;

/** Names of vendors' files; the ticker is the group `t`. */
const VENDORS: readonly (readonly [pattern: RegExp, vendor: string])[] = [
  [/^(?<t>[A-Z0-9]{4,20})-(?:\d+[smhdwM]|\d+mo)-\d{4}-\d{2}(?:-\d{2})?$/, 'Binance'],
  [/^DAT_(?:ASCII|MT|MS|NT|XLSX)_(?<t>[A-Z]{6})_[A-Z0-9]+_\d{4,6}$/, 'HistData'],
  [/^\d{8}_(?<t>[a-z0-9.]+)_(?:minute|second|tick|hour|daily)_(?:trade|quote)$/i, 'LEAN'],
  [/^[A-Z][A-Z_0-9]*_(?<t>[A-Z0-9.!&]+), (?:\d+[A-Z]?|[A-Z])(?:_[0-9a-f]{5})?$/, 'TradingView'],
];

/**
 * The ticker that a file's name suggests: `AAPL_1min.csv`, `BTCUSDT-1m-2024-01`, `NASDAQ_AAPL, 1.csv`, `aapl.us.txt`. Null
 * where none does.
 */
export function tickerInName(fileName: string): NamedTicker | null {
  const base = fileName.replace(/^.*[/\\]/, '').replace(ENDINGS, '');
  for (const [pattern, vendor] of VENDORS) {
    const found = pattern.exec(base)?.groups?.t;
    if (found !== undefined && isTicker(found.toUpperCase())) {
      return { ticker: found.toUpperCase(), why: `the file's name has ${vendor}'s form`, isVendors: true };
    }
  }
  const first = /^[A-Za-z0-9.^=]+(?:-USD[TC]?|-EUR|-PERP)?/.exec(base.replace(/,.*$/, ''))?.[0] ?? '';
  const isWord =
    /[A-Za-z]/.test(first) &&
    !/^(?:export|data|bars|history|historical|download|table|prices|ohlcv?|candles|quotes?|minute|daily|day|hourly|file|sample|test|book|sheet|chart|trades?|ticks?)\d*$/i.test(
      first,
    );
  if (!isWord || first.length > 20 || !isTicker(first)) return null;
  return { ticker: first.toUpperCase(), why: "the file's name begins with it", isVendors: false };
}
