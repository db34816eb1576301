import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { numberCell, restoreTextCell, textCell, timeCell } from '../../../shared/export/csv-cell.ts';
import { RESULT_TABLES } from '../../../shared/export/result-tables.ts';
import { dailyTimes, resultOf } from '../statistics/result-of.ts';

/** A reader of quoted CSV lines of its own, so that the writer is not checked by itself. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)]
    .slice(0, -1)
    .map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}
const unquoted = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

const STARTS = ['=', '+', '-', '@', '\t', '\r', '\0', "'"];
const TAILS = ["cmd|' /C calc'!A0", 'SUM(1,2)', '2+3', 'HYPERLINK("http://x","y")', ' space', '"quoted"'];
const PAYLOADS = STARTS.flatMap((start) => TAILS.map((tail) => start + tail));

describe('text cells', () => {
  test.each(PAYLOADS)('%j starts no formula and comes back', (text) => {
    const content = unquoted(textCell(text));
    expect(content).toMatch(/^'/);
    expect(restoreTextCell(content)).toBe(text);
  });

  test.each(['AAL.L', 'BRK/B', '^GSPC', 'EURUSD=X', 'a,b', 'say "hi"', 'two\nlines', '', 'it’s'])(
    '%j stays as it is',
    (text) => {
      const content = unquoted(textCell(text));
      expect(content).toBe(text);
      expect(restoreTextCell(content)).toBe(text);
    },
  );

  test('commas, quotes and line ends are quoted', () => {
    expect(textCell('a,"b"\nc')).toBe('"a,""b""\nc"');
  });
});

test.each([0.1, -12.5, 1e-8, 1e21, 54.99999999999545, -0, 5e-324, 2 ** 53])(
  'the number %d is a bare numeral that reads back',
  (value) => {
    const cell = numberCell(value);
    expect(cell).toMatch(/^-?\d/);
    expect(Number(cell)).toBe(value === 0 ? 0 : value);
  },
);

test('what is missing is empty', () => {
  expect(numberCell(Number.NaN)).toBe('');
  expect(timeCell(Number.NaN)).toBe('');
  expect(timeCell(Date.UTC(2024, 6, 1, 7, 31))).toBe('2024-07-01T07:31:00Z');
});

test('trades come back from their CSV', () => {
  const result = resultOf(
    dailyTimes(2),
    [100_000, 100_010],
    [
      { net: 54.99999999999545, commission: 0.1, slippage: 0.2, barsHeld: 7 },
      { net: -1 / 3, isOpen: true },
    ],
  );
  const [heading, ...lines] = RESULT_TABLES['trades.csv'].text(result).trimEnd().split('\n');
  const names = cellsOf(heading!);
  const rows = lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, i) => [names[i], cell])));
  expect(rows).toHaveLength(2);
  expect(Number(rows[0]!.net)).toBe(54.99999999999545);
  expect(Number(rows[0]!.gross) - Number(rows[0]!.slippage) - Number(rows[0]!.commission)).toBeCloseTo(
    54.99999999999545,
    12,
  );
  expect(rows[0]).toMatchObject({
    trade: '1',
    ticker: 'TEST.L',
    side: 'long',
    state: 'closed',
    bars_held: '7',
  });
  expect(rows[1]).toMatchObject({ state: 'open', net: String(-1 / 3) });
});

test('the column dictionary lists exactly the columns that are written', () => {
  const text = readFileSync(new URL('../../../docs/exported-files.md', import.meta.url), 'utf8');
  for (const [name, { columns }] of Object.entries(RESULT_TABLES)) {
    const section = text.split(`## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
    const listed = [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
      ([, column, unit, meaning]) => [column, unit, meaning],
    );
    expect(listed, name).toEqual(columns.map(({ name: column, unit, meaning }) => [column, unit, meaning]));
  }
});
