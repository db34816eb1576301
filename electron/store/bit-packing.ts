/** Codes that are packed together: they take as many bits as the largest of them needs. */
export const BLOCK_CODES = 128;

/**
 * Appends the first `count` codes, `width` bits each (0 to 32), lowest bit first, to the words from `at` on; whole words.
 * Returns the index behind them.
 */
export function packBits(
  codes: Uint32Array,
  count: number,
  width: number,
  words: Uint32Array,
  at: number,
): number {
  if (width === 0) return at;
  if (width === 32) {
    words.set(codes.subarray(0, count), at);
    return at + count;
  }
  let end = at;
  let word = 0;
  let bits = 0;
  for (let index = 0; index < count; index++) {
    const code = codes[index]!;
    word |= code << bits;
    bits += width;
    if (bits >= 32) {
      words[end++] = word;
      bits -= 32;
      word = bits === 0 ? 0 : code >>> (width - bits);
    }
  }
  if (bits > 0) words[end++] = word;
  return end;
}

/** The reverse: fills the first `count` codes. Returns the index behind the words read. */
export function unpackBits(
  words: Uint32Array,
  at: number,
  width: number,
  count: number,
  codes: Uint32Array,
): number {
  if (width === 0) {
    codes.fill(0);
    return at;
  }
  if (width === 32) {
    codes.set(words.subarray(at, at + count));
    return at + count;
  }
  const mask = (1 << width) - 1;
  let bit = 0;
  for (let index = 0; index < count; index++) {
    const word = at + (bit >>> 5);
    const shift = bit & 31;
    let code = words[word]! >>> shift;
    if (shift + width > 32) code |= words[word + 1]! << (32 - shift);
    codes[index] = code & mask;
    bit += width;
  }
  return at + ((bit + 31) >>> 5);
}
