import { AppError } from '../../../shared/contract/errors.ts';
import type { CallOptions, HttpClient } from '../http-client.ts';
import type { PartialFile } from '../partial-file.ts';
import type { Range } from '../ranges.ts';

// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints#klinecandlestick-data

/** Bars per call, at most. */
const LIMIT = 1000;
/** What one call counts for, of 6,000 a minute and address. */
export const KLINES_WEIGHT = 2;
const FIELDS = 12;
const OPEN_TIME = 0;
const CLOSE_TIME = 6;

/** One bar: open time, open, high, low, close, volume, close time, quote volume, trades, two taker volumes, unused. */
type Kline = readonly (string | number)[];

export interface KlineQuery extends Range {
  readonly symbol: string;
  readonly every: string;
}

/** The address that stands for all calls of a range; `endTime` is inclusive there. */
export function klinesUrl(base: string, { symbol, every, from, to }: KlineQuery, limit = LIMIT): URL {
  const url = new URL(`${base}/api/v3/klines`);
  const query = { symbol, interval: every, startTime: from, endTime: to - 1, limit };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}

/** Open time of the first bar at or after `from`; null where there is none. */
export async function firstKline(
  http: HttpClient,
  base: string,
  query: KlineQuery,
  options: CallOptions,
): Promise<number | null> {
  const [first] = await call(http, klinesUrl(base, query, 1), options);
  return first === undefined ? null : Number(first[OPEN_TIME]);
}

/**
 * Appends all complete bars of a range to a file, in the layout of Binance's bulk files: CSV without a heading, the
 * twelve fields of the answer. Returns how many there were.
 */
export async function writeKlines(
  http: HttpClient,
  base: string,
  query: KlineQuery,
  file: PartialFile,
  options: CallOptions,
): Promise<number> {
  let written = 0;
  let { from } = query;
  while (from < query.to) {
    const klines = await call(http, klinesUrl(base, { ...query, from }), options);
    // The bar of now is still changing.
    const now = http.earlierNow();
    const complete = klines.filter((kline) => Number(kline[CLOSE_TIME]) < now);
    if (complete.length > 0) await file.append(Buffer.from(`${complete.map(String).join('\n')}\n`));
    written += complete.length;
    const last = klines.at(-1);
    if (last === undefined || klines.length < LIMIT) break;
    const next = Number(last[OPEN_TIME]) + 1;
    if (next <= from) throw new AppError('source-failed', 'Binance answered with bars out of order');
    from = next;
  }
  return written;
}

async function call(http: HttpClient, url: URL, options: CallOptions): Promise<readonly Kline[]> {
  const answer = await http.json(url, { ...options, cost: KLINES_WEIGHT });
  if (Array.isArray(answer) && answer.every(isKline)) return answer;
  throw new AppError('source-failed', `Binance answered with something that is no bars`, {
    hint: 'Check the address in the settings of the source.',
  });
}

function isKline(value: unknown): value is Kline {
  return (
    Array.isArray(value) &&
    value.length === FIELDS &&
    // Text goes into a file: figures only.
    value.every((field) => typeof field === 'number' || /^[\d.eE+-]+$/.test(String(field)))
  );
}
