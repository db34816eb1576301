import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashBars } from '../../electron/workers/hash-bars.ts';
import { loadSeries } from '../../electron/workers/load-series.ts';
import { barsOf } from '../../electron/workers/series-handle.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportOptions } from '../../shared/contract/schemas.ts';
import { TemporaryLibrary } from '../electron/store/temporary-library.ts';
import { goldenFolders } from './golden.ts';

// Files of vendors as they were found: each is read by itself (but for what no file can tell), and gives the bars that
// it is known to hold.

const full = goldenFolders('bad-input').find(({ set }) => set === 'full');
const folder = full === undefined ? null : join(dirname(dirname(full.path)), 'data');
const isThere = folder !== null && existsSync(folder);
if (!isThere) process.stderr.write('SKIPPED: real market data, which lie beside the full golden set\n');

type Options = Partial<ImportOptions>;
const NAMED: Options = { tickerFromName: true };
const FRANKFURT: Options = { plan: { ticker: 'FESX', zone: 'Europe/Berlin', stamp: 'end' } };

interface Known {
  readonly file: string;
  readonly options?: Options;
  readonly rows: number;
  readonly rejected?: number;
  /** Series by ticker: length, bars, first and last bar, UTC. */
  readonly series: Readonly<
    Record<string, readonly [every: string, bars: number, first: string, last: string]>
  >;
  readonly tickers?: number;
}

const KNOWN: readonly Known[] = [
  {
    file: 'equity-minute/eqker/AAPL_1min.csv.gz',
    options: NAMED,
    rows: 1948,
    series: { AAPL: ['1m', 1948, '2019-02-11T14:30:00', '2019-02-15T20:59:00'] },
  },
  {
    file: 'equity-minute/eqker/PPLT_1min.csv.gz',
    options: NAMED,
    rows: 566,
    series: { PPLT: ['1m', 566, '2019-02-11T14:30:00', '2019-02-15T20:59:00'] },
  },
  {
    file: 'equity-minute/eqker/UGA_1min.csv.gz',
    options: NAMED,
    rows: 388,
    series: { UGA: ['1m', 388, '2019-02-11T14:30:00', '2019-02-15T20:59:00'] },
  },
  {
    file: 'equity-minute/eqker/VIX_1min.csv.gz',
    options: NAMED,
    rows: 1923,
    series: { VIX: ['1m', 1923, '2019-02-11T14:31:00', '2019-02-15T20:59:00'] },
  },
  {
    file: 'equity-minute/seed-schema/us-2019-02-11_15.minutebars.csv.gz',
    rows: 29750,
    tickers: 17,
    series: {
      AAPL: ['1m', 1948, '2019-02-11T14:30:00', '2019-02-15T20:59:00'],
      VXXB: ['1m', 1949, '2019-02-11T14:30:00', '2019-02-15T20:59:00'],
    },
  },
  {
    file: 'equity-minute/seed-schema/backtrader-2006-01_02.minutebars.csv.gz',
    rows: 30889,
    series: { 'EUROSTOXX-FUT-2006': ['1m', 30889, '2006-01-02T08:00:00', '2006-02-27T20:59:00'] },
  },
  {
    file: 'backtrader/2006-01-02-volume-min-001.txt.gz',
    options: FRANKFURT,
    rows: 30889,
    series: { FESX: ['1m', 30889, '2006-01-02T08:00:00', '2006-02-27T20:59:00'] },
  },
  {
    file: 'backtrader/2006-day-001.txt',
    options: { ticker: 'DAX' },
    rows: 255,
    series: { DAX: ['1d', 255, '2006-01-02T00:00:00', '2006-12-29T00:00:00'] },
  },
  {
    file: 'backtrader/yhoo-1996-2014.txt.gz',
    options: NAMED,
    rows: 4713,
    series: { YHOO: ['1d', 4713, '1996-04-12T00:00:00', '2014-12-31T00:00:00'] },
  },
  {
    file: 'backtrader/orcl-1995-2014.txt.gz',
    options: NAMED,
    rows: 5036,
    series: { ORCL: ['1d', 5036, '1995-01-03T00:00:00', '2014-12-31T00:00:00'] },
  },
  {
    file: 'backtrader/nvda-1999-2014.txt.gz',
    options: NAMED,
    rows: 4012,
    series: { NVDA: ['1d', 4012, '1999-01-22T00:00:00', '2014-12-31T00:00:00'] },
  },
  {
    file: 'crypto-minute/bitfinex/BTCUSD_1m_2014.csv.gz',
    options: NAMED,
    rows: 283787,
    series: { BTCUSD: ['1m', 283787, '2014-01-01T00:02:00', '2014-11-21T23:03:00'] },
  },
  {
    file: 'crypto-minute/bitfinex/BTCUSD_1m_2015.csv.gz',
    options: NAMED,
    rows: 366710,
    series: { BTCUSD: ['1m', 366710, '2015-01-01T00:00:00', '2015-12-31T23:59:00'] },
  },
  {
    file: 'crypto-minute/bitfinex/BTCUSD_1m_2016.csv.gz',
    options: NAMED,
    rows: 293230,
    series: { BTCUSD: ['1m', 293230, '2016-01-01T00:00:00', '2016-12-31T23:58:00'] },
  },
  {
    file: 'crypto-minute/bitfinex/ETHUSD_1m_2016.csv.gz',
    options: NAMED,
    rows: 85818,
    series: { ETHUSD: ['1m', 85818, '2016-03-09T16:04:00', '2016-12-31T23:31:00'] },
  },
  {
    file: 'crypto-minute/seed-schema/BTCUSD-2014-2016.minutebars.csv.gz',
    rows: 943727,
    series: { BTCUSD: ['1m', 943727, '2014-01-01T00:02:00', '2016-12-31T23:58:00'] },
  },
  {
    file: 'daily/pystock-us514-2015_2016.csv.gz',
    rows: 199262,
    tickers: 514,
    series: {
      A: ['1d', 387, '2015-03-20T00:00:00', '2016-09-30T00:00:00'],
      ZTS: ['1d', 388, '2015-03-20T00:00:00', '2016-09-30T00:00:00'],
    },
  },
  {
    file: 'daily/sp500-first100-2013_2018.csv.gz',
    rows: 121855,
    rejected: 5,
    tickers: 100,
    series: {
      A: ['1d', 1259, '2013-02-08T00:00:00', '2021-02-07T00:00:00'],
      CLX: ['1d', 1259, '2013-02-08T00:00:00', '2021-02-07T00:00:00'],
    },
  },
  {
    file: 'fx-futures-minute/nautilus/6EH4.XCME_1min_bars_20240101_20240131.csv.gz',
    options: NAMED,
    rows: 29996,
    series: { '6EH4.XCME': ['1m', 29996, '2024-01-01T23:00:00', '2024-01-31T23:58:00'] },
  },
  {
    file: 'fx-futures-minute/nautilus/ADABTC-1m-2021-11-27.csv',
    options: NAMED,
    rows: 10,
    series: { ADABTC: ['1m', 10, '2021-11-27T00:00:00', '2021-11-27T00:09:00'] },
  },
  {
    file: 'fx-futures-minute/nautilus/bars.parquet',
    options: NAMED,
    rows: 10,
    series: { 'ADABTC.BINANCE': ['1m', 10, '2021-11-27T00:00:00', '2021-11-27T00:09:00'] },
  },
  {
    file: 'fx-futures-minute/nautilus/usdjpy-m1-ask-2013.csv.gz',
    options: NAMED,
    rows: 28761,
    series: { USDJPY: ['1m', 28761, '2013-02-01T00:00:00', '2013-03-01T00:00:00'] },
  },
  {
    file: 'fx-futures-minute/nautilus/usdjpy-m1-bid-2013.csv.gz',
    options: NAMED,
    rows: 28761,
    series: { USDJPY: ['1m', 28761, '2013-02-01T00:00:00', '2013-03-01T00:00:00'] },
  },
  {
    file: 'fx-futures-minute/seed-schema/6EH4-2024-01.minutebars.csv.gz',
    rows: 29996,
    series: { '6EH4': ['1m', 29996, '2024-01-01T23:00:00', '2024-01-31T23:58:00'] },
  },
  {
    file: 'fx-futures-minute/seed-schema/USDJPY-bid-2013-02.minutebars.csv.gz',
    rows: 28761,
    series: { USDJPY: ['1m', 28761, '2013-02-01T00:00:00', '2013-03-01T00:00:00'] },
  },
];

