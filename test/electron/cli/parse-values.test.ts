import { describe, expect, test } from 'vitest';
import {
  parseChoice,
  parseCommission,
  parseData,
  parseMargin,
  parseNumber,
  parsePercent,
  parseSettings,
  parseSizer,
  parseSlippage,
} from '../../../electron/cli/parse-values.ts';
import { UsageError } from '../../../electron/cli/usage-error.ts';

describe('commission', () => {
  test.each([
    ['none', { kind: 'none' }],
    ['0.1%', { kind: 'percent', rate: 0.001 }],
    ['0.07%', { kind: 'percent', rate: 0.0007 }],
    ['0.01/share', { kind: 'per-share', amount: 0.01 }],
    ['5/trade', { kind: 'per-trade', amount: 5 }],
    ['2/contract', { kind: 'per-share', amount: 2 }],
    ['0.1%,min=1', { kind: 'percent', rate: 0.001, minimum: 1 }],
    ['0.01/share,min=1,max=50', { kind: 'per-share', amount: 0.01, minimum: 1, maximum: 50 }],
    ['maker=-0.01%,taker=0.05%', { kind: 'maker-taker', maker: -0.0001, taker: 0.0005 }],
  ])('%s', (text, expected) => expect(parseCommission(text)).toEqual(expected));

  test.each(['0.1', '5/order', 'five', '0.1 %%', '5/trade,min=1', '0.1%,least=1', 'maker=1%', '0.1%,min='])(
    'refuses %s',
    (text) => expect(() => parseCommission(text)).toThrow(UsageError),
  );
});

describe('slippage', () => {
  test.each([
    ['0.01%', { kind: 'percent', rate: 0.0001 }],
    ['0.5', { kind: 'fixed', amount: 0.5 }],
    ['none', { kind: 'none' }],
    ['2ticks', { kind: 'ticks', ticks: 2 }],
    ['volume:0.1', { kind: 'volume-share', impact: 0.1 }],
  ])('%s', (text, expected) => expect(parseSlippage(text)).toEqual(expected));

  test('refuses words', () => expect(() => parseSlippage('1 pip')).toThrow(UsageError));
});

test('settings keep their types', () => {
  const readFile = (path: string) => `text of ${path}`;
  expect(
    parseSettings(['fast=10', 'mode=long', 'on=true', 'note=a=b', 'empty=', 'orders=@my.csv'], readFile),
  ).toEqual({
    fast: 10,
    mode: 'long',
    on: true,
    note: 'a=b',
    empty: '',
    orders: 'text of my.csv',
  });
  expect(() => parseSettings(['fast'], readFile)).toThrow(UsageError);
});

test('numbers are numbers', () => {
  expect(parseNumber('--cash', '1e5')).toBe(100_000);
  expect(parseNumber('--cash', undefined)).toBeUndefined();
  for (const text of ['', ' ', 'lots', 'Infinity'])
    expect(() => parseNumber('--cash', text)).toThrow(UsageError);
});

test('sizers', () => {
  expect(parseSizer('fixed:100')).toEqual({ kind: 'fixed', size: 100 });
  expect(parseSizer('all-in')).toEqual({ kind: 'percent', percent: 100, whole: true });
  expect(parseSizer('risk:0.5')).toEqual({ kind: 'risk', percent: 0.5, whole: true });
  expect(parseSizer('volatility:15,200')).toEqual({
    kind: 'volatility',
    percent: 15,
    lookback: 200,
    whole: true,
  });
  for (const text of ['fixed', 'percent:0', 'half', 'fixed:1,2']) {
    expect(() => parseSizer(text)).toThrow(UsageError);
  }
});

test('margins', () => {
  expect(parseMargin('1500x10')).toEqual({ margin: { kind: 'amount', amount: 1500 }, multiplier: 10 });
  expect(parseMargin('0.1*price')).toEqual({ margin: { kind: 'factor', factor: 0.1 } });
  expect(parseMargin('pricex50')).toEqual({ margin: { kind: 'price' }, multiplier: 50 });
  for (const text of ['-5', 'much', '']) expect(() => parseMargin(text)).toThrow(UsageError);
});

test('percentages, choices and tickers', () => {
  expect(parsePercent('--interest', '2.5%')).toBe(0.025);
  expect(() => parsePercent('--interest', '2.5')).toThrow(UsageError);
  expect(parseChoice('--fill', 'a', ['a', 'b'])).toBe('a');
  expect(() => parseChoice('--fill', 'c', ['a', 'b'])).toThrow('--fill takes a, b, not "c".');
  expect(parseData('AAL.L, HSBA.L:5m', '1m')).toEqual([
    { ticker: 'AAL.L', every: '1m' },
    { ticker: 'HSBA.L', every: '5m' },
  ]);
});
