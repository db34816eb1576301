const LONGEST = 32;
const VENDOR_SYMBOL = /^(?:[A-Za-z0-9^.][A-Za-z0-9.^=:_&#$+/-]*|@[A-Za-z0-9]+#)$/;

/**
 * Whether a text may stand as a ticker: at most 32 signs, and of the shapes that vendors use (`AAL.L`, `BRK/B`, `^GSPC`,
 * `EURUSD=X`, `I:SPX`, `@ES#`). Formulas (`=…`, `+…`, `-…`, `@A1`), paths and SQL are none.
 */
export function isTicker(text: string): boolean {
  if (text.length > LONGEST || !VENDOR_SYMBOL.test(text)) return false;
  const slash = text.indexOf('/');
  const isPath =
    slash >= 0 && (slash !== text.lastIndexOf('/') || text.endsWith('/') || text[slash - 1] === ':');
  return !isPath && !text.includes('..') && !text.includes('--');
}
