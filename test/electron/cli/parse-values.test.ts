import { describe, expect, test } from 'vitest';
import {
  parseCommission,
  parseNumber,
  parseSettings,
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
  ])('%s', (text, expected) => expect(parseCommission(text)).toEqual(expected));

  test.each(['0.1', '-1%', '5/order', 'five', '0.1 %%'])('refuses %s', (text) =>
    expect(() => parseCommission(text)).toThrow(UsageError),
  );
});

describe('slippage', () => {
  test.each([
    ['0.01%', { kind: 'percent', rate: 0.0001 }],
    ['0.5', { kind: 'fixed', amount: 0.5 }],
    ['none', { kind: 'none' }],
  ])('%s', (text, expected) => expect(parseSlippage(text)).toEqual(expected));

  test('refuses words', () => expect(() => parseSlippage('1 tick')).toThrow(UsageError));
});

test('settings keep their types', () => {
  expect(parseSettings(['fast=10', 'mode=long', 'on=true', 'note=a=b', 'empty='])).toEqual({
    fast: 10,
    mode: 'long',
    on: true,
    note: 'a=b',
    empty: '',
  });
  expect(() => parseSettings(['fast'])).toThrow(UsageError);
});

test('numbers are numbers', () => {
  expect(parseNumber('--cash', '1e5')).toBe(100_000);
  expect(parseNumber('--cash', undefined)).toBeUndefined();
  for (const text of ['', ' ', 'lots', 'Infinity'])
    expect(() => parseNumber('--cash', text)).toThrow(UsageError);
});
