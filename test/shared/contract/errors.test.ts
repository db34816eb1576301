import { expect, test } from 'vitest';
import { AppError, describeError, fromPlainError, toPlainError } from '../../../shared/contract/errors.ts';

test('one line with code, place, message and what to do', () => {
  const error = new AppError('strategy-syntax', 'Unexpected "}"', {
    file: 'my.ts',
    line: 3,
    column: 7,
    hint: 'Correct the line.',
  });
  expect(describeError(error.toPlain())).toBe(
    'strategy-syntax: my.ts:3:7: Unexpected "}". Correct the line.',
  );
  expect(describeError(new AppError('cancelled', 'Stopped').toPlain())).toBe('cancelled: Stopped');
  expect(describeError(new AppError('disk', 'No space!', { hint: 'Free some.' }).toPlain())).toBe(
    'disk: No space! Free some.',
  );
});

test('what crosses a thread comes back the same', () => {
  const error = new AppError('data-missing', 'gone', { field: 'ticker' });
  expect(fromPlainError(toPlainError(error)).toPlain()).toEqual(error.toPlain());
});

test('what is not ours is a bug, and an abort is no error', () => {
  expect(toPlainError(new TypeError('x')).code).toBe('internal');
  expect(toPlainError(Object.assign(new Error('stop'), { name: 'AbortError' })).code).toBe('cancelled');
  expect(toPlainError('text')).toEqual({ code: 'internal', message: 'text', detail: {} });
});
