import type { Guess, ReadingPlan } from '../../../../shared/contract/schemas.ts';
import type { ReadTextOptions } from '../read-text.ts';
import {
  aroundTheClock,
  at,
  barAt,
  type FixtureBar,
  SUMMER,
  sessions,
  text,
  WINTER,
  Written,
} from './fixtures.ts';

// One small file of each vendor, written as the vendor writes it, with what is to be found out and what its first bar is.

export interface VendorFile {
  readonly vendor: string;
  readonly file: string;
  readonly text: Written;
  readonly options?: ReadTextOptions;
  readonly layout: string | null;
  /** Ticker and start (UTC) of the first bar of the file. */
  readonly first: readonly [ticker: string, start: string];
  /** The bar it must be, where that is not the fixture's own at the local time of the first line. */
  readonly bar?: Partial<FixtureBar>;
  readonly guesses?: Partial<Record<Guess['field'], string>>;
  readonly plan?: Partial<ReadingPlan>;
  /** Bars, if not one per line. */
  readonly bars?: number;
}

const NEW_YORK = sessions(SUMMER, at(9, 30), at(15, 59));
const NEW_YORK_ENDS = sessions(SUMMER, at(9, 31), at(16));
const CLOCK = aroundTheClock('2024-07-01T00:00', 3_000);
const DAYS = [...SUMMER, '2024-07-09', '2024-07-10'].map((day) => barAt(Date.parse(`${day}T00:00:00Z`)));
const WEEK_FX = [
  ...aroundTheClock('2024-01-05T00:00', 17 * 60),
  ...aroundTheClock('2024-01-07T17:00', 31 * 60),
];