describe.skipIf(!isThere)('real files', () => {
  let library: TemporaryLibrary;
  beforeEach(() => {
    library = new TemporaryLibrary();
  });
  afterEach(() => library.close());

  it.each(KNOWN)('$file', async ({ file, options = {}, rows, rejected = 0, series, tickers }) => {
    const { report } = await library.prepareFile(join(folder!, file), options);
    expect([report.linesRead, report.accepted, report.rejected]).toEqual([rows, rows - rejected, rejected]);
    expect(report.series).toHaveLength(tickers ?? Object.keys(series).length);
    for (const [ticker, [every, bars, first, last]] of Object.entries(series)) {
      expect(report.series.find((one) => one.ticker === ticker)).toEqual({
        ticker,
        every,
        bars,
        first: Date.parse(`${first}Z`),
        last: Date.parse(`${last}Z`),
      });
    }
  });

  it.each([
    'backtrader/bidask.csv',
    'backtrader/bidask2.csv',
    'daily/closes-raw-wide-514x388.csv.gz',
    'daily/pystock-corporate-actions-2015_2016.csv.gz',
  ])('%s is refused as what it is', async (file) => {
    const thrown = await library.prepareFile(join(folder!, file), NAMED).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AppError);
    expect((thrown as AppError).code).toBe('file-format');
  });

  it('a vendor’s own file and its conversion to our columns give the same bars', async () => {
    const stored = async (path: string, options: Options, ticker: string) => {
      const own = new TemporaryLibrary();
      try {
        own.imports.commit(await own.prepareFile(join(folder!, path), options), 1);
        const [found] = own.series.list().filter((series) => series.ticker === ticker);
        return hashBars(barsOf(loadSeries(own.series, found!.id)));
      } finally {
        own.close();
      }
    };
    const converted = await stored(
      'equity-minute/seed-schema/us-2019-02-11_15.minutebars.csv.gz',
      {},
      'AAPL',
    );
    expect(await stored('equity-minute/eqker/AAPL_1min.csv.gz', NAMED, 'AAPL')).toBe(converted);
  });
});
