import {
  type BacktestResult,
  type EquityColumns,
  type FillColumns,
  ORDER_REASONS,
  ORDER_STATUSES,
  ORDER_TYPES,
  type OrderColumns,
  type TradeColumns,
} from '../backtest/result.ts';
import { numberCell, textCell, timeCell } from './csv-cell.ts';
import { type CsvColumn, csvText } from './csv-table.ts';

/** Columns of a group with the tickers its `feed` numbers stand for. */
type WithTickers<Group> = Group & { readonly tickers: readonly string[] };

type NumberKey<Group> = {
  [Key in keyof Group]: Group[Key] extends ArrayLike<number> ? Key : never;
}[keyof Group];

const number = <Group>(
  name: string,
  key: NumberKey<Group>,
  unit: string,
  meaning: string,
): CsvColumn<WithTickers<Group>> => ({
  name,
  unit,
  meaning,
  cell: (table, row) => numberCell((table[key] as ArrayLike<number>)[row]!),
});
const time = <Group>(
  name: string,
  key: NumberKey<Group>,
  meaning: string,
): CsvColumn<WithTickers<Group>> => ({
  name,
  unit: 'UTC',
  meaning,
  cell: (table, row) => timeCell((table[key] as ArrayLike<number>)[row]!),
});
const word = <Group>(
  name: string,
  key: NumberKey<Group>,
  words: (code: number) => string,
  meaning: string,
): CsvColumn<WithTickers<Group>> => ({
  name,
  unit: 'word',
  meaning,
  cell: (table, row) => textCell(words((table[key] as ArrayLike<number>)[row]!)),
});
/** Steps count from 0 inside and are written as they are; a step that never came is empty. */
const step = <Group>(
  name: string,
  key: NumberKey<Group>,
  meaning: string,
): CsvColumn<WithTickers<Group>> => ({
  name,
  unit: 'step',
  meaning,
  cell: (table, row) => {
    const value = (table[key] as ArrayLike<number>)[row]!;
    return value < 0 ? '' : String(value);
  },
});
const ticker = <Group extends { readonly feed: ArrayLike<number> }>(): CsvColumn<WithTickers<Group>> => ({
  name: 'ticker',
  unit: 'text',
  meaning: 'the instrument',
  cell: (table, row) => textCell(table.tickers[table.feed[row]!]!),
});
const reference = <Group>(
  name: string,
  key: NumberKey<Group>,
  meaning: string,
): CsvColumn<WithTickers<Group>> => ({
  name,
  unit: 'number',
  meaning,
  cell: (table, row) => {
    const value = (table[key] as ArrayLike<number>)[row]!;
    return value === 0 ? '' : String(value);
  },
});

export const ORDER_CSV: readonly CsvColumn<WithTickers<OrderColumns>>[] = [
  reference('order', 'ref', 'number of the order, from 1 in order of creation'),
  ticker(),
  word('side', 'side', (code) => (code > 0 ? 'buy' : 'sell'), 'buy or sell'),
  word('type', 'type', (code) => ORDER_TYPES[code]!, 'order type'),
  number('size', 'size', 'units', 'requested units'),
  number(
    'reference_price',
    'price',
    'price',
    'its limit or stop when it was made; for market orders the close of the bar that made it',
  ),
  step('created_step', 'createdBar', 'step of the run, from 0'),
  time('created_time', 'createdTime', 'start of that bar'),
  number('stop', 'stop', 'price', 'its stop, as it stood last; empty without'),
  number('limit', 'limit', 'price', 'its limit, as it stood last; empty without'),
  time('valid_until', 'validUntil', 'instant after which it expires; empty without'),
  reference('parent', 'parent', 'order that it waited for, in a bracket'),
  reference('oco_group', 'group', 'first order of its one-cancels-other group'),
  word('status', 'status', (code) => ORDER_STATUSES[code]!, 'where the order ended'),
  word('reason', 'reason', (code) => ORDER_REASONS[code]!, 'why it did not complete'),
  step('closed_step', 'closedBar', 'step in which it ended'),
  time('closed_time', 'closedTime', 'start of that bar'),
  number('filled_size', 'filledSize', 'units', 'units filled'),
  number('filled_price', 'filledPrice', 'price', 'average fill price'),
  number('commission', 'commission', 'money', 'commission over its fills'),
];

