import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import { formatTime } from '../../shared/format/time.ts';
import { resampleAll } from '../../shared/market/resample.ts';
import { parseResampleRule } from '../../shared/market/resample-rule.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const text = readFileSync(new URL('../../docs/resampling.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/<!-- example (\S+) (\S+) (\S+) -->\n([\s\S]*?)<!-- \/example -->/g)];

/** Prints of auctions that the examples speak of, local time. */
const PRINTS: Readonly<Record<string, readonly string[]>> = { XLON: ['16:35'], XTKS: ['11:30', '15:30'] };

describe('the examples are what the code makes', () => {
  test('all are looked at', () => expect(examples).toHaveLength(3));
  test.each(examples.map(([, id, day, every, table]) => [id!, day!, every!, table!] as const))(
    '%s on %s as %s',
    (id, day, every, expected) => {
      const calendar = calendarOf(id);
      const midnight = Date.parse(`${day}T00:00Z`);
      const session = calendar.sessions(midnight - DAY, midnight + 2 * DAY).find((one) => one.day === day)!;
      const times: number[] = [];
      for (let time = session.open; time < session.close; time += MINUTE) {
        if (!session.breaks.some(([from, to]) => time >= from && time < to)) times.push(time);
      }
      for (const print of PRINTS[id] ?? []) {
        times.push(Date.parse(`${day}T${print}Z`) - calendar.table.offsetAt(session.close));
      }
      const time = Float64Array.from(times).sort();
      const column = new Float64Array(time.length);
      const none = { volume: null, trades: null, vwap: null, twap: null };
      const { buckets } = resampleAll(
        { length: time.length, time, open: column, high: column, low: column, close: column, ...none },
        parseResampleRule(every),
        {
          interval: MINUTE,
          session: { end: DAY, offsetAt: calendar.table.offsetAt, sessions: calendar.table },
        },
      );
      const clock = (at: number) => formatTime(at, 'clock', calendar.zone);
      const rows = Array.from(
        buckets.start,
        (start, i) =>
          `| ${clock(start)} | ${clock(buckets.end[i]!)} | ${buckets.to[i]! - buckets.from[i]!} |\n`,
      );
      expect(`| From | To | Bars |\n|---|---|---|\n${rows.join('')}`).toBe(expected);
    },
  );
  test('every form in the table is one', () => {
    const forms = [...text.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell]) => [
      ...cell!.matchAll(/`([^`]+)`/g),
    ]);
    expect(forms.length).toBeGreaterThan(12);
    for (const [, form] of forms) expect(() => parseResampleRule(form!)).not.toThrow();
  });
});
