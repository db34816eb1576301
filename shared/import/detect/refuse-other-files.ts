import { AppError } from '../../contract/errors.ts';
import { plainName } from './column-names.ts';
import { timeKind } from './field-kind.ts';
import type { TableHead } from './table-head.ts';
import { splitLine } from './text-head.ts';

/** What vendors send in place of bars. */
const MESSAGES = [
  /exceeded the daily hits limit/i, // Stooq
  /(?:call|request|rate|api|daily|usage) (?:frequency|limit|limits|volume|key)/i,
  /^no data$/i,
  /(?:invalid|missing|unknown) (?:api ?key|apikey|symbol|ticker|token)/i,
  /(?:access|permission) denied|unauthori[sz]ed|not found|too many requests|subscription/i,
];
const LONGEST_SHOWN = 160;
const MANY_DAYS = 10;

/** Throws where a text of a line or two is a vendor's message in place of bars. */
export function refuseMessage(lines: readonly string[], fileName: string): void {
  const filled = lines.filter((line) => line.trim() !== '');
  const text = filled.join(' ').trim();
  if (filled.length > 3 || !MESSAGES.some((pattern) => pattern.test(text))) return;
  throw vendorMessage(text, fileName);
}

export function vendorMessage(text: string, fileName: string): AppError {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
  return new AppError('file-format', `The file holds a message in place of bars: ${shown}`, {
    file: fileName,
    hint: 'Ask the vendor again, perhaps later or with another key.',
  });
}

/** Throws where a table is plainly something else than bars, saying what. */
export function refuseOtherTables(head: TableHead, fileName: string): void {
  const refuse = (message: string, hint: string): never => {
    throw new AppError('file-format', message, { file: fileName, hint });
  };
  if (/_quote(?:\.|$)/i.test(fileName) && head.width >= 10) {
    refuse(
      'This is a LEAN file of quotes: bid and ask, no trades',
      'Import the file of trades (…_trade.zip).',
    );
  }
  const heading =
    head.names ?? (head.preamble[0] === undefined ? [] : splitLine(head.preamble[0], head.delimiter));
  if (heading.slice(1).filter((name) => timeKind(name) === 'date').length >= MANY_DAYS) {
    refuse(
      'This is a wide table with a column per day, not bars',
      'Import a file with a line per bar: time, open, high, low, close.',
    );
  }
  if (head.names === null) return;
  const names = head.names.map(plainName);
  const has = (...wanted: string[]) => wanted.every((name) => names.some((own) => own === name));
  const hasBars = has('open') || has('o') || names.some((name) => /open/.test(name));
  if (hasBars) return;
  if (has('bid') && (has('ask') || has('offer'))) {
    refuse(
      'These are quotes (bid and ask) without open, high, low and close',
      'Import bars; quotes and ticks are not stored.',
    );
  }
  if (has('factor') || has('ratio') || has('dividend') || has('splitratio')) {
    refuse(
      'This looks like a table of corporate actions, not bars',
      'Import it on the screen of corporate actions.',
    );
  }
  const hasPrice = has('price') || has('last') || has('close');
  if (hasPrice && (has('size') || has('qty') || has('quantity')) && !has('high')) {
    refuse('These are single trades, not bars', 'Import bars; quotes and ticks are not stored.');
  }
}
