import { describe, expect, test } from 'vitest';
import { readActionFile } from '../../../shared/market/action-file.ts';
import { actionInstant } from '../../../shared/market/action-time.ts';
import { zoneOffset } from '../../../shared/market/zone-offset.ts';

const at = (day: string) => Date.parse(`${day}T00:00Z`);
const read = (text: string, ticker: string | null = null) => readActionFile(text, 'file.csv', ticker);
/** Actions without what differs from line to line. */
const said = (text: string, ticker: string | null = null) =>
  read(text, ticker).actions.map(({ line: _, note: __, ...action }) => action);

describe('layouts', () => {
  test('one action a line, in any order and case, with quotes, semicolons and decimal commas', () => {
    const expected = [
      { ticker: 'AAPL', at: at('2014-06-09'), kind: 'split', ratio: 7 },
      { ticker: 'BRK/B', at: at('2014-08-07'), kind: 'dividend', amount: 0.47 },
    ];
    expect(
      said('ticker,date,kind,ratio,amount\nAAPL,2014-06-09,split,7:1,\nBRK/B,2014-08-07,Dividend,,0.47\n'),
    ).toEqual(expected);
    expect(
      said('Kind;Symbol;Ex-Date;Value\r\n"split";AAPL;20140609;7\r\ncash dividend;BRK/B;2014/08/07;0,47\r\n'),
    ).toEqual(expected);
  });

  test.each([
    ['4:1', 4],
    ['4/1', 4],
    ['3-for-2', 1.5],
    ['3 for 2', 1.5],
    ['1:10', 0.1],
    ['0.5', 0.5],
  ])('a ratio of %s', (text, ratio) => {
    expect(said(`ticker,date,kind,ratio\nT,2024-01-02,split,${text}`)).toMatchObject([{ ratio }]);
  });

  test('Yahoo’s splits and dividends, ticker from outside', () => {
    expect(said('Date,Stock Splits\n2014-06-09,7:1\n', 'AAPL')).toEqual([
      { ticker: 'AAPL', at: at('2014-06-09'), kind: 'split', ratio: 7 },
    ]);
    const dividends = read('Date,Dividends\n2024-02-09,0.240000\n', 'AAPL');
    expect(dividends.isInUnitsOfToday).toBe(true);
    expect(dividends.actions).toMatchObject([{ kind: 'dividend', amount: 0.24 }]);
  });

  test('both kinds in columns of their own: zeros are nothing', () => {
    const text =
      'Date,Dividends,Stock Splits\n2024-02-09 00:00:00-05:00,0.24,0.0\n2024-02-10 00:00:00-05:00,0.0,0.0\n2024-06-10,0.01,10.0\n';
    expect(said(text, 'T').map(({ kind, at: day }) => [kind, day])).toEqual([
      ['dividend', at('2024-02-09')],
      ['split', at('2024-06-10')],
      ['dividend', at('2024-06-10')],
    ]);
  });

  test('closes re-quoted on the ex-day: a plain ratio to the last digit is a split, anything else was paid out', () => {
    const text = [
      'symbol,prev_session,ex_session,prev_close,prev_adj_close,factor,kind,applied',
      'A,2015-03-26,2015-03-27,40.7,40.6,0.997543,dividend,True',
      'SBUX,2015-04-08,2015-04-09,95.23,47.62,0.5000525,split_or_large,True',
      'TVIX,2016-08-08,2016-08-09,0.92,22.999999,24.99999891,split_or_large,True',
      'BAX,2015-06-30,2015-07-01,69.929998,37.98479,0.54318306,split_or_large,True',
      'EQR,2016-02-29,2016-03-01,74.489998,66.489999,0.89260304,split_or_large,True',
      'JCI,2016-09-02,2016-09-06,45.59,47.738219,1.0471204,dividend,True',
      'NFLX,2015-07-13,2015-07-14,707.610001,101.087143,0.14285714,split_or_large,False',
    ].join('\n');
    const { actions, rejects } = read(text);
    expect(
      actions.map((action) => [action.ticker, action.kind === 'split' ? action.ratio : action.amount]),
    ).toEqual([
      ['A', 0.1],
      ['SBUX', 2],
      ['TVIX', 0.04],
      ['BAX', 1.841],
      ['EQR', 7.999999],
      ['JCI', 0.955],
    ]);
    expect(rejects).toMatchObject([{ line: 8, field: 'applied' }]);
  });
});

describe('errors name the line and the field, and the other lines stand', () => {
  const HEADING = 'ticker,date,kind,ratio,amount';
  test.each([
    ['T,2024-02-30,split,2,', 'date'],
    ['T,soon,split,2,', 'date'],
    ['=1+1,2024-01-02,split,2,', 'ticker'],
    ['T,2024-01-02,merger,2,', 'kind'],
    ['T,2024-01-02,split,two,', 'ratio'],
    ['T,2024-01-02,split,1:1,', 'ratio'],
    ['T,2024-01-02,dividend,,-3', 'amount'],
    ['T,2024-01-02,dividend,,', 'amount'],
    ['T,2024-01-02,split', null],
  ])('%s', (line, field) => {
    const file = read(`${HEADING}\nGOOD,2024-01-02,split,2,\n${line}\n\nALSO,2024-01-02,dividend,,1\n`);
    expect(file.linesRead).toBe(3);
    expect(file.actions.map(({ ticker, line: number }) => [ticker, number])).toEqual([
      ['GOOD', 2],
      ['ALSO', 5],
    ]);
    expect(file.rejects).toEqual([{ line: 3, field, reason: expect.any(String), text: line }]);
  });

  test.each([
    ['ticker,kind,ratio\nT,split,2', null, 'date'],
    ['ticker,date,note\nT,2024-01-02,x', null, 'ratio'],
    ['Date,Dividends\n2024-01-02,1', null, 'ticker'],
    ['2024-01-02,1', null, 'date'],
  ])('a heading that tells nothing: %s', (text, ticker, field) => {
    expect(() => read(text, ticker)).toThrow(
      expect.objectContaining({
        code: 'file-format',
        detail: expect.objectContaining({ file: 'file.csv', field }),
      }),
    );
  });

  test('an empty table says so', () =>
    expect(() => read(`${HEADING}\n`)).toThrow('a heading and nothing else'));
});

test('days are midnight UTC for daily bars and midnight of the exchange for shorter ones', () => {
  const newYork = zoneOffset('America/New_York');
  expect(actionInstant(at('2024-06-10'), 86_400_000, newYork)).toBe(at('2024-06-10'));
  expect(actionInstant(at('2024-06-10'), 60_000, newYork)).toBe(Date.parse('2024-06-10T04:00Z'));
  expect(actionInstant(at('2024-01-10'), 60_000, newYork)).toBe(Date.parse('2024-01-10T05:00Z'));
  expect(actionInstant(at('2024-06-10'), 60_000, zoneOffset('Asia/Tokyo'))).toBe(
    Date.parse('2024-06-09T15:00Z'),
  );
  expect(actionInstant(at('2024-06-10'), 60_000, null)).toBe(at('2024-06-10'));
});
