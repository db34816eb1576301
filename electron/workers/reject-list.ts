import { constants, gzipSync } from 'node:zlib';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportOptions, ReadingPlan, RejectGroup } from '../../shared/contract/schemas.ts';
import type { RejectSink } from '../../shared/import/bar-line.ts';
import { FORMULA_SIGNS, quoted, type Span } from '../../shared/import/line-fields.ts';
import { describeReject, type RejectReason } from '../../shared/import/reject-reason.ts';
import { REJECT_COLUMNS } from './reading/entry-plan.ts';

const LONGEST_TEXT = 80;
const EXAMPLES = 5;
const BLOCK_BYTES = 1024 * 1024;
/** Room beside the line itself: its number, names and quotes. */
const PREFIX_BYTES = 1024;
/** A list beyond this is no list any more, and the file none of bars. */
const LARGEST_LIST = 64 * 1024 * 1024;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const NEWLINE = 0x0a;
const ZERO = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const COMMA = 0x2c;

/** Numbers of lines go through all files of an archive; an entry's begin above its base. */
interface ListedEntry {
  readonly base: number;
  /** Name in the archive; null for a file that is none. */
  readonly name: string | null;
}

/**
 * All rejected lines of an import as they stand in the file, behind their number, column and reason: once mended, the list
 * is imported like the file it comes from. Kept gzipped, with counts and a few examples per reason. A dense grid rejects
 * most of its lines: they are written as bytes and compressed block by block, never held as strings. With
 * `onError: 'fail'` the first bad line ends the import.
 */
export class RejectList implements RejectSink {
  readonly #fileName: string;
  readonly #onError: ImportOptions['onError'];
  readonly #importId: string;
  readonly #groups = new Map<string, { count: number; examples: RejectGroup['examples'] }>();
  readonly #compressed: Uint8Array[] = [];
  #compressedBytes = 0;
  #block = Buffer.alloc(BLOCK_BYTES);
  #used = 0;
  #delimiter = COMMA;
  readonly #entries: ListedEntry[] = [];
  count = 0;
  /** Empty minutes among them: those of a dense grid are no faults. */
  emptyMinutes = 0;

  /** `importId` leads a mended list back to how its file was read. */
  constructor(fileName: string, onError: ImportOptions['onError'], importId: string) {
    this.#fileName = fileName;
    this.#onError = onError;
    this.#importId = importId;
  }

