import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { RejectList } from '../../../electron/workers/reject-list.ts';
import type { RejectReason } from '../../../shared/import/reject-reason.ts';

const linesOf = (list: RejectList) => gunzipSync(list.compressed()).toString().split('\n');

it('writes every line as CSV, cut at 80 bytes and safe for spreadsheets', () => {
  const list = new RejectList('f.csv', 'reject');
  const add = (line: number, column: string | null, reason: RejectReason, text: string) => {
    const bytes = Buffer.from(`<${text}>`);
    list.add(line, column, reason, bytes, 1, bytes.length - 1);
  };
  add(2, 'ticker', 'bad-ticker', '=cmd|"x"');
  add(3, 'low', 'price-not-positive', '-3.5');
  add(4, null, 'wrong-field-count', 'a,b');
  add(5, null, 'wrong-field-count', `${'x'.repeat(79)}é tail`);
  add(6, null, 'wrong-field-count', '');
  expect(linesOf(list)).toEqual([
    'line,column,reason,text',
    `2,ticker,bad-ticker,"'=cmd|""x"""`,
    `3,low,price-not-positive,"'-3.5"`,
    '4,,wrong-field-count,"a,b"',
    `5,,wrong-field-count,"${'x'.repeat(79)}"`,
    '6,,wrong-field-count,""',
    '',
  ]);
  expect(list.groups()[0]).toMatchObject({
    reason: 'wrong-field-count',
    count: 3,
    examples: [{ line: 4, text: 'a,b' }, {}, {}],
  });
});

it('keeps hundreds of thousands of lines, all of them, in little memory', () => {
  const list = new RejectList('f.csv', 'reject');
  const bytes = Buffer.from('2024-07-01 07:00:00,AAL.L,0,0,0,0,0,0,0,0');
  for (let line = 2; line < 200_002; line++) list.add(line, null, 'empty-minute', bytes, 0, bytes.length);
  expect(list.count).toBe(200_000);
  expect(list.compressed().length).toBeLessThan(2_000_000);
  const lines = linesOf(list);
  expect(lines).toHaveLength(200_002);
  expect(lines[200_000]).toBe('200001,,empty-minute,"2024-07-01 07:00:00,AAL.L,0,0,0,0,0,0,0,0"');
  expect(list.groups()[0]!.examples).toHaveLength(5);
});

it('ends at the first bad line where asked, but not at empty minutes', () => {
  const list = new RejectList('f.csv', 'fail');
  const bytes = Buffer.from('oops');
  list.add(2, null, 'empty-minute', bytes, 0, 4);
  expect(() => list.add(3, 'close', 'not-a-number: close', bytes, 0, 4)).toThrow(
    expect.objectContaining({
      code: 'file-format',
      detail: expect.objectContaining({ file: 'f.csv', line: 3, field: 'close' }),
    }),
  );
});
