import { epochTime } from '../time-reader.ts';
import { type DateOrder, TimeText } from '../time-text.ts';

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
const encoder = new TextEncoder();
const times = new TimeText();

const NUMBER = /^[+-]?(?:\d[\d.,]*|[.,]\d+)(?:e[+-]?\d+)?[kmb]?$/i;

export const isNumber = (text: string) => NUMBER.test(text);

export const isBlank = (text: string) => text === '' || /^(?:nan|null|none|n\/?a|-)$/i.test(text);

/** What a text is as a time, by any order of day and month. */
export type TimeKind = 'datetime' | 'date' | 'time-of-day' | 'epoch' | null;

export function timeKind(text: string): TimeKind {
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    if (/^(?:1[89]|2[012])\d{6}$/.test(text) && readDate(text, 'ymd')) return 'date';
    const digits = text.replace(/\.\d+$/, '').length;
    return digits >= 9 && isEpoch(text) ? 'epoch' : null;
  }
  for (const order of ['ymd', 'dmy', 'mdy'] as const) {
    const bytes = encoder.encode(text);
    if (times.read(bytes, 0, bytes.length, order)) return times.isDateOnly ? 'date' : 'datetime';
  }
  return text.includes(':') && !Number.isNaN(timeOfDay(text)) ? 'time-of-day' : null;
}

function isEpoch(text: string): boolean {
  const bytes = encoder.encode(text);
  return !Number.isNaN(epochTime(bytes, 0, bytes.length));
}

export function readDate(text: string, order: DateOrder): boolean {
  const bytes = encoder.encode(text);
  return !Number.isNaN(times.date(bytes, 0, bytes.length, order));
}

/** Whether a text is a time in this order of day and month, and what it says of its zone. */
export function readTime(text: string, order: DateOrder) {
  const bytes = encoder.encode(text);
  if (!times.read(bytes, 0, bytes.length, order)) return null;
  const { local, offset, zone, isDateOnly } = times;
  return { local, offset, zone, isDateOnly };
}

/** Milliseconds since midnight; NaN for what is no time of day. */
export function timeOfDay(text: string): number {
  const bytes = encoder.encode(text);
  return times.timeOfDay(bytes, 0, bytes.length);
}

/** The value that most of a list have, and how many do. */
export function mostCommon<T>(values: Iterable<T>): { value: T; count: number } | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: T; count: number } | null = null;
  for (const [value, count] of counts) if (best === null || count > best.count) best = { value, count };
  return best;
}
