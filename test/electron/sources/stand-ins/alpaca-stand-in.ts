import { type MadeBar, madeBars } from './bars.ts';
import { type Answer, json, type SeenRequest, StandIn } from './stand-in.ts';

// The bars call of https://docs.alpaca.markets/reference/stockbars.

export interface AlpacaStandInOptions {
  readonly keyId: string;
  readonly secretKey: string;
  readonly listed: Readonly<Record<string, number>>;
  readonly now: number;
  /** Bars per page, at most. */
  readonly pageSize: number;
}

const TIMEFRAMES: Readonly<Record<string, number>> = {
  '1Min': 60_000,
  '5Min': 300_000,
  '1Hour': 3_600_000,
  '1Day': 86_400_000,
};
const SIP_DELAY = 15 * 60_000;

export class AlpacaStandIn extends StandIn {
  constructor(options: AlpacaStandInOptions) {
    super((request) => bars(options, request));
  }
}

function bars(options: AlpacaStandInOptions, { url, headers }: SeenRequest): Answer {
  const { keyId, secretKey, listed, now, pageSize } = options;
  if (url.pathname !== '/v2/stocks/bars') return json({ message: 'endpoint not found.' }, 404);
  if (headers['apca-api-key-id'] !== keyId || headers['apca-api-secret-key'] !== secretKey) {
    return json({ message: 'forbidden.' }, 403);
  }
  const query = Object.fromEntries(url.searchParams);
  if (query.adjustment !== 'raw') return json({ message: `invalid adjustment: ${query.adjustment}` }, 400);
  const symbol = query.symbols ?? '';
  if (symbol.includes('/')) return json({ message: `invalid symbol: ${symbol}` }, 400);
  const to = Date.parse(query.end ?? '');
  if (query.feed === 'sip' && to > now - SIP_DELAY) {
    return json({ code: 42210000, message: 'subscription does not permit querying recent SIP data' }, 403);
  }
  const interval = TIMEFRAMES[query.timeframe ?? '']!;
  const token = query.page_token;
  const start = token === undefined ? Date.parse(query.start ?? '') : Number(atob(token).split('|')[1]);
  const limit = Math.min(pageSize, Number(query.limit));
  const begin = listed[symbol] ?? Number.POSITIVE_INFINITY;
  const from = Math.ceil(Math.max(start, begin) / interval) * interval;
  const end = Math.min(to, now);
  const page = madeBars(symbol, interval, {
    from,
    to: Math.min(end, from + (limit - 1) * interval),
    listed: begin,
  });
  const nextStart = from + limit * interval;
  const next = nextStart <= end ? btoa(`${symbol}|${nextStart}`) : null;
  return json({ bars: page.length === 0 ? {} : { [symbol]: page.map(barOf) }, next_page_token: next }, 200, {
    'X-RateLimit-Limit': '200',
    'X-RateLimit-Remaining': '199',
    'X-RateLimit-Reset': String(Math.floor(now / 1000) + 60),
  });
}

const barOf = ({ time, open, high, low, close, volume, trades }: MadeBar) => ({
  t: new Date(time).toISOString().replace('.000Z', 'Z'),
  o: open,
  h: high,
  l: low,
  c: close,
  v: Math.round(volume * 1000),
  n: trades,
  vw: (high + low) / 2,
});
