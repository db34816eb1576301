/** Midnight UTC of a day written YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD, with or without a time behind; null for none. */
export function readDay(text: string): number | null {
  const match = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[ T].*)?$/.exec(text);
  if (match === null) return null;
  const [, year, , month, day] = match;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const found = new Date(time);
  return found.getUTCMonth() === Number(month) - 1 && found.getUTCDate() === Number(day) ? time : null;
}

/** `4:1`, `4/1`, `4-for-1`, `4 for 1` or `4` as new shares per old one; null for none. */
export function readRatio(text: string): number | null {
  const match = /^(\d+(?:[.,]\d+)?)(?:\s*(?::|\/|-?for-?)\s*(\d+(?:[.,]\d+)?))?$/i.exec(text.trim());
  if (match === null) return null;
  const above = decimal(match[1]!);
  const below = match[2] === undefined ? 1 : decimal(match[2]);
  return above > 0 && below > 0 ? above / below : null;
}

/** A number above zero, with a currency sign in front or not; null for none. */
export function readAmount(text: string): number | null {
  const match = /^[$€£]?\s*(\d+(?:[.,]\d+)?|\.\d+)(e-?\d+)?$/i.exec(text.trim());
  if (match === null) return null;
  const value = decimal(match[1]!) * Number(`1${match[2] ?? ''}`);
  return value > 0 ? value : null;
}

const decimal = (text: string) => Number(text.replace(',', '.'));
