import { AppError } from '../../shared/contract/errors.ts';
import type { FetchRequest } from '../../shared/contract/schemas.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { Clock } from './clock.ts';
import { quoted, type Refusal } from './failures.ts';
import { type CallOptions, HttpClient } from './http-client.ts';
import type { PartialFile } from './partial-file.ts';
import { type CellSize, cellsOf, type Range, rangeText, requestedRange } from './ranges.ts';
import type { PassingFailure } from './retry.ts';
import {
  type BarSource,
  type FetchedFile,
  type FetchTools,
  known,
  type OpenSource,
  type SourceAccess,
  type SourcePart,
  type SourcePlan,
  type UnknownSubject,
} from './source.ts';
import { TokenBucket } from './token-bucket.ts';
import { baseUrl, urlSetting } from './url-setting.ts';

// https://docs.alpaca.markets/reference/stockbars

const ADDRESS = 'https://data.alpaca.markets';
const KEY_ID = 'APCA_API_KEY_ID';
const SECRET_KEY = 'APCA_API_SECRET_KEY';
const ADDRESS_VARIABLE = 'APCA_API_DATA_URL';

const TIMEFRAMES: Readonly<Record<string, string>> = {
  '1m': '1Min',
  '5m': '5Min',
  '15m': '15Min',
  '30m': '30Min',
  '1h': '1Hour',
  '2h': '2Hour',
  '4h': '4Hour',
  '1d': '1Day',
  '1w': '1Week',
};
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Bars of the consolidated tape are open to all plans once they are this old. */
const SIP_DELAY = 16 * MINUTE;
/** Alpaca has no bars from before. */
const BEGINNING = Date.UTC(2000, 0);
/** Bars per call, at most. */
const LIMIT = 10_000;

/** 200 calls a minute are allowed without a paid plan. */
const CALLS = { capacity: 10, perSecond: 3 };

/** The layout that Alpaca's own Python library writes. */
const HEADING = 'symbol,timestamp,open,high,low,close,volume,trade_count,vwap';
const COLUMNS = { symbol: 'ticker', timestamp: 'bucket', trade_count: 'trades' };

export interface AlpacaPart extends SourcePart, Range {
  readonly every: string;
}

/** Bars of United States stocks, prices as traded. It needs a key, which a free account has. */
export function alpaca(clock: Clock): BarSource {
  const bucket = new TokenBucket(CALLS, clock);
  const http = new HttpClient({
    source: 'Alpaca',
    bucket,
    clock,
    explain,
    onAnswer: (headers) => {
      const reset = Number(headers.get('x-ratelimit-reset'));
      if (headers.get('x-ratelimit-remaining') === '0' && reset > 0) bucket.closeUntil(reset * 1000);
    },
  });
  return {
    id: 'alpaca',
    name: 'Alpaca',
    privacy:
      'Alpaca sees your internet address, your key, the symbols, the bar lengths and the ranges that you fetch; nothing else leaves this machine.',
    settings: [
      {
        name: 'feed',
        label: 'Feed',
        help: 'iex: one exchange with a few percent of the volume, free. sip: all exchanges; the last 15 minutes need a paid plan.',
        fallback: 'iex',
        choices: async () => ['iex', 'sip'],
        problem: (value) => (value === 'iex' || value === 'sip' ? null : 'is either iex or sip'),
      },
      urlSetting(
        'url',
        'Address',
        ADDRESS,
        'Keys are sent to this address only; another address needs its keys entered anew.',
      ),
    ],
    secrets: [
      { name: KEY_ID, label: 'Key ID', addressVariable: ADDRESS_VARIABLE },
      { name: SECRET_KEY, label: 'Secret key', addressVariable: ADDRESS_VARIABLE },
    ],
    symbols: { label: 'Symbols', example: 'AAPL, MSFT, BRK.B', isRequired: true },
    intervals: Object.keys(TIMEFRAMES),
    hasRange: true,
    width: 2,
    secretOrigin: (settings) => new URL(settings.url!).origin,
    missing: async () => null,
    open: async (access) => new OpenAlpaca(access, http, clock),
  };
}