export const FILL_CSV: readonly CsvColumn<WithTickers<FillColumns>>[] = [
  reference('order', 'order', 'number of the order'),
  ticker(),
  step('step', 'bar', 'step of the run, from 0'),
  time(
    'time',
    'time',
    'start of the bar in which it filled; market-on-close and cheat-on-close orders name an earlier one',
  ),
  number('size', 'size', 'units', 'signed: positive bought, negative sold'),
  number('price', 'price', 'price', 'price paid, slippage included'),
  number('slippage', 'slippage', 'money', 'lost against the price before slippage'),
  number('commission', 'commission', 'money', 'commission of the fill'),
  number('closed', 'closed', 'units', 'signed part that closed a position'),
  number('opened', 'opened', 'units', 'signed part that opened one'),
  number('profit', 'profit', 'money', 'realised by the closed part, before commission'),
  number(
    'financing',
    'financing',
    'money',
    'interest and borrow fees less dividends of what it closed, already in cash',
  ),
  number('position_size', 'positionSize', 'units', 'signed position after the fill'),
  number('position_price', 'positionPrice', 'price', 'its average price'),
];

export const TRADE_CSV: readonly CsvColumn<WithTickers<TradeColumns>>[] = [
  reference('trade', 'ref', 'number of the trade, from 1 in order of entry'),
  ticker(),
  word('side', 'side', (code) => (code > 0 ? 'long' : 'short'), 'long or short'),
  number('size', 'size', 'units', 'largest number of units held'),
  time('entry_time', 'entryTime', 'start of the bar of the first fill'),
  number('entry_price', 'entryPrice', 'price', 'average over the entry fills'),
  time('exit_time', 'exitTime', 'start of the bar of the last fill; empty while open'),
  number('exit_price', 'exitPrice', 'price', 'average over the exit fills; empty while open'),
  number('gross', 'gross', 'money', 'profit before slippage and commission; open trades at the last close'),
  number('slippage', 'slippage', 'money', 'lost to slippage'),
  number('commission', 'commission', 'money', 'commission over its fills'),
  number('financing', 'financing', 'money', 'interest and borrow fees less dividends'),
  number('net', 'net', 'money', 'gross - slippage - commission - financing'),
  number('max_adverse', 'maxAdverse', 'money', 'worst open profit while held, at bar extremes (MAE)'),
  number('max_favourable', 'maxFavourable', 'money', 'best open profit while held, at bar extremes (MFE)'),
  number('bars_held', 'barsHeld', 'bars', 'steps from the first to the last fill'),
  word(
    'state',
    'isOpen',
    (code) => (code === 1 ? 'open' : 'closed'),
    'closed, or open at the end of the run',
  ),
  reference('entry_order', 'entryOrder', 'order that opened it'),
  reference('exit_order', 'exitOrder', 'order that closed it; empty while open'),
  reference('trade_id', 'tag', 'tradeId of its orders; empty without'),
];

export const EQUITY_CSV: readonly CsvColumn<WithTickers<EquityColumns>>[] = [
  time('time', 'time', 'start of the bar'),
  number('equity', 'equity', 'money', 'cash plus positions at the close'),
  number('cash', 'cash', 'money', 'cash after the bar’s fills'),
  number('exposure', 'exposure', 'money', 'sum of the absolute values of all positions at the close'),
];

/** The CSV files of a run by name, with the columns of each: what docs/exported-files.md lists. */
export const RESULT_TABLES = {
  'orders.csv': {
    columns: ORDER_CSV,
    text: ({ orders, tickers }: BacktestResult) => csvText(ORDER_CSV, { ...orders, tickers }),
  },
  'fills.csv': {
    columns: FILL_CSV,
    text: ({ fills, tickers }: BacktestResult) => csvText(FILL_CSV, { ...fills, tickers }),
  },
  'trades.csv': {
    columns: TRADE_CSV,
    text: ({ trades, tickers }: BacktestResult) => csvText(TRADE_CSV, { ...trades, tickers }),
  },
  'equity.csv': {
    columns: EQUITY_CSV,
    text: ({ equity, tickers }: BacktestResult) => csvText(EQUITY_CSV, { ...equity, tickers }),
  },
} as const;
