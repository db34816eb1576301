import { AppError } from '../../../shared/contract/errors.ts';
import type { FetchRequest, PlanOverrides } from '../../../shared/contract/schemas.ts';
import { intervalMilliseconds } from '../../../shared/market/bar-interval.ts';
import type { Clock } from '../clock.ts';
import { limitFailure, quoted, type Refusal } from '../failures.ts';
import { type CallOptions, HttpClient } from '../http-client.ts';
import type { PartialFile } from '../partial-file.ts';
import { type Cell, cellsOf, type Range, rangeText, requestedRange } from '../ranges.ts';
import type { PassingFailure } from '../retry.ts';
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
} from '../source.ts';
import { TokenBucket } from '../token-bucket.ts';
import { baseUrl, urlSetting } from '../url-setting.ts';
import { bulkUrl, fetchBulkFile, nameOf } from './bulk-files.ts';
import { firstKline, type KlineQuery, klinesUrl, writeKlines } from './klines.ts';

const INTERVALS = [
  '1s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
];
/** The twelve fields of a bar, so that nothing has to be guessed; files count in milliseconds or in microseconds. */
const KLINE_PLAN: PlanOverrides = {
  layout: 'binance',
  format: 'csv',
  delimiter: ',',
  decimalMark: '.',
  hasHeading: false,
  zone: 'UTC',
  stamp: 'start',
  columns: (
    [
      'time',
      'open',
      'high',
      'low',
      'close',
      'volume',
      'ignore',
      'ignore',
      'trades',
      'ignore',
      'ignore',
      'ignore',
    ] as const
  ).map((role, index) => ({ name: String(index + 1), role })),
};
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Weight of 6,000 a minute is allowed: less than half is used, and none near the limit. */
const WEIGHT = { capacity: 40, perSecond: 40 };
const HIGH_WEIGHT = 5_000;
/** A file server without a published limit. */
const FILE_CALLS = { capacity: 10, perSecond: 10 };

export interface BinancePart extends SourcePart, KlineQuery {
  /** The month of the bulk file, `2024-01`; null where the part is no whole month. */
  readonly month: string | null;
}

/** Spot bars of Binance: whole months as bulk files, the rest from its API. It needs no key. */
export function binance(clock: Clock): BarSource {
  const weight = new TokenBucket(WEIGHT, clock);
  const api = new HttpClient({
    source: 'Binance',
    bucket: weight,
    clock,
    explain,
    onAnswer: (headers) => {
      const used = Number(headers.get('x-mbx-used-weight-1m') ?? 0);
      // Other programs at this address count as well. The count begins anew with every minute.
      if (used > HIGH_WEIGHT) weight.closeUntil(Math.ceil(clock.now() / 60_000) * 60_000);
    },
  });
  const files = new HttpClient({
    source: 'Binance',
    bucket: new TokenBucket(FILE_CALLS, clock),
    clock,
  });
  return {
    id: 'binance',
    name: 'Binance',
    privacy:
      'Binance sees your internet address, the symbols, the bar lengths and the ranges that you fetch; no key and nothing else leaves this machine.',
    settings: [
      urlSetting(
        'apiUrl',
        'API address',
        'https://data-api.binance.vision',
        'Binance’s address for market data without a key; https://api.binance.us for the United States.',
      ),
      urlSetting(
        'filesUrl',
        'Address of the bulk files',
        'https://data.binance.vision',
        'Whole months come from here as zip files with checksums.',
      ),
    ],
    secrets: [],
    symbols: { label: 'Symbols', example: 'BTCUSDT, ETHUSDT', isRequired: true },
    intervals: INTERVALS,
    hasRange: true,
    width: 3,
    secretOrigin: () => null,
    missing: async () => null,
    open: async (access) => new OpenBinance(access, api, files, clock),
  };
}

class OpenBinance implements OpenSource<BinancePart> {
  readonly #access: SourceAccess;
  readonly #api: HttpClient;
  readonly #files: HttpClient;
  readonly #clock: Clock;
  readonly #apiUrl: string;
  readonly #filesUrl: string;

  constructor(access: SourceAccess, api: HttpClient, files: HttpClient, clock: Clock) {
    this.#access = access;
    this.#api = api;
    this.#files = files;
    this.#clock = clock;
    this.#apiUrl = baseUrl(access.settings.apiUrl!);
    this.#filesUrl = baseUrl(access.settings.filesUrl!);
  }