  /** Lines from here on, above `base`, are those of an entry that is read so. */
  begin({ delimiter, columns, hasHeading }: ReadingPlan, base: number, name: string | null): void {
    this.#entries.push({ base, name });
    this.#delimiter = delimiter.charCodeAt(0);
    if (this.#entries.length > 1) return;
    const [line, ...own] = REJECT_COLUMNS;
    const names = columns.map((column) => (hasHeading ? column.name : `column ${column.name}`));
    const heading = [`${line}@${this.#importId}`, ...own, ...names].map((text) => fieldText(text, delimiter));
    this.#used = this.#block.write(`${heading.join(delimiter)}\n`);
  }

  add(line: number, column: string | null, reason: RejectReason, field: Span, whole: Span): void {
    this.count++;
    if (reason === 'empty-minute') this.emptyMinutes++;
    let group = this.#groups.get(reason);
    if (group === undefined) this.#groups.set(reason, (group = { count: 0, examples: [] }));
    group.count++;
    const entry = this.#entryOf(line);
    const number = line - entry.base;
    if (group.examples.length < EXAMPLES) {
      const text = Buffer.from(field.bytes.subarray(field.start, cutEnd(field))).toString();
      // Empty minutes are dropped by a setting of their own; they are not errors.
      if (this.#onError === 'fail' && reason !== 'empty-minute') {
        throw this.failure(line, column, reason, text);
      }
      const named = entry.name === null ? {} : { entry: entry.name };
      group.examples.push({ line: number, column, text, ...named });
    }
    const place = entry.name === null ? String(number) : `${entry.name}:${number}`;
    const delimiter = String.fromCharCode(this.#delimiter);
    const prefix = [place, column ?? '', reason].map((text) => fieldText(text, delimiter)).join(delimiter);
    this.#write(prefix + delimiter, whole);
  }

  /** What ends an import that takes no bad line. */
  failure(line: number, column: string | null, reason: RejectReason, text: string): AppError {
    const { name, base } = this.#entryOf(line);
    return new AppError('file-format', `${describeReject(reason)}${text === '' ? '' : `: ${text}`}`, {
      file: name === null ? this.#fileName : `${this.#fileName}/${name}`,
      line: line - base,
      ...(column === null ? {} : { field: column }),
      hint: 'Correct the line, or import with bad lines left out and listed.',
    });
  }

  /** Most frequent reason first. */
  groups(): RejectGroup[] {
    const groups = [...this.#groups].map(([reason, group]) => ({ reason, ...group }));
    return groups.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }

  /** All reasons in one line: "3 × the high is below the low; 1 × there is no value (open)". */
  inWords(): string {
    return this.groups()
      .map(({ reason, count }) => `${count} × ${describeReject(reason)}`)
      .join('; ');
  }

  /** The list so far. The gzip members of the blocks, one after the other, are one gzip file. */
  compressed(): Uint8Array<ArrayBuffer> {
    this.#compress();
    return new Uint8Array(Buffer.concat(this.#compressed));
  }

  #entryOf(line: number): ListedEntry {
    for (let index = this.#entries.length - 1; index > 0; index--) {
      const entry = this.#entries[index]!;
      if (line > entry.base) return entry;
    }
    return this.#entries[0]!;
  }

  #write(prefix: string, { bytes, start, end }: Span): void {
    // Each field may get an apostrophe: at most one for two bytes.
    const room = PREFIX_BYTES + (end - start) * 1.5 + 2;
    if (this.#used + room > this.#block.length) {
      this.#compress();
      if (room > this.#block.length) this.#block = Buffer.alloc(Math.ceil(room));
    }
    const block = this.#block;
    let at = this.#used + block.write(prefix, this.#used);
    let isFieldStart = true;
    for (let index = start; index < end; index++) {
      const byte = bytes[index]!;
      if (isFieldStart && FORMULA_SIGNS.has(byte) && !isNumber(bytes, index, end, this.#delimiter)) {
        block[at++] = APOSTROPHE;
      }
      isFieldStart = byte === this.#delimiter || (isFieldStart && byte === QUOTE);
      block[at++] = byte;
    }
    block[at++] = NEWLINE;
    this.#used = at;
  }

  #compress(): void {
    if (this.#used === 0) return;
    const member = gzipSync(this.#block.subarray(0, this.#used), { level: constants.Z_BEST_SPEED });
    this.#compressed.push(member);
    this.#compressedBytes += member.length;
    this.#used = 0;
    if (this.#compressedBytes <= LARGEST_LIST) return;
    throw new AppError('file-format', `${this.count} lines are no bars: too many to list`, {
      file: this.#fileName,
      hint: `The most frequent reason is that ${describeReject(this.groups()[0]!.reason)}.`,
    });
  }
}

/** A text as a field: quoted where it holds what separates fields. */
function fieldText(text: string, delimiter: string): string {
  const safe = FORMULA_SIGNS.has(text.charCodeAt(0)) ? `'${text}` : text;
  return safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : quoted(safe);
}

/** Whether a field that begins with a sign is a plain number. */
function isNumber(bytes: Uint8Array, start: number, end: number, delimiter: number): boolean {
  if (bytes[start] !== MINUS && bytes[start] !== PLUS) return false;
  let at = start + 1;
  while (at < end && ((bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9) || bytes[at] === DOT)) at++;
  return at > start + 1 && (at === end || bytes[at] === delimiter || bytes[at] === QUOTE);
}

/** End of the text cut at 80 bytes, never inside a letter. */
function cutEnd({ bytes, start, end }: Span): number {
  if (end - start <= LONGEST_TEXT) return end;
  let cut = start + LONGEST_TEXT;
  while ((bytes[cut]! & 0xc0) === 0x80) cut--;
  return cut;
}
