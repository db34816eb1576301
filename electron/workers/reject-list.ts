import { constants, gzipSync } from 'node:zlib';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportOptions, RejectGroup } from '../../shared/contract/schemas.ts';
import type { RejectSink } from '../../shared/import/bar-line.ts';
import { describeReject, type RejectReason } from '../../shared/import/reject-reason.ts';

const LONGEST_TEXT = 80;
const EXAMPLES = 5;
const BLOCK_BYTES = 1024 * 1024;
/** Room that one line takes at most: numbers and names, and a text of quotes that are all doubled. */
const LONGEST_ENTRY = 512;
const QUOTE = 0x22;
/** Spreadsheets take a cell that begins so for a formula: = + - @, tab, carriage return. */
const FORMULA_STARTS = new Set([0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d]);

/**
 * All rejected lines of an import as gzipped CSV `line,column,reason,text`, with counts and a few examples per reason.
 * A dense grid rejects most of its lines: they are written as bytes and compressed block by block, never held as
 * strings. With `onError: 'fail'` the first bad line ends the import.
 */
export class RejectList implements RejectSink {
  readonly #fileName: string;
  readonly #onError: ImportOptions['onError'];
  readonly #groups = new Map<string, { count: number; examples: RejectGroup['examples'] }>();
  readonly #compressed: Uint8Array[] = [];
  readonly #block = Buffer.alloc(BLOCK_BYTES);
  #used = 0;
  count = 0;

  constructor(fileName: string, onError: ImportOptions['onError']) {
    this.#fileName = fileName;
    this.#onError = onError;
    this.#used = this.#block.write('line,column,reason,text\n');
  }

  add(
    line: number,
    column: string | null,
    reason: RejectReason,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const cut = cutEnd(bytes, start, end);
    this.count++;
    let group = this.#groups.get(reason);
    if (group === undefined) this.#groups.set(reason, (group = { count: 0, examples: [] }));
    group.count++;
    if (group.examples.length < EXAMPLES) {
      const text = Buffer.from(bytes.subarray(start, cut)).toString();
      // Empty minutes are dropped by a setting of their own; they are not errors.
      if (this.#onError === 'fail' && reason !== 'empty-minute')
        throw this.#failure(line, column, reason, text);
      group.examples.push({ line, column, text });
    }
    this.#write(`${line},${column ?? ''},${reason},`, bytes, start, cut);
  }

  /** A line known by its values only: its text is what they say. */
  addText(line: number, reason: RejectReason, text: string): void {
    const bytes = Buffer.from(text);
    this.add(line, null, reason, bytes, 0, bytes.length);
  }

  /** Most frequent reason first. */
  groups(): RejectGroup[] {
    const groups = [...this.#groups].map(([reason, group]) => ({ reason, ...group }));
    return groups.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }

  /** The list so far. The gzip members of the blocks, one after the other, are one gzip file. */
  compressed(): Uint8Array<ArrayBuffer> {
    this.#compress();
    return new Uint8Array(Buffer.concat(this.#compressed));
  }

  #write(prefix: string, bytes: Uint8Array, start: number, end: number): void {
    if (this.#used + LONGEST_ENTRY > BLOCK_BYTES) this.#compress();
    const block = this.#block;
    let at = this.#used + block.write(prefix, this.#used, 'latin1');
    block[at++] = QUOTE;
    if (FORMULA_STARTS.has(bytes[start] ?? 0) && end > start) block[at++] = 0x27;
    for (let index = start; index < end; index++) {
      const byte = bytes[index]!;
      if (byte === QUOTE) block[at++] = QUOTE;
      block[at++] = byte;
    }
    block[at++] = QUOTE;
    block[at++] = 0x0a;
    this.#used = at;
  }

  #compress(): void {
    if (this.#used === 0) return;
    this.#compressed.push(gzipSync(this.#block.subarray(0, this.#used), { level: constants.Z_BEST_SPEED }));
    this.#used = 0;
  }

  #failure(line: number, column: string | null, reason: RejectReason, text: string): AppError {
    return new AppError('file-format', `${describeReject(reason)}: ${text}`, {
      file: this.#fileName,
      line,
      ...(column === null ? {} : { field: column }),
      hint: 'Correct the line, or import with bad lines left out and listed.',
    });
  }
}

/** End of the text cut at 80 bytes, never inside a letter. */
function cutEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end - start <= LONGEST_TEXT) return end;
  let cut = start + LONGEST_TEXT;
  while (cut > start && (bytes[cut]! & 0xc0) === 0x80) cut--;
  return cut;
}
