import type { ColumnRole } from '../../contract/schemas.ts';
import type { TimeGuess } from './guess-time.ts';
import { fullRows, type TableHead } from './table-head.ts';

const NUMBERS: readonly ColumnRole[] = ['open', 'high', 'low', 'close', 'volume', 'trades', 'vwap', 'twap'];
const JUDGED_ROWS = 200;

/** A comma is the decimal mark only where it does not separate fields and the numbers show it. */
export function guessDecimalMark(head: TableHead, roles: readonly ColumnRole[]): TimeGuess<'.' | ','> {
  const columns = roles.flatMap((role, column) => (NUMBERS.includes(role) ? [column] : []));
  const numbers = fullRows(head)
    .slice(0, JUDGED_ROWS)
    .flatMap((row) => columns.map((column) => row[column] ?? ''));
  const proof = numbers.find((text) =>
    /^[-+]?\d*,(\d{0,2}|\d{4,})$|^[-+]?(0|\d{4,}),\d*$|\.\d{3},/.test(text),
  );
  if (
    proof !== undefined &&
    !numbers.some((text) => /\d,\d{3}\.\d|^[-+]?\d+\.(?:\d{1,2}|\d{4,})$/.test(text))
  ) {
    return { value: ',', why: `"${proof}" is a number only with a decimal comma`, certainty: 'sure' };
  }
  const withPoint = numbers.find((text) => text.includes('.'));
  if (withPoint !== undefined)
    return { value: '.', why: `numbers are written as ${withPoint}`, certainty: 'sure' };
  const withComma = numbers.find((text) => text.includes(','));
  if (withComma === undefined) return { value: '.', why: 'numbers have no decimals', certainty: 'sure' };
  // A comma that separates fields can stand in a quoted number for thousands only.
  if (head.delimiter === ',')
    return {
      value: '.',
      why: `a comma separates fields, so ${withComma} groups thousands`,
      certainty: 'likely',
    };
  return {
    value: ',',
    why: `${withComma} can be a number with three decimals or one with thousands`,
    certainty: 'ask',
  };
}
