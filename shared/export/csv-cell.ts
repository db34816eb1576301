/**
 * Text cells that no spreadsheet takes for a formula. Quoting alone does not help: a cell that begins with = + - @, tab,
 * CR or NUL gets an apostrophe in front (OWASP ASVS 1.2.10), as does one that already begins with an apostrophe, so that
 * `restoreTextCell` is its exact inverse. Numbers are written by `numberCell` and stay bare, minus signs included.
 */
const DANGEROUS = /^[=+\-@\t\r\0']/;
const NEEDS_QUOTES = /[",\r\n\t\0]|^\s|\s$/;

export function textCell(text: string): string {
  const safe = DANGEROUS.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text behind a cell's content (after a CSV reader has taken the quotes off). */
export function restoreTextCell(content: string): string {
  return content.startsWith("'") && DANGEROUS.test(content.slice(1)) ? content.slice(1) : content;
}

/** Shortest text that reads back as the same double; a missing number is an empty cell. */
export function numberCell(value: number): string {
  return Number.isNaN(value) ? '' : Object.is(value, -0) ? '0' : String(value);
}

/** Epoch milliseconds as ISO 8601 in UTC, to the second where that is exact; missing is empty. */
export function timeCell(time: number): string {
  return Number.isNaN(time) ? '' : new Date(time).toISOString().replace('.000Z', 'Z');
}