interface BarsQuery extends Range {
  readonly symbol: string;
  readonly every: string;
}

class OpenAlpaca implements OpenSource<AlpacaPart> {
  readonly #access: SourceAccess;
  readonly #http: HttpClient;
  readonly #clock: Clock;

  constructor(access: SourceAccess, http: HttpClient, clock: Clock) {
    this.#access = access;
    this.#http = http;
    this.#clock = clock;
  }

  async plan(request: FetchRequest): Promise<SourcePlan<AlpacaPart>> {
    const { every } = request;
    const interval = intervalMilliseconds(every);
    const range = requestedRange(request);
    const delay = this.#access.settings.feed === 'sip' ? SIP_DELAY : 0;
    const now = Math.floor((this.#clock.now() - delay) / MINUTE) * MINUTE;
    const to = Math.min(range.to ?? now, now);
    const parts: AlpacaPart[] = [];
    const unknown: UnknownSubject[] = [];
    for (const symbol of new Set(request.symbols.map(symbolOf))) {
      const from =
        range.from ?? (await known(symbol, this.#firstBar({ symbol, every, from: BEGINNING, to }), unknown));
      if (from === null) continue;
      for (const cell of cellsOf({ from, to }, cellSize(interval))) {
        const query = { symbol, every, from: cell.from, to: cell.to };
        parts.push({
          every,
          from: cell.from,
          to: cell.to,
          name: `${symbol} ${every} ${rangeText(cell)}`,
          subject: symbol,
          origins: [this.#url(query).href],
          bytes: null,
        });
      }
    }
    return { parts, unknown };
  }

  async fetchPart(part: AlpacaPart, { signal, onBytes }: FetchTools): Promise<FetchedFile | null> {
    const query = { symbol: part.subject, every: part.every, from: part.from, to: part.to };
    const origin = part.origins[0]!;
    let bytes = 0;
    const options = {
      signal,
      onPause: this.#access.onPause,
      onBytes: (piece: number) => onBytes((bytes += piece)),
    };
    const file = await this.#access.files.claim(origin);
    try {
      await file.restart();
      if ((await this.#writeBars(query, file, options)) > 0) {
        return {
          path: file.path,
          name: `${part.name.replace(/[ :/]+/g, '-')}.csv`,
          origin,
          options: { every: part.every, map: COLUMNS, plan: { zone: 'UTC', stamp: 'start' } },
          remove: () => file.remove(),
          keep: () => file.release(),
        };
      }
    } catch (thrown) {
      await file.release();
      throw thrown;
    }
    await file.remove();
    return null;
  }

  close(): void {}

  async #firstBar(query: BarsQuery): Promise<number | null> {
    const { signal, onPause } = this.#access;
    const { bars } = await this.#page(this.#url(query, 1), query.symbol, { signal, onPause });
    return bars[0] === undefined ? null : Date.parse(bars[0].t);
  }

  /** Returns how many bars there were. */
  async #writeBars(query: BarsQuery, file: PartialFile, options: CallOptions): Promise<number> {
    const interval = intervalMilliseconds(query.every);
    const url = this.#url(query);
    const seen = new Set<string>();
    let written = 0;
    for (;;) {
      const { bars, next } = await this.#page(url, query.symbol, options);
      // The bar of now is still changing.
      const now = this.#http.earlierNow();
      const complete = bars.filter(({ t }) => Date.parse(t) + interval <= now);
      const text = complete.map((bar) => lineOf(query.symbol, bar)).join('');
      if (text !== '') await file.append(Buffer.from(written === 0 ? `${HEADING}\n${text}` : text));
      written += complete.length;
      if (next === null) return written;
      if (seen.has(next)) throw nonsensical('the same page over and over');
      seen.add(next);
      url.searchParams.set('page_token', next);
    }
  }

  async #page(url: URL, symbol: string, options: CallOptions): Promise<Page> {
    const [keyId, secretKey] = await Promise.all([this.#secret(KEY_ID), this.#secret(SECRET_KEY)]);
    const headers = { 'APCA-API-KEY-ID': keyId, 'APCA-API-SECRET-KEY': secretKey };
    return pageOf(await this.#http.json(url, { ...options, headers }), symbol);
  }

  async #secret(name: string): Promise<string> {
    const value = await this.#access.secret(name);
    if (value === null)
      throw new AppError('source-denied', 'The key of Alpaca is missing', { hint: 'Enter it anew.' });
    return value;
  }

  /** `end` is inclusive there. */
  #url({ symbol, every, from, to }: BarsQuery, limit = LIMIT): URL {
    const { settings } = this.#access;
    const url = new URL(`${baseUrl(settings.url!)}/v2/stocks/bars`);
    const query = {
      symbols: symbol,
      timeframe: TIMEFRAMES[every]!,
      start: new Date(from).toISOString(),
      end: new Date(to - 1).toISOString(),
      limit: String(limit),
      adjustment: 'raw',
      feed: settings.feed!,
      sort: 'asc',
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
}

interface AlpacaBar {
  /** Start of the bar, RFC 3339. */
  readonly t: string;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
  readonly n?: number;
  readonly vw?: number;
}
interface Page {
  readonly bars: readonly AlpacaBar[];
  readonly next: string | null;
}

function pageOf(answer: unknown, symbol: string): Page {
  const { bars, next_page_token: next } = (answer ?? {}) as {
    bars?: Record<string, unknown> | null;
    next_page_token?: unknown;
  };
  const list = bars?.[symbol] ?? [];
  const isPage =
    typeof answer === 'object' &&
    bars !== undefined &&
    (next === null || next === undefined || typeof next === 'string');
  if (isPage && Array.isArray(list) && list.every(isBar)) return { bars: list, next: next || null };
  throw nonsensical('something that is no bars');
}

function isBar(value: unknown): value is AlpacaBar {
  const { t, o, h, l, c, v, n = 0, vw = 0 } = (value ?? {}) as Record<string, unknown>;
  const isTime = typeof t === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(t);
  return isTime && [o, h, l, c, v, n, vw].every((field) => typeof field === 'number');
}

const lineOf = (symbol: string, { t, o, h, l, c, v, n, vw }: AlpacaBar) =>
  `${[symbol, t, o, h, l, c, v, n ?? '', vw ?? ''].join(',')}\n`;

const nonsensical = (what: string) =>
  new AppError('source-failed', `Alpaca answered with ${what}`, {
    hint: 'Check the address in the settings of the source.',
  });

/** Throws bad-request for what cannot be a symbol. */
function symbolOf(text: string): string {
  const symbol = text.trim().toUpperCase();
  if (/^[A-Z0-9][A-Z0-9./-]{0,31}$/.test(symbol)) return symbol;
  throw new AppError('bad-request', `"${text}" cannot be a symbol of Alpaca`, {
    field: 'symbols',
    hint: 'Write it as Alpaca does, such as AAPL or BRK.B.',
  });
}

/** So that a part is a few calls. */
function cellSize(interval: number): CellSize {
  if (interval < HOUR) return 'month';
  return interval < DAY ? 'year' : 'all';
}

function explain({ status, body }: Refusal): AppError | PassingFailure | null {
  const denied = (text: string, hint: string) => new AppError('source-denied', text, { hint });
  if (/subscription does not permit/i.test(body)) {
    return denied(
      `Your plan at Alpaca does not include this: ${quoted(messageOf(body))}`,
      'Set the feed to iex, or let the range end more than 15 minutes ago.',
    );
  }
  if (status === 401 || status === 403) {
    return denied(
      `Alpaca does not accept the key (${status})`,
      'Enter Key ID and Secret key anew: they are made together on the Alpaca dashboard, and a reset there ends the old ones.',
    );
  }
  if ((status === 400 || status === 422) && /symbol/i.test(body)) {
    return new AppError('not-found', `Alpaca does not know this symbol: ${quoted(messageOf(body))}`, {
      hint: 'Write it as Alpaca does, such as AAPL or BRK.B.',
    });
  }
  return null;
}

function messageOf(body: string): string {
  try {
    return String((JSON.parse(body) as { message?: unknown }).message ?? body);
  } catch {
    return body;
  }
}