export const VENDOR_FILES: readonly VendorFile[] = [
  {
    vendor: 'Hindsight, columns in any order',
    file: 'bars.csv',
    text: text('ticker,bucket,trades,open,high,low,close,volume,vwap,twap', NEW_YORK, (b, t) =>
      [`AAL.L,${t.ymd} ${t.hms}`, 7, b.open, b.high, b.low, b.close, b.volume, '', ''].join(','),
    ),
    layout: 'hindsight',
    first: ['AAL.L', '2024-07-01T09:30:00'],
    guesses: {
      zone: 'sure: UTC',
      stamp: "sure: the bar's start",
      ticker: 'sure: from its column',
      every: 'sure: 1m',
    },
  },
  {
    vendor: 'Alpha Vantage',
    file: 'intraday_1min_AAPL.csv',
    options: { given: { ticker: 'AAPL' } },
    text: text('timestamp,open,high,low,close,volume', [...NEW_YORK_ENDS].reverse(), (b, t) =>
      [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    layout: 'alpha-vantage',
    first: ['AAPL', '2024-07-08T19:59:00'],
    guesses: { zone: 'likely: America/New_York', stamp: "likely: the bar's end" },
  },
  {
    vendor: 'Alpaca, as CSV',
    file: 'AAPL.csv',
    text: text('t,o,h,l,c,v,n,vw', NEW_YORK, (b, t) =>
      [`${t.ymd}T${t.hms}Z`, b.open, b.high, b.low, b.close, b.volume, 5, b.open].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'alpaca',
    first: ['AAPL', '2024-07-01T09:30:00'],
    guesses: { zone: 'sure: UTC', stamp: "likely: the bar's start" },
  },
  {
    vendor: 'Alpaca, the answer for several symbols',
    file: 'bars.json',
    text: new Written(
      JSON.stringify({
        bars: {
          'BRK/B': NEW_YORK.slice(0, 30).map((b) => alpaca(b)),
          MSFT: NEW_YORK.slice(0, 20).map((b) => alpaca(b)),
        },
        next_page_token: null,
      }),
      NEW_YORK[0]!,
    ),
    layout: 'alpaca',
    first: ['BRK/B', '2024-07-01T09:30:00'],
    bars: 50,
    guesses: { ticker: 'sure: from its column' },
  },
  {
    vendor: 'Alpaca, the answer for one symbol',
    file: 'bars.json',
    text: new Written(
      JSON.stringify({ bars: NEW_YORK.slice(0, 30).map((b) => alpaca(b)), symbol: 'AAPL' }),
      NEW_YORK[0]!,
    ),
    layout: 'alpaca',
    first: ['AAPL', '2024-07-01T09:30:00'],
    bars: 30,
    guesses: { ticker: 'sure: AAPL' },
  },
  {
    vendor: 'Polygon flat file: close ahead of high, nanoseconds',
    file: '2024-07-01.csv',
    text: text('ticker,volume,open,close,high,low,window_start,transactions', NEW_YORK, (b) =>
      ['AAPL', b.volume, b.open, b.close, b.high, b.low, `${b.time}000000`, 12].join(','),
    ),
    layout: 'polygon-flat',
    first: ['AAPL', '2024-07-01T09:30:00'],
    guesses: { timeFormat: 'sure: epoch-ns', zone: 'sure: UTC' },
  },
  {
    vendor: 'Polygon REST: T is the ticker, t the time',
    file: 'grouped.json',
    text: new Written(
      JSON.stringify({
        status: 'OK',
        results: NEW_YORK.slice(0, 40).map((b) => ({
          ...{
            T: 'AAPL',
            v: b.volume,
            vw: b.open,
            o: b.open,
            c: b.close,
            h: b.high,
            l: b.low,
            t: b.time,
            n: 3,
          },
        })),
      }),
      NEW_YORK[0]!,
    ),
    layout: 'polygon',
    first: ['AAPL', '2024-07-01T09:30:00'],
    bars: 40,
    guesses: { timeFormat: 'sure: epoch-ms' },
  },
  {
    vendor: 'Databento, prices in billionths',
    file: 'xnas.ohlcv-1m.csv',
    text: text('ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol', NEW_YORK, (b) =>
      [`${b.time}000000`, 33, 1, 5482, ...nano(b), b.volume, 'ESZ4'].join(','),
    ),
    layout: 'databento',
    first: ['ESZ4', '2024-07-01T09:30:00'],
    guesses: { priceDivisor: 'likely: 1000000000' },
  },
  {
    vendor: 'Databento, pretty',
    file: 'ohlcv.csv',
    text: text(
      'ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol',
      NEW_YORK,
      (b, t) =>
        [`${t.ymd}T${t.hms}.000000000Z`, 33, 1, 5482, b.open, b.high, b.low, b.close, b.volume, 'ESZ4'].join(
          ',',
        ),
    ),
    layout: 'databento',
    first: ['ESZ4', '2024-07-01T09:30:00'],
    guesses: { priceDivisor: 'sure: 1' },
  },
  {
    vendor: 'Yahoo: Adj Close is never the close, null cells are none',
    file: 'AAPL.csv',
    text: text('Date,Open,High,Low,Close,Adj Close,Volume', DAYS, (b, t) =>
      [t.ymd, b.open, b.high, b.low, b.close, b.close / 2, b.volume].join(','),
    ).between('', '2024-07-11,null,null,null,null,null,null\n'),
    options: { tickerFromName: true },
    layout: 'yahoo',
    first: ['AAPL', '2024-07-01T00:00:00'],
    bars: DAYS.length,
    guesses: { timeFormat: 'sure: date', every: 'likely: 1d' },
  },
  {
    vendor: 'Yahoo as other tools write it: High, Low, Open, Close',
    file: 'AAPL.csv',
    text: text('Date,High,Low,Open,Close,Volume,Adj Close', DAYS, (b, t) =>
      [t.ymd, b.high, b.low, b.open, b.close, b.volume, b.close / 2].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'yahoo',
    first: ['AAPL', '2024-07-01T00:00:00'],
  },
  {
    vendor: 'Stooq bulk, five minutes',
    file: 'aapl.us.txt',
    text: text(
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
      NEW_YORK.filter((_, i) => i % 5 === 0),
      (b, t) =>
        ['AAPL.US', 5, t.compact, t.hhmmss, b.open, b.high, b.low, b.close, `${b.volume}.5`, 0].join(','),
    ),
    layout: 'stooq',
    first: ['AAPL.US', '2024-07-01T07:30:00'],
    bar: { volume: barAt(NEW_YORK[0]!.time).volume + 0.5 },
    guesses: { zone: 'ask: Europe/Warsaw', every: 'sure: 5m' },
  },
  {
    vendor: 'Stooq from the web',
    file: 'aapl_us_d.csv',
    text: text('Date,Open,High,Low,Close,Volume', DAYS, (b, t) =>
      [t.ymd, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { given: { ticker: 'AAPL' } },
    layout: null,
    first: ['AAPL', '2024-07-01T00:00:00'],
  },
  {
    vendor: 'Binance spot, milliseconds',
    file: 'BTCUSDT-1m-2024-07.csv',
    text: text(null, CLOCK, (b) =>
      [b.time, b.open, b.high, b.low, b.close, b.volume, b.time + 59_999, 1e5, 42, 1, 2, 0].join(','),
    ),
    layout: 'binance',
    first: ['BTCUSDT', '2024-07-01T00:00:00'],
    guesses: { ticker: 'likely: BTCUSDT', zone: 'sure: UTC' },
  },
  {
    vendor: 'Binance spot, microseconds from 2025 on',
    file: 'BTCUSDT-1m-2025-01.csv',
    text: text(null, CLOCK, (b) =>
      [
        `${b.time}000`,
        b.open,
        b.high,
        b.low,
        b.close,
        b.volume,
        `${b.time + 59_999}999`,
        1e5,
        42,
        1,
        2,
        0,
      ].join(','),
    ),
    layout: 'binance',
    first: ['BTCUSDT', '2024-07-01T00:00:00'],
    guesses: { timeFormat: 'sure: epoch-us' },
  },
  {
    vendor: 'Binance futures, with a heading',
    file: 'ETHUSDT-1m-2024-07.csv',
    text: text(
      'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore',
      CLOCK,
      (b) => [b.time, b.open, b.high, b.low, b.close, b.volume, b.time + 59_999, 1e5, 42, 1, 2, 0].join(','),
    ),
    layout: 'binance',
    first: ['ETHUSDT', '2024-07-01T00:00:00'],
  },
  {
    vendor: 'Bitfinex: close ahead of high and low',
    file: 'BTCUSD_1m_2014.csv',
    text: text(null, CLOCK, (b) => [b.time, b.open, b.close, b.high, b.low, '1e-8'].join(',')),
    options: { tickerFromName: true },
    layout: 'bitfinex',
    first: ['BTCUSD', '2024-07-01T00:00:00'],
    bar: { volume: 1e-8 },
    guesses: { columns: 'likely: time, open, close, high, low, volume' },
  },
  {
    vendor: 'Coinbase: low, high, open, close, newest first',
    file: 'BTC-USD.csv',
    text: text(null, [...CLOCK].reverse(), (b) =>
      [b.time / 1000, b.low, b.high, b.open, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'bitfinex',
    first: ['BTC-USD', '2024-07-03T01:59:00'],
    guesses: { columns: 'likely: time, low, high, open, close, volume', timeFormat: 'sure: epoch-s' },
  },
  {
    vendor: 'Bitstamp by CryptoDataDownload, with an address above the heading',
    file: 'Bitstamp_BTCUSD_minute.csv',
    text: text('unix,date,symbol,open,high,low,close,Volume BTC,Volume USD', CLOCK, (b, t) =>
      [b.time / 1000, `${t.ymd} ${t.hms}`, 'BTC/USD', b.open, b.high, b.low, b.close, b.volume, 1e6].join(
        ',',
      ),
    ).between('https://www.CryptoDataDownload.com\n', ''),
    layout: 'cryptodatadownload',
    first: ['BTC/USD', '2024-07-01T00:00:00'],
    plan: { skip: 2 },
  },
  {
    vendor: 'HistData ASCII: EST all year, also in summer',
    file: 'DAT_ASCII_EURUSD_M1_202407.csv',
    text: text(null, CLOCK, (b, t) =>
      [`${t.compact} ${t.hhmmss}`, b.open, b.high, b.low, b.close, 0].join(';'),
    ),
    layout: 'histdata',
    first: ['EURUSD', '2024-07-01T05:00:00'],
    bar: { volume: 0 },
    guesses: { delimiter: 'sure: semicolon', zone: 'likely: EST', ticker: 'likely: EURUSD' },
  },
  {
    vendor: 'HistData for MetaTrader, told from MetaTrader by its name',
    file: 'DAT_MT_EURUSD_M1_202407.csv',
    text: text(null, CLOCK, (b, t) => [t.dots, t.hm, b.open, b.high, b.low, b.close, 0].join(',')),
    layout: 'histdata',
    first: ['EURUSD', '2024-07-01T05:00:00'],
    bar: { volume: 0 },
  },
  {
    vendor: 'MetaTrader 4: the zone is nowhere and must be asked',
    file: 'EURUSD1.csv',
    text: text(null, CLOCK, (b, t) => [t.dots, t.hm, b.open, b.high, b.low, b.close, b.volume].join(',')),
    options: { given: { ticker: 'EURUSD' } },
    layout: 'metatrader-4',
    first: ['EURUSD', '2024-06-30T21:00:00'],
    guesses: { zone: 'ask: America/New_York+07:00' },
  },
  {
    vendor: 'MetaTrader 5: tabs, two volumes',
    file: 'EURUSD_M1.csv',
    text: text('<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>', CLOCK, (b, t) =>
      [t.dots, t.hms, b.open, b.high, b.low, b.close, b.volume, 0, 7].join('\t'),
    ),
    options: { tickerFromName: true },
    layout: 'metatrader-5',
    first: ['EURUSD', '2024-06-30T21:00:00'],
    guesses: { delimiter: 'sure: tab', zone: 'ask: America/New_York+07:00' },
  },
  {
    vendor: 'TradingView, seconds, with an indicator that is NaN',
    file: 'NASDAQ_AAPL, 1.csv',
    text: text('time,open,high,low,close,Volume,MA', NEW_YORK, (b) =>
      [b.time / 1000, b.open, b.high, b.low, b.close, b.volume, 'NaN'].join(','),
    ),
    layout: 'tradingview',
    first: ['AAPL', '2024-07-01T09:30:00'],
    guesses: { ticker: 'likely: AAPL' },
  },
  {
    vendor: 'TradingView, ISO times with an offset',
    file: 'NASDAQ_AAPL, 1_a1b2c.csv',
    text: text('time,open,high,low,close,Volume', NEW_YORK, (b, t) =>
      [`${t.ymd}T${t.hms}-04:00`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    layout: 'tradingview',
    first: ['AAPL', '2024-07-01T13:30:00'],
    guesses: { zone: 'sure: UTC' },
  },
  {
    vendor: 'Interactive Brokers: two blanks, a zone in words, -1 for no volume',
    file: 'EUR.csv',
    text: text('date,open,high,low,close,volume,barCount,average', NEW_YORK, (b, t) =>
      [`${t.compact}  ${t.hms} US/Eastern`, b.open, b.high, b.low, b.close, -1, -1, -1].join(','),
    ).between('', 'finished-20240701  09:30:00-20240708  16:00:00,-1,-1,-1,-1,-1,-1,-1\n'),
    options: { given: { ticker: 'EUR' } },
    layout: 'interactive-brokers',
    first: ['EUR', '2024-07-01T13:30:00'],
    bar: { volume: Number.NaN },
    bars: NEW_YORK.length,
    guesses: { zone: 'sure: US/Eastern' },
  },
  {
    vendor: 'LSEG Tick History: #RIC, close called Last, blank bars',
    file: 'vod.csv',
    text: text(
      '#RIC,Domain,Date-Time,GMT Offset,Type,Open,High,Low,Last,Volume,No. Trades',
      sessions(SUMMER, at(7), at(15, 29)),
      (b, t) =>
        [
          'VOD.L',
          'Market Price',
          `${t.ymd}T${t.hms}.000000000Z`,
          '+1',
          'Intraday 1Min',
          b.open,
          b.high,
          b.low,
          b.close,
          b.volume,
          4,
        ].join(','),
    ).between('', 'VOD.L,Market Price,2024-07-09T07:00:00.000000000Z,+1,Intraday 1Min,,,,,,\n'),
    layout: 'lseg',
    first: ['VOD.L', '2024-07-01T07:00:00'],
    bars: sessions(SUMMER, at(7), at(15, 29)).length,
    guesses: { zone: 'sure: UTC' },
  },
  {
    vendor: 'LSEG in local time: the offset column tells',
    file: 'vod.csv',
    text: text(
      '#RIC,Date-Time,GMT Offset,Type,Open,High,Low,Last,Volume',
      sessions(SUMMER, at(8), at(16, 29)),
      (b, t) =>
        ['VOD.L', `${t.ymd}T${t.hms}`, '+1', 'Intraday 1Min', b.open, b.high, b.low, b.close, b.volume].join(
          ',',
        ),
    ),
    layout: 'lseg',
    first: ['VOD.L', '2024-07-01T07:00:00'],
    guesses: { zone: 'sure: UTC' },
  },
  {
    vendor: 'FirstRate Data',
    file: 'AAPL_full_1min_adjsplit.txt',
    text: text('timestamp,open,high,low,close,volume', NEW_YORK, (b, t) =>
      [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'firstrate',
    first: ['AAPL', '2024-07-01T13:30:00'],
    guesses: { zone: 'likely: America/New_York', stamp: "likely: the bar's start" },
  },
  {
    vendor: 'FirstRate Data without a heading',
    file: 'AAPL_1min_sample.csv',
    text: text(null, sessions(WINTER, at(9, 30), at(15, 59)), (b, t) =>
      [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'firstrate',
    first: ['AAPL', '2024-01-08T14:30:00'],
  },
  {
    vendor: 'Kibot: month first, no heading',
    file: 'IBM.txt',
    text: text(null, NEW_YORK, (b, t) => [t.mdy, t.hm, b.open, b.high, b.low, b.close, b.volume].join(',')),
    options: { tickerFromName: true },
    layout: 'kibot',
    first: ['IBM', '2024-07-01T13:30:00'],
    guesses: { zone: 'likely: America/New_York', dateOrder: 'likely: month, day, year' },
  },
  {
    vendor: 'Kibot daily',
    file: 'IBM.txt',
    text: text(null, DAYS, (b, t) => [t.mdy, b.open, b.high, b.low, b.close, b.volume].join(',')),
    options: { tickerFromName: true },
    layout: 'kibot',
    first: ['IBM', '2024-07-01T00:00:00'],
  },
  {
    vendor: 'LEAN minute trades: milliseconds of the day in the name, ten-thousandths',
    file: '20131007_trade.zip/20131007_spy_minute_trade.csv',
    text: text(null, sessions(['2013-10-07'], at(4), at(19, 59)), (b, t) =>
      [t.ofDay, b.open * 1e4, b.high * 1e4, b.low * 1e4, b.close * 1e4, b.volume].join(','),
    ),
    layout: 'lean',
    first: ['SPY', '2013-10-07T08:00:00'],
    guesses: {
      priceDivisor: 'likely: 10000',
      timeFormat: 'sure: ms-of-day',
      zone: 'likely: America/New_York',
    },
  },
  {
    vendor: 'LEAN minute trades of a currency pair: plain decimals in UTC',
    file: '20131007_trade.zip/20131007_btcusd_minute_trade.csv',
    text: text(null, sessions(['2013-10-07'], 0, at(23, 59)), (b, t) =>
      [t.ofDay, ...prices(b).map((price) => price.toFixed(3)), b.volume].join(','),
    ),
    layout: 'lean',
    first: ['BTCUSD', '2013-10-07T00:00:00'],
    guesses: { priceDivisor: 'sure: 1', zone: 'likely: UTC' },
  },
  {
    vendor: 'LEAN daily',
    file: 'spy.zip/spy.csv',
    text: text(null, DAYS, (b, t) =>
      [`${t.compact} ${t.hm}`, b.open * 1e4, b.high * 1e4, b.low * 1e4, b.close * 1e4, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'lean',
    first: ['SPY', '2024-07-01T00:00:00'],
    guesses: { timeFormat: 'sure: date' },
  },
  {
    vendor: 'backtrader daily',
    file: 'yhoo-2014.txt',
    text: text('Date,Open,High,Low,Close,Volume,OpenInterest', DAYS, (b, t) =>
      [t.ymd, b.open, b.high, b.low, b.close, b.volume, 0].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'backtrader',
    first: ['YHOO', '2024-07-01T00:00:00'],
  },
  {
    vendor: 'backtrader minutes: seven names over eight fields, ends in Frankfurt',
    file: '2006-01-02-volume-min-001.txt',
    text: text('Date,Open,High,Low,Close,Volume,OpenInterest', sessions(WINTER, at(9, 1), at(22)), (b, t) =>
      [t.ymd, t.hms, b.open, b.high, b.low, b.close, b.volume, 0].join(','),
    ),
    options: { given: { ticker: 'FESX' } },
    layout: 'backtrader',
    first: ['FESX', '2024-01-08T08:00:00'],
    guesses: { zone: 'ask: Europe/Berlin', stamp: "likely: the bar's end" },
  },
  {
    vendor: 'Nautilus style, offset in the text, no volume',
    file: 'usdjpy-m1-bid-2013.csv',
    text: text('timestamp,open,high,low,close', CLOCK, (b, t) =>
      [`${t.ymd} ${t.hms}+00:00`, b.open, b.high, b.low, b.close].join(','),
    ),
    options: { tickerFromName: true },
    layout: null,
    first: ['USDJPY', '2024-07-01T00:00:00'],
    bar: { volume: Number.NaN },
    guesses: { zone: 'sure: UTC' },
  },
  {
    vendor: 'Nautilus futures: the session reopens at 23:00, the first stamp is 23:01',
    file: '6EH4.XCME_1min_bars.csv',
    text: text(
      'timestamp_utc,open,high,low,close,volume',
      [
        ...aroundTheClock('2024-01-07T23:01', 23 * 60),
        ...aroundTheClock('2024-01-08T23:01', 23 * 60),
        ...aroundTheClock('2024-01-09T23:01', 23 * 60),
      ],
      (b, t) => [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: null,
    first: ['6EH4.XCME', '2024-01-07T23:00:00'],
    guesses: { zone: 'sure: UTC', stamp: "likely: the bar's end" },
  },
  {
    vendor: 'Kaggle S&P 500: the ticker is called Name',
    file: 'all_stocks_5yr.csv',
    text: text('date,open,high,low,close,volume,Name', DAYS, (b, t) =>
      [t.ymd, b.open, b.high, b.low, b.close, b.volume, 'AAL'].join(','),
    ),
    layout: 'kaggle',
    first: ['AAL', '2024-07-01T00:00:00'],
  },
  {
    vendor: 'pystock: each session once more, adjusted',
    file: 'prices.csv',
    text: text('symbol,date,open,high,low,close,volume,adj_close', [...DAYS].reverse(), (b, t) =>
      ['NA', t.ymd, b.open, b.high, b.low, b.close, b.volume, b.close].join(','),
    ),
    layout: 'pystock',
    first: ['NA', '2024-07-10T00:00:00'],
  },
  {
    vendor: 'Dukascopy: day first, Gmt time',
    file: 'EURUSD_Candlestick_1_M_BID.csv',
    text: text('Gmt time,Open,High,Low,Close,Volume', CLOCK, (b, t) =>
      [`${t.dmy} ${t.hms}.000`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'dukascopy',
    first: ['EURUSD', '2024-07-01T00:00:00'],
    guesses: { dateOrder: 'likely: day, month, year', zone: 'likely: UTC' },
  },
  {
    vendor: 'Investing.com: price is the close, volumes in millions',
    file: 'AAPL Historical Data.csv',
    text: text('"Date","Price","Open","High","Low","Vol.","Change %"', DAYS, (b, t) =>
      [
        `"${t.mdy}"`,
        `"1,${b.close}"`,
        `"1,${b.open}"`,
        `"1,${b.high}"`,
        `"1,${b.low}"`,
        '"1.15M"',
        '"0.1%"',
      ].join(','),
    ),
    options: { tickerFromName: true },
    layout: 'investing',
    first: ['AAPL', '2024-07-01T00:00:00'],
    bar: { ...shifted(DAYS[0]!, 1000), volume: 1_150_000 },
  },
  {
    vendor: 'a German export: semicolons, decimal commas, German names',
    file: 'sap.csv',
    text: text('Datum;Eröffnung;Hoch;Tief;Schluss;Volumen', [...DAYS, barAt(Date.UTC(2024, 6, 15))], (b, t) =>
      [
        t.dmy,
        ...[b.open, b.high, b.low, b.close].map((price) => price.toFixed(2).replace('.', ',')),
        b.volume,
      ].join(';'),
    ),
    options: { tickerFromName: true },
    layout: null,
    first: ['SAP', '2024-07-01T00:00:00'],
    guesses: {
      decimalMark: 'sure: comma',
      delimiter: 'sure: semicolon',
      dateOrder: 'sure: day, month, year',
    },
  },
  {
    vendor: 'Kraken REST: arrays under the name of the pair',
    file: 'ohlc.json',
    text: new Written(
      JSON.stringify({
        error: [],
        result: {
          XXBTZUSD: CLOCK.slice(0, 60).map((b) => [b.time / 1000, ...strings(b), '100', String(b.volume), 3]),
          last: 1,
        },
      }),
      CLOCK[0]!,
    ),
    layout: null,
    first: ['XXBTZUSD', '2024-07-01T00:00:00'],
    bar: { volume: 100 },
    bars: 60,
  },
  {
    vendor: 'Binance REST: arrays of texts',
    file: 'BTCUSDT.json',
    text: new Written(
      JSON.stringify(
        CLOCK.slice(0, 60).map((b) => [
          b.time,
          ...strings(b),
          String(b.volume),
          b.time + 59_999,
          '1',
          42,
          '1',
          '1',
          '0',
        ]),
      ),
      CLOCK[0]!,
    ),
    options: { tickerFromName: true },
    layout: 'binance',
    first: ['BTCUSDT', '2024-07-01T00:00:00'],
    bars: 60,
  },
  {
    vendor: 'Alpha Vantage as JSON: rows under their times, ticker and zone beside',
    file: 'query.json',
    text: new Written(
      JSON.stringify({
        'Meta Data': {
          '1. Information': 'Intraday',
          '2. Symbol': 'IBM',
          '4. Interval': '1min',
          '6. Time Zone': 'US/Eastern',
        },
        'Time Series (1min)': Object.fromEntries(
          [...NEW_YORK_ENDS].reverse().map((b) => [
            new Date(b.time).toISOString().slice(0, 19).replace('T', ' '),
            {
              '1. open': `${b.open}`,
              '2. high': `${b.high}`,
              '3. low': `${b.low}`,
              '4. close': `${b.close}`,
              '5. volume': `${b.volume}`,
            },
          ]),
        ),
      }),
      NEW_YORK_ENDS.at(-1)!,
    ),
    layout: null,
    first: ['IBM', '2024-07-08T19:59:00'],
    bars: NEW_YORK_ENDS.length,
    guesses: { zone: 'sure: US/Eastern', stamp: "likely: the bar's end" },
  },
  {
    vendor: 'JSON lines',
    file: 'AAPL.jsonl',
    text: text(null, NEW_YORK.slice(0, 50), (b) => JSON.stringify({ symbol: 'AAPL', ...alpaca(b) })),
    layout: 'alpaca',
    first: ['AAPL', '2024-07-01T09:30:00'],
    bars: 50,
  },
  {
    vendor: 'Excel serials: asked',
    file: 'sheet.csv',
    text: text('Date;Open;High;Low;Close;Volume', CLOCK, (b) =>
      [(b.time / 86_400_000 + 25_569).toFixed(8), b.open, b.high, b.low, b.close, b.volume].join(';'),
    ),
    options: { given: { ticker: 'X', zone: 'UTC' } },
    layout: null,
    first: ['X', '2024-07-01T00:00:00'],
    guesses: { timeFormat: 'ask: excel' },
  },
  {
    vendor: 'a week of currencies that begins on Sunday at 17:00',
    file: 'EURUSD.csv',
    text: text('datetime,open,high,low,close', WEEK_FX, (b, t) =>
      [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close].join(','),
    ),
    options: { tickerFromName: true },
    layout: null,
    first: ['EURUSD', '2024-01-05T05:00:00'],
    bar: { volume: Number.NaN },
    guesses: { zone: 'ask: America/New_York' },
  },
  {
    vendor: 'London local time',
    file: 'VOD.csv',
    text: text('time,open,high,low,close,volume', sessions(SUMMER, at(8), at(16, 29)), (b, t) =>
      [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: null,
    first: ['VOD', '2024-07-01T07:00:00'],
    guesses: { zone: 'ask: Europe/London', stamp: "likely: the bar's start" },
  },
  {
    vendor: 'London in UTC, in summer',
    file: 'VOD.csv',
    text: text('time,open,high,low,close,volume', sessions(SUMMER, at(7), at(15, 29)), (b, t) =>
      [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: null,
    first: ['VOD', '2024-07-01T07:00:00'],
    guesses: { zone: 'ask: UTC' },
  },
  {
    vendor: 'New York in UTC, in winter',
    file: 'IBM.csv',
    text: text('time,open,high,low,close,volume', sessions(WINTER, at(14, 30), at(20, 59)), (b, t) =>
      [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { tickerFromName: true },
    layout: null,
    first: ['IBM', '2024-01-08T14:30:00'],
    guesses: { zone: 'ask: UTC' },
  },
  {
    vendor: 'Hong Kong is told from New York by its pause',
    file: '0700.HK.csv',
    text: text(
      'time,open,high,low,close,volume',
      WINTER.flatMap((day) => [
        ...sessions([day], at(9, 30), at(11, 59)),
        ...sessions([day], at(13), at(15, 59)),
      ]),
      (b, t) => [`${t.ymd} ${t.hms}`, b.open, b.high, b.low, b.close, b.volume].join(','),
    ),
    options: { given: { ticker: '0700.HK' } },
    layout: null,
    first: ['0700.HK', '2024-01-08T01:30:00'],
    guesses: { zone: 'ask: Asia/Hong_Kong' },
  },
];

function alpaca(b: FixtureBar) {
  return {
    t: new Date(b.time).toISOString().replace('.000', ''),
    o: b.open,
    h: b.high,
    l: b.low,
    c: b.close,
    v: b.volume,
    n: 4,
    vw: b.open,
  };
}
function prices(b: FixtureBar) {
  return [b.open, b.high, b.low, b.close];
}
function strings(b: FixtureBar) {
  return prices(b).map((price) => price.toFixed(8));
}
function nano(b: FixtureBar) {
  return prices(b).map((price) => BigInt(Math.round(price * 100)) * 10_000_000n);
}
function shifted(b: FixtureBar, by: number) {
  return { open: b.open + by, high: b.high + by, low: b.low + by, close: b.close + by };
}