  async plan(request: FetchRequest): Promise<SourcePlan<BinancePart>> {
    const { every } = request;
    const interval = intervalMilliseconds(every);
    const range = requestedRange(request);
    // Up to the bar of now, which is not complete.
    const to = Math.min(range.to ?? Number.POSITIVE_INFINITY, floor(this.#clock.now(), interval));
    const parts: BinancePart[] = [];
    const unknown: UnknownSubject[] = [];
    for (const symbol of new Set(request.symbols.map(symbolOf))) {
      const from =
        range.from ?? (await known(symbol, this.#firstBar({ symbol, every, from: 0, to }), unknown));
      if (from === null) continue;
      parts.push(...cellsFor({ from, to }, interval).map((cell) => this.#part({ symbol, every, ...cell })));
    }
    return { parts, unknown };
  }

  async fetchPart(part: BinancePart, { signal, onBytes }: FetchTools): Promise<FetchedFile | null> {
    const { onPause } = this.#access;
    let bytes = 0;
    const options = { signal, onPause, onBytes: (piece: number) => onBytes((bytes += piece)) };
    return (await this.#fromBulkFile(part, options)) ?? (await this.#fromApi(part, options));
  }

  close(): void {}

  #part({ symbol, every, from, to, isWhole }: KlineQuery & Cell): BinancePart {
    const query = { symbol, every, from, to };
    const isBulk = isWhole && intervalMilliseconds(every) < HOUR;
    const month = isBulk ? new Date(from).toISOString().slice(0, 7) : null;
    const bulk = month === null ? [] : [bulkUrl(this.#filesUrl, symbol, every, month).href];
    return {
      ...query,
      name: `${symbol} ${every} ${rangeText(query)}`,
      subject: symbol,
      origins: [...bulk, klinesUrl(this.#apiUrl, query).href],
      bytes: null,
      month,
    };
  }

  #firstBar(query: KlineQuery): Promise<number | null> {
    const { signal, onPause } = this.#access;
    return firstKline(this.#api, this.#apiUrl, query, { signal, onPause });
  }

  async #fromBulkFile(part: BinancePart, options: CallOptions): Promise<FetchedFile | null> {
    const { symbol, every, month } = part;
    if (month === null) return null;
    const url = bulkUrl(this.#filesUrl, symbol, every, month);
    return this.#filled(part, url.href, nameOf(url), (file) =>
      fetchBulkFile(this.#files, url, file, options),
    );
  }

  async #fromApi(part: BinancePart, options: CallOptions): Promise<FetchedFile | null> {
    const name = `${part.symbol}-${part.every}-${rangeText(part).replace(/[ :]+/g, '-')}.csv`;
    return this.#filled(part, klinesUrl(this.#apiUrl, part).href, name, async (file) => {
      await file.restart();
      return (await writeKlines(this.#api, this.#apiUrl, part, file, options)) > 0;
    });
  }

  /** A file that `fill` has put bars into; null where it says that there are none. */
  async #filled(
    { symbol, every }: BinancePart,
    origin: string,
    name: string,
    fill: (file: PartialFile) => Promise<boolean>,
  ): Promise<FetchedFile | null> {
    const file = await this.#access.files.claim(origin);
    try {
      if (await fill(file)) {
        return {
          path: file.path,
          name,
          origin,
          options: { ticker: symbol, every, plan: KLINE_PLAN },
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
}

/** People write BTC/USDT and btc-usdt; Binance writes BTCUSDT. Throws bad-request for what cannot be one. */
function symbolOf(text: string): string {
  const symbol = text.toUpperCase().replace(/[/\-_ ]/g, '');
  if (/^[\p{L}\p{N}]{1,32}$/u.test(symbol)) return symbol;
  throw new AppError('bad-request', `"${text}" cannot be a symbol of Binance`, {
    field: 'symbols',
    hint: 'Write it as on Binance, such as BTCUSDT.',
  });
}

const floor = (time: number, interval: number) => Math.floor(time / interval) * interval;

/** So that a part is a bulk file, or some tens of calls. */
function cellsFor(range: Range, interval: number): Cell[] {
  if (interval >= HOUR) return cellsOf(range, interval < 24 * HOUR ? 'year' : 'all');
  const months = cellsOf(range, 'month');
  if (interval >= MINUTE) return months;
  return months.flatMap((month) =>
    month.isWhole ? [month] : cellsOf(month, 'day').map((day) => ({ ...day, isWhole: false })),
  );
}

/** Codes of https://developers.binance.com/docs/binance-spot-api-docs/errors. */
function explain(refusal: Refusal): AppError | PassingFailure | null {
  const { status, body } = refusal;
  if (status === 429 || status === 418) return null;
  const { code, msg } = parsed(body);
  if (code === -1121) {
    return new AppError('not-found', 'Binance does not know this symbol', {
      hint: 'Write it as on Binance, such as BTCUSDT.',
    });
  }
  if (code === -1003) return limitFailure(refusal);
  if (code === -1120)
    return new AppError('bad-request', 'Binance has no bars of this length', { field: 'every' });
  if (status === 403) {
    return new AppError('source-denied', 'Binance’s firewall refuses this address (403)', {
      hint: 'Wait some minutes, or use another network.',
    });
  }
  if (status === 451) {
    return new AppError('source-denied', `Binance does not serve the place you are in: ${quoted(msg)}`, {
      hint: 'Set the API address to the one for your country, such as https://api.binance.us.',
    });
  }
  return null;
}

function parsed(body: string): { code: number | null; msg: string } {
  try {
    const { code, msg } = JSON.parse(body) as { code?: unknown; msg?: unknown };
    return { code: typeof code === 'number' ? code : null, msg: typeof msg === 'string' ? msg : '' };
  } catch {
    return { code: null, msg: '' };
  }
}
