import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runSessions } from '../../electron/services/run-sessions.ts';
import { buildSessionTable } from '../../shared/calendar/build-table.ts';
import { CALENDAR_IDS, calendarOf } from '../../shared/calendar/calendars.ts';
import { RunSpecSchema } from '../../shared/contract/schemas.ts';

const text = readFileSync(new URL('../../docs/calendars.md', import.meta.url), 'utf8');
const between = (name: string) =>
  text.slice(
    text.indexOf(`<!-- ${name} -->\n`) + `<!-- ${name} -->\n`.length,
    text.indexOf(`<!-- /${name} -->`),
  );

test('the table of calendars is that of the code', () => {
  const rows = CALENDAR_IDS.map((id) => {
    const { name, zone, hours, from, to } = calendarOf(id);
    return `| ${id} | ${name} | ${zone} | ${hours} | ${from.slice(0, 4)} to ${to.slice(0, 4)} |`;
  });
  const heading = '| Id | Market | Zone | Hours today, local | Known |\n|---|---|---|---|---|\n';
  expect(between('calendars')).toBe(`${heading}${rows.join('\n')}\n`);
});

test('so are origins and gaps', () => {
  const rows = CALENDAR_IDS.map((id) => {
    const { origin, gaps } = calendarOf(id);
    return `- **${id}**: ${origin.join('; ')}. *Missing:* ${gaps.join(' ')}`;
  });
  expect(between('origins')).toBe(`${rows.join('\n')}\n`);
});

test('the market in the example opens, breaks and closes as it says', () => {
  const example = /<!-- run file -->\n```json\n([\s\S]*?)```/.exec(text)![1]!;
  const spec = RunSpecSchema.parse(JSON.parse(example));
  const first = Date.parse('2025-09-29T10:00Z');
  const last = Date.parse('2025-12-29T10:00Z');
  const { sessions, calendars } = runSessions([{ data: spec.data[0]!, first, last }], spec.calendars ?? {});
  expect(calendars).toEqual(spec.calendars);
  const { schedule, from, to } = sessions[0]!.sessions!;
  const table = buildSessionTable(schedule, from, to);
  const iso = (time: number) => new Date(time).toISOString().slice(0, 16);
  const on = (day: string) => {
    const index = table.day.indexOf(Date.parse(`${day}T00:00Z`) / 86_400_000);
    return index < 0 ? 'closed' : `${iso(table.open[index]!)} ${iso(table.close[index]!)}`;
  };
  expect(on('2025-09-30')).toBe('2025-09-29T22:00 2025-09-30T22:00');
  expect(on('2025-10-01')).toBe('2025-10-01T06:00 2025-10-01T20:00');
  expect(on('2025-12-24')).toBe('2025-12-24T07:00 2025-12-24T13:00');
  expect(on('2025-12-25')).toBe('closed');
});
