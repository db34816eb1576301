import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { boolean, choice, integer, number } from '../../../shared/strategy/index.ts';
import { type ParameterDeclarations, resolveParameters } from '../../../shared/strategy/parameters.ts';

const declarations = {
  fast: integer(10, { min: 2, max: 200, step: 1, label: 'Fast' }),
  weight: number(0.5, { min: 0, max: 1, step: 0.1 }),
  shorts: boolean(false, { help: 'Sell short.' }),
  mode: choice('long', ['long', 'longshort']),
};

function problem(values: Record<string, unknown>, declared: ParameterDeclarations = declarations): AppError {
  try {
    resolveParameters(declared, values);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error('no AppError was thrown');
}

describe('declaring', () => {
  test('gives plain data', () => {
    expect(structuredClone(declarations)).toEqual({
      fast: { kind: 'integer', default: 10, min: 2, max: 200, step: 1, label: 'Fast' },
      weight: { kind: 'number', default: 0.5, min: 0, max: 1, step: 0.1 },
      shorts: { kind: 'boolean', default: false, help: 'Sell short.' },
      mode: { kind: 'choice', default: 'long', options: ['long', 'longshort'] },
    });
  });

  test.each([
    ['a default out of range', () => integer(1, { min: 2, max: 9, step: 1 })],
    ['a broken integer', () => integer(2.5, { min: 2, max: 9, step: 1 })],
    ['a range upside down', () => number(3, { min: 9, max: 2, step: 1 })],
    ['no step', () => number(3, { min: 2, max: 9, step: 0 })],
    ['an unknown default', () => choice('b' as 'a', ['a'])],
    ['no options', () => choice('a' as never, [])],
  ])('refuses %s', (_, declare) => {
    expect(declare).toThrow('A parameter is declared wrongly');
  });
});

describe('resolving', () => {
  test('fills in defaults, in order of declaration', () => {
    const values = resolveParameters(declarations, { mode: 'longshort', fast: 20 });
    expect(Object.entries(values)).toEqual([
      ['fast', 20],
      ['weight', 0.5],
      ['shorts', false],
      ['mode', 'longshort'],
    ]);
    expect(Object.isFrozen(values)).toBe(true);
  });

  test('both ends of a range are allowed', () => {
    expect(resolveParameters(declarations, { fast: 2, weight: 1 })).toMatchObject({ fast: 2, weight: 1 });
  });

  test.each([
    ['fast', 1, 'a whole number from 2 to 200, not 1'],
    ['fast', 10.5, 'a whole number from 2 to 200, not 10.5'],
    ['fast', '10', 'a whole number from 2 to 200, not "10"'],
    ['weight', Number.NaN, 'a number from 0 to 1, not NaN'],
    ['weight', 1.01, 'a number from 0 to 1, not 1.01'],
    ['shorts', 1, 'true or false, not 1'],
    ['mode', 'short', 'one of long, longshort, not "short"'],
    ['mode', null, 'one of long, longshort, not null'],
  ])('%s = %s is refused with what is allowed', (name, value, expected) => {
    expect(problem({ [name]: value })).toMatchObject({
      code: 'bad-request',
      message: `Parameter "${name}" must be ${expected}`,
      detail: { field: name },
    });
  });

  test('an unknown name is refused, with the nearest known one or all of them', () => {
    expect(problem({ fats: 3 })).toMatchObject({
      code: 'bad-request',
      detail: { field: 'fats', hint: 'Did you mean fast?' },
    });
    expect(problem({ velocity: 3 }).detail.hint).toBe('It has fast, weight, shorts, mode.');
    expect(problem({ velocity: 3 }, {}).detail.hint).toBe('It has none.');
    expect(problem({ toString: 3 }).message).toContain('no parameter "toString"');
  });

  test('a declaration from user code that is none is the strategy’s error', () => {
    for (const wrong of [5, null, {}, { kind: 'integer' }, { kind: 'choice', default: 'a' }]) {
      const error = problem({}, { odd: wrong as never });
      expect(error).toMatchObject({ code: 'strategy-error', detail: { field: 'odd' } });
    }
  });
});
