import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { describeFailure } from '../../renderer/api/errors.ts';
import { AppError } from '../../shared/contract/errors.ts';

test('an error of the core arrives with its place and hint', () => {
  const plain = { code: 'strategy-error' as const, message: 'too hot', detail: { file: 'a.ts', line: 3 } };
  expect(describeFailure(new ORPCError('strategy-error', { message: 'too hot', data: plain }))).toEqual(
    plain,
  );
});

test('an error of the page itself keeps its own description', () =>
  expect(describeFailure(new AppError('file-unreadable', 'gone', { hint: 'again' }))).toEqual({
    code: 'file-unreadable',
    message: 'gone',
    detail: { hint: 'again' },
  }));

test('stopping is no failure, anything else is ours', () => {
  expect(describeFailure(new DOMException('stopped', 'AbortError')).code).toBe('cancelled');
  expect(describeFailure(new TypeError('x is undefined'))).toMatchObject({
    code: 'internal',
    message: 'x is undefined',
  });
  expect(describeFailure('odd')).toMatchObject({ code: 'internal', message: 'odd' });
});
