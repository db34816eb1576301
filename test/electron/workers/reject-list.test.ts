import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { RejectList } from '../../../electron/workers/reject-list.ts';
import type { ReadingPlan } from '../../../shared/contract/schemas.ts';
import type { RejectReason } from '../../../shared/import/reject-reason.ts';

const linesOf = (list: RejectList) => gunzipSync(list.compressed()).toString().split('\n');
const plan = {
  delimiter: ',',
  hasHeading: true,
  columns: ['bucket', 'ticker', 'close'].map((name) => ({ name, role: 'ignore' })),
} as unknown as ReadingPlan;

function listOf(onError: 'reject' | 'fail') {
  const list = new RejectList('f.csv', onError, 'import-1');
  list.begin(plan, 0, null);
  const add = (line: number, column: string | null, reason: RejectReason, text: string, own = text) => {
    const bytes = Buffer.from(`<${text}>`);
    const field = Buffer.from(own);
    const whole = { bytes, start: 1, end: bytes.length - 1 };
    list.add(line, column, reason, { bytes: field, start: 0, end: field.length }, whole);
  };
  return { list, add };
}

it('holds every line as it stands in the file, behind its number and reason, safe for spreadsheets', () => {
  const { list, add } = listOf('reject');
  add(2, 'ticker', 'bad-ticker', '2024-07-01,=cmd|x,5', '=cmd|x');
  add(3, 'close', 'price-not-positive', '2024-07-01,A,-3.5', '-3.5');
  add(4, null, 'bad-ticker', '2024-07-01,-2+3|x,"@SUM(1)"');
  add(5, null, 'wrong-field-count', `${'x'.repeat(79)}é tail`);
  add(6, null, 'wrong-field-count', '+5');
  expect(linesOf(list)).toEqual([
    'rejected line@import-1,rejected column,rejected because,bucket,ticker,close',
    "2,ticker,bad-ticker,2024-07-01,'=cmd|x,5",
    '3,close,price-not-positive,2024-07-01,A,-3.5',
    `4,,bad-ticker,2024-07-01,'-2+3|x,"'@SUM(1)"`,
    `5,,wrong-field-count,${'x'.repeat(79)}é tail`,
    '6,,wrong-field-count,+5',
    '',
  ]);
  expect(list.groups()[0]).toMatchObject({
    reason: 'bad-ticker',
    count: 2,
    examples: [{ line: 2, column: 'ticker', text: '=cmd|x' }, { line: 4 }],
  });
  const long = list.groups().find(({ reason }) => reason === 'wrong-field-count')!.examples[0]!;
  expect(long.text).toBe('x'.repeat(79)); // cut at 80 bytes, never inside a letter
});

it('keeps hundreds of thousands of lines, all of them, in little memory', () => {
  const { list, add } = listOf('reject');
  for (let line = 2; line < 200_002; line++) add(line, null, 'empty-minute', '2024-07-01 07:00:00,AAL.L,0');
  expect([list.count, list.emptyMinutes]).toEqual([200_000, 200_000]);
  expect(list.compressed().length).toBeLessThan(2_000_000);
  const lines = linesOf(list);
  expect(lines).toHaveLength(200_002);
  expect(lines[200_000]).toBe('200001,,empty-minute,2024-07-01 07:00:00,AAL.L,0');
  expect(list.groups()[0]!.examples).toHaveLength(5);
});

it('holds lines of any length', () => {
  const { list, add } = listOf('reject');
  const text = '=,'.repeat(900_000);
  add(2, null, 'wrong-field-count', text);
  expect(linesOf(list)[1]).toBe(`2,,wrong-field-count,${text.replaceAll('=', "'=")}`);
});

it('names the file of an archive that a line stands in', () => {
  const list = new RejectList('f.zip', 'reject', 'import-1');
  const bytes = Buffer.from('x');
  const whole = { bytes, start: 0, end: 1 };
  list.begin(plan, 0, 'a,b.csv');
  list.add(3, null, 'wrong-field-count', whole, whole);
  list.begin(plan, 10, '=c.csv');
  list.add(10, null, 'wrong-field-count', whole, whole);
  list.add(12, null, 'wrong-field-count', whole, whole);
  expect(linesOf(list).slice(1, 4)).toEqual([
    '"a,b.csv:3",,wrong-field-count,x',
    '"a,b.csv:10",,wrong-field-count,x',
    "'=c.csv:2,,wrong-field-count,x",
  ]);
  expect(list.groups()[0]!.examples.map(({ entry, line }) => [entry, line])).toEqual([
    ['a,b.csv', 3],
    ['a,b.csv', 10],
    ['=c.csv', 2],
  ]);
});

it('ends at the first bad line where asked, but not at empty minutes', () => {
  const { add } = listOf('fail');
  add(2, null, 'empty-minute', 'oops');
  expect(() => add(3, 'close', 'not-a-number: close', 'oops')).toThrow(
    expect.objectContaining({
      code: 'file-format',
      detail: expect.objectContaining({ file: 'f.csv', line: 3, field: 'close' }),
    }),
  );
});
