import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { intervalMilliseconds } from '../../../../shared/market/bar-interval.ts';
import { type MadeBar, madeBars } from './bars.ts';
import { type Answer, json, ranged, type SeenRequest, StandIn } from './stand-in.ts';

// The klines call of https://developers.binance.com/docs/binance-spot-api-docs/rest-api and the monthly files of
// https://github.com/binance/binance-public-data, at one address.

export interface BinanceStandInOptions {
  /** When each symbol's bars begin. */
  readonly listed: Readonly<Record<string, number>>;
  readonly now: number;
  /** Months from this one on have no file yet, as `2024-07`. */
  readonly firstUnpublished: string;
}

/** From 2025 on the files count microseconds. */
const MICROSECONDS_FROM = Date.UTC(2025, 0);

export class BinanceStandIn extends StandIn {
  constructor(options: BinanceStandInOptions) {
    let weight = 0;
    super((request) => {
      weight += 2;
      return request.url.pathname === '/api/v3/klines'
        ? klines(options, request, weight)
        : bulkFile(options, request);
    });
  }
}

function klines({ listed, now }: BinanceStandInOptions, { url }: SeenRequest, weight: number): Answer {
  const query = Object.fromEntries(url.searchParams);
  const symbol = query.symbol ?? '';
  const begin = listed[symbol];
  if (begin === undefined) return json({ code: -1121, msg: 'Invalid symbol.' }, 400);
  const interval = intervalMilliseconds(query.interval ?? '');
  const to = Math.min(Number(query.endTime), now);
  const limit = Math.min(1000, Number(query.limit ?? 500));
  const from = Math.max(Number(query.startTime), begin);
  const last = Math.min(to, Math.ceil(from / interval) * interval + (limit - 1) * interval);
  const bars = madeBars(symbol, interval, { from, to: last, listed: begin });
  const rows = bars.map((bar) => fields(bar, interval));
  return json(rows, 200, { 'X-MBX-USED-WEIGHT': String(weight), 'X-MBX-USED-WEIGHT-1M': String(weight) });
}

const figure = (value: number) => value.toFixed(8);

function fields(bar: MadeBar, interval: number): (string | number)[] {
  const { time, open, high, low, close, volume, trades } = bar;
  const prices = [open, high, low, close, volume].map(figure);
  const taker = [figure(volume / 2), figure((volume * close) / 2)];
  return [time, ...prices, time + interval - 1, figure(volume * close), trades, ...taker, '0'];
}

function bulkFile(
  { listed, firstUnpublished }: BinanceStandInOptions,
  { url, headers }: SeenRequest,
): Answer {
  const path = /^\/data\/spot\/monthly\/klines\/(\w+)\/(\w+)\/\1-\2-(\d{4})-(\d\d)\.zip(\.CHECKSUM)?$/.exec(
    url.pathname,
  );
  if (path === null) return { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
  const [, symbol = '', every = '', year, month, wantsChecksum] = path;
  const begin = listed[symbol] ?? Number.POSITIVE_INFINITY;
  const from = Date.UTC(Number(year), Number(month) - 1);
  const end = Date.UTC(Number(year), Number(month));
  if (`${year}-${month}` >= firstUnpublished || begin >= end) {
    return { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
  }
  const name = `${symbol}-${every}-${year}-${month}`;
  const interval = intervalMilliseconds(every);
  const scale = from >= MICROSECONDS_FROM ? 1000 : 1;
  const lines = madeBars(symbol, interval, { from, to: end - 1, listed: begin }).map((bar) => {
    const row = fields(bar, interval);
    row[0] = bar.time * scale;
    row[6] = (bar.time + interval) * scale - 1;
    return row.join(',');
  });
  const zip = zipSync({ [`${name}.csv`]: Buffer.from(`${lines.join('\n')}\n`) }, { mtime: '2024-01-01' });
  if (wantsChecksum === undefined) return ranged(zip, headers.range, {});
  return { body: `${createHash('sha256').update(zip).digest('hex')}  ${name}.zip\n` };
}
