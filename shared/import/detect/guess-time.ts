import type { ReadingPlan } from '../../contract/schemas.ts';
import type { DateOrder } from '../time-text.ts';
import { isBlank, mostCommon, readDate, readTime, timeKind } from './field-kind.ts';

export interface TimeGuess<T> {
  readonly value: T;
  readonly why: string;
  readonly certainty: 'sure' | 'likely' | 'ask';
}

const EPOCHS = {
  9: 'epoch-s',
  10: 'epoch-s',
  13: 'epoch-ms',
  16: 'epoch-us',
  19: 'epoch-ns',
} as const satisfies Record<number, ReadingPlan['timeFormat']>;
const UNITS = {
  'epoch-s': 'seconds',
  'epoch-ms': 'milliseconds',
  'epoch-us': 'microseconds',
  'epoch-ns': 'nanoseconds',
};

/** How times are written. `values`: of the column of times or dates. */
export function guessTimeFormat(values: readonly string[]): TimeGuess<ReadingPlan['timeFormat']> {
  const filled = values.filter((value) => !isBlank(value));
  const kind = mostCommon(filled.map(timeKind));
  if (kind?.value === 'epoch') {
    const digits = mostCommon(filled.map((value) => value.replace(/\.\d*$/, '').length))!
      .value as keyof typeof EPOCHS;
    const value = EPOCHS[digits] ?? 'epoch-ms';
    return { value, why: `times have ${digits} digits: ${UNITS[value]} since 1970`, certainty: 'sure' };
  }
  if (kind?.value === null && filled.length > 0 && filled.every(isSerial)) {
    return {
      value: 'excel',
      why: 'numbers between 20,000 and 60,000 look like days of a spreadsheet (45474.5 is 1 July 2024, noon)',
      certainty: 'ask',
    };
  }
  return { value: 'text', why: 'times are written out', certainty: 'sure' };
}

const isSerial = (value: string) => /^\d{5}(?:[.,]\d+)?$/.test(value) && value >= '20000' && value < '60000';

/** In which order days, months and years are written. `usual`: that of the vendor, where it is known. */
export function guessDateOrder(values: readonly string[], usual: DateOrder | null): TimeGuess<DateOrder> {
  const filled = values.filter((value) => !isBlank(value));
  const isRead = (order: DateOrder) => (value: string) =>
    readDate(value, order) || readTime(value, order) !== null;
  const yearLast = filled.filter((value) => /^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}/.test(value)).length;
  if (yearLast <= filled.length / 2) {
    return { value: 'ymd', why: 'dates begin with the year, or name their month', certainty: 'sure' };
  }
  const dayFirst = filled.filter(isRead('dmy')).length;
  const monthFirst = filled.filter(isRead('mdy')).length;
  if (dayFirst !== monthFirst) {
    const value = dayFirst > monthFirst ? 'dmy' : 'mdy';
    const proof = filled.find(
      (text) => isRead(value)(text) && !isRead(value === 'dmy' ? 'mdy' : 'dmy')(text),
    )!;
    return {
      value,
      why: `"${proof}" is a date only with the ${value === 'dmy' ? 'day' : 'month'} first`,
      certainty: 'sure',
    };
  }
  if (usual !== null) return { value: usual, why: 'the vendor writes dates so', certainty: 'likely' };
  const byDots = filled.every((value) => /^\d{1,2}\.\d{1,2}\./.test(value));
  const value = byDots || isDaily(filled, 'dmy') ? 'dmy' : 'mdy';
  const reason = isDaily(filled, value)
    ? 'so they follow each other day by day'
    : byDots
      ? 'dates with dots usually do'
      : 'no more than a guess';
  return {
    value,
    why: `no day in the first lines is above 12, so day and month cannot be told apart; ${value === 'dmy' ? 'day' : 'month'} first is suggested: ${reason}`,
    certainty: 'ask',
  };
}

const DAY = 86_400_000;

/** Whether most steps from one date to the next are a few days. */
function isDaily(values: readonly string[], order: DateOrder): boolean {
  const days = [
    ...new Set(values.map((value) => Math.floor((readTime(value, order)?.local ?? Number.NaN) / DAY))),
  ];
  const steps = days.slice(1).map((day, index) => Math.abs(day - days[index]!));
  return steps.length > 0 && steps.filter((step) => step <= 4).length > steps.length / 2;
}
