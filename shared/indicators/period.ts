import { AppError } from '../contract/errors.ts';

/** Refuses everything that is not a whole number of bars, 1 or more. */
export function requirePeriod(period: number): void {
  if (Number.isInteger(period) && period >= 1) return;
  throw new AppError('strategy-error', `A period is a whole number of bars from 1, not ${String(period)}`, {
    field: 'period',
    hint: 'Declare the parameter with integer(…), or round it.',
  });
}
