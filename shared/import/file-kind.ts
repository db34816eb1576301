/** What a file's first bytes say about its wrapping. Bytes are trusted over names. */
export type Container =
  | 'plain'
  | 'gzip'
  | 'zip'
  | 'zstd'
  | 'tar'
  | 'parquet'
  | 'arrow'
  | 'bzip2'
  | 'xz'
  | '7z'
  | 'excel';

const MAGIC: readonly (readonly [Container, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['arrow', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['excel', [0xd0, 0xcf, 0x11, 0xe0]],
];
const USTAR = [0x75, 0x73, 0x74, 0x61, 0x72];
const USTAR_AT = 257;
/** Bytes that containerOf looks at. */
export const MAGIC_BYTES = 512;

export function containerOf(head: Uint8Array): Container {
  for (const [container, magic] of MAGIC) if (startsWith(head, magic)) return container;
  return startsWith(head.subarray(USTAR_AT), USTAR) ? 'tar' : 'plain';
}

/** Encoding by byte-order mark, with the mark's length. Text without a mark is UTF-8, or UTF-16 that shows by its nulls. */
export function encodingOf(head: Uint8Array): { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; mark: number } {
  if (startsWith(head, [0xff, 0xfe])) return { encoding: 'utf-16le', mark: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { encoding: 'utf-16be', mark: 2 };
  const nulls = [0, 0];
  for (let at = 0; at < Math.min(head.length, JUDGED_NULLS); at++) if (head[at] === 0) nulls[at & 1]!++;
  const half = Math.min(head.length, JUDGED_NULLS) / 2;
  if (half >= 8 && nulls[0] === 0 && nulls[1]! >= half * 0.9) return { encoding: 'utf-16le', mark: 0 };
  if (half >= 8 && nulls[1] === 0 && nulls[0]! >= half * 0.9) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0 };
}

const JUDGED_NULLS = 128;

/** How much of a file is looked at, and which share of control bytes in it makes the file binary (one in so many). */
const JUDGED_BYTES = 512;
const CONTROL_SHARE = 20;

/** Why UTF-8 text is no lines of fields, judged by its first bytes; null when it may be. One stray byte does not condemn it. */
export function notTextBecause(head: Uint8Array): 'html' | 'json' | 'binary' | null {
  const judged = head.subarray(0, JUDGED_BYTES);
  let controls = 0;
  for (const byte of judged) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
  }
  if (controls * CONTROL_SHARE > judged.length) return 'binary';
  let at = startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  while (at < head.length && head[at]! <= 0x20) at++;
  const first = head[at];
  const second = head[at + 1] ?? 0;
  // Some vendors write headings such as `<TICKER>,<PER>`: only the tags that begin a page count as markup.
  if (first === 0x3c && (second === 0x21 || second === 0x3f || beginsPage(head, at))) return 'html';
  return first === 0x7b || first === 0x5b ? 'json' : null;
}

function beginsPage(head: Uint8Array, at: number): boolean {
  return /^<(?:html|head|body)/i.test(String.fromCharCode(...head.subarray(at, at + 5)));
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
