import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BarColumns } from '../../shared/market/bar.ts';
import { readText } from './golden.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Real bars lie in `$HINDSIGHT_DATA`, by default `../shared/data` beside the repository. */
export const REAL_DATA = resolve(ROOT, process.env.HINDSIGHT_DATA ?? '../shared/data');

/** Whether they are there; says loudly what is skipped where they are not. */
export function hasRealData(what: string): boolean {
  const isThere = existsSync(REAL_DATA);
  if (!isThere) process.stderr.write(`SKIPPED: ${what}; there are no real bars in ${REAL_DATA}.\n`);
  return isThere;
}

export const realText = (file: string): string => readText(join(REAL_DATA, file));

/** Fields of a line by name; a missing one is NaN. `ticker` may be a field or a fixed name. */
interface Layout {
  readonly ticker: number | string;
  readonly time: number;
  readonly prices: readonly [open: number, high: number, low: number, close: number];
  readonly volume: number;
  readonly instant: (text: string) => number;
  readonly heading: number;
}

const utc = (text: string) =>
  Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text.replace(' ', 'T')}Z`);
export const SEED: Layout = { ticker: 1, time: 0, prices: [3, 4, 5, 6], volume: 7, instant: utc, heading: 1 };
export const PYSTOCK: Layout = {
  ticker: 0,
  time: 1,
  prices: [2, 3, 4, 5],
  volume: 6,
  instant: utc,
  heading: 1,
};
export const SP500: Layout = {
  ticker: 6,
  time: 0,
  prices: [1, 2, 3, 4],
  volume: 5,
  instant: utc,
  heading: 1,
};
export const BITFINEX: Layout = {
  ticker: 'BTCUSD',
  time: 0,
  prices: [1, 3, 4, 2],
  volume: 5,
  instant: Number,
  heading: 0,
};

/** Series of a file, ascending in time. */
export function realBars(file: string, layout: Layout): Map<string, BarColumns> {
  const rows = new Map<string, number[][]>();
  const number = (text: string | undefined) =>
    text === undefined || text === '' ? Number.NaN : Number(text);
  for (const line of realText(file).trim().split(/\r?\n/).slice(layout.heading)) {
    const fields = line.split(',');
    const ticker = typeof layout.ticker === 'string' ? layout.ticker : fields[layout.ticker]!.trim();
    const row = [
      layout.instant(fields[layout.time]!),
      ...[...layout.prices, layout.volume].map((field) => number(fields[field])),
    ];
    const own = rows.get(ticker);
    if (own === undefined) rows.set(ticker, [row]);
    else own.push(row);
  }
  return new Map([...rows].map(([ticker, own]) => [ticker, columns(own)]));
}

function columns(rows: number[][]): BarColumns {
  rows.sort((a, b) => a[0]! - b[0]!);
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  return {
    length: rows.length,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    trades: null,
    vwap: null,
    twap: null,
  };
}
