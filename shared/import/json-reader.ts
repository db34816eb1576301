import { AppError } from '../contract/errors.ts';
import type { RowReader } from './bar-line.ts';
import type { LineReader } from './bar-text.ts';
import type { JsonShape } from './detect/json-head.ts';
import { JsonDocument } from './json-document.ts';
import { JsonFields, skipBlanks } from './json-fields.ts';

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
const NEWLINE = 0x0a;

/** Reads a row of JSON per line. */
export class JsonLineReader implements LineReader {
  readonly #reader: RowReader;
  readonly #columns: number;
  readonly #json: JsonFields;

  constructor(reader: RowReader, names: readonly string[]) {
    this.#reader = reader;
    this.#columns = names.length;
    this.#json = new JsonFields(names, reader.fields, 0);
  }

  readNext(bytes: Uint8Array, start: number, line: number): number {
    const newline = bytes.indexOf(NEWLINE, start);
    const from = skipBlanks(bytes, start, newline);
    if (from < newline) {
      this.#reader.linesRead++;
      const row = this.#json.read(bytes, from, newline);
      if (row === null) this.#reader.reject(line, null, 'bad-json', bytes, from, newline);
      else if (row.count !== this.#columns)
        this.#reader.reject(line, null, 'wrong-field-count', bytes, from, newline);
      else this.#reader.readFields(line, row.bytes, row.start, row.end);
    }
    return newline + 1;
  }
}

export interface JsonRowsOptions {
  /** For messages. */
  readonly fileName: string;
  readonly names: readonly string[];
  readonly shape: JsonShape;
  /** See BarTextOptions. */
  readonly lineBase: number;
}

/** Reads the rows of a JSON document; a row's number counts as its line. Throws file-format where it is no JSON. */
export class JsonRows {
  readonly #reader: RowReader;
  readonly #options: JsonRowsOptions;
  readonly #json: JsonFields;
  readonly #document: JsonDocument;
  readonly #encoder = new TextEncoder();
  #markLeft: number;
  line: number;

  constructor(reader: RowReader, options: JsonRowsOptions, mark: number) {
    const { shape, names, lineBase } = options;
    this.#reader = reader;
    this.#options = options;
    this.#markLeft = mark;
    this.line = lineBase;
    this.#json = new JsonFields(names, reader.fields, shape.hasKey ? 1 : 0);
    const own = shape.place!;
    this.#document = new JsonDocument((place, key, bytes, start, end) => {
      const isRow =
        place.depth === own.depth && place.isInArray === own.isInArray && place.isObject === own.isObject;
      if (isRow) this.#read(key, bytes, start, end);
    });
  }

  push(piece: Uint8Array): void {
    const mark = Math.min(this.#markLeft, piece.length);
    this.#markLeft -= mark;
    this.#guarded(() => this.#document.push(piece.subarray(mark)));
  }

  finish(): void {
    this.#guarded(() => {
      if (!this.#document.finish()) throw new SyntaxError('it ends before its last bracket');
    });
  }

  #read(key: string | null, bytes: Uint8Array, start: number, end: number): void {
    const { shape, names } = this.#options;
    const line = ++this.line;
    this.#reader.linesRead++;
    const row = this.#json.read(bytes, start, end);
    if (row === null || row.count !== names.length) {
      this.#reader.reject(line, null, row === null ? 'bad-json' : 'wrong-field-count', bytes, start, end);
    } else if (shape.hasKey) {
      this.#readWithKey(line, key ?? '', row.bytes.subarray(row.start), row.end - row.start, row.start);
    } else {
      this.#reader.readFields(line, row.bytes, row.start, row.end);
    }
  }

  /** The key is a field too: it is put behind the row's bytes. */
  #readWithKey(line: number, key: string, bytes: Uint8Array, length: number, shift: number): void {
    const { starts, ends } = this.#reader.fields;
    const text = this.#encoder.encode(key);
    let last = length;
    for (let column = 1; column < this.#options.names.length; column++) {
      starts[column] = starts[column]! - shift;
      ends[column] = ends[column]! - shift;
      last = Math.max(last, ends[column]!);
    }
    const copy = new Uint8Array(last + text.length);
    copy.set(bytes.subarray(0, last));
    copy.set(text, last);
    starts[0] = last;
    ends[0] = copy.length;
    this.#reader.readFields(line, copy, 0, length);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      const { fileName, lineBase } = this.#options;
      const row = this.line - lineBase;
      throw new AppError(
        'file-format',
        `This is not whole JSON: ${cause.message}, behind row ${row}; nothing was imported`,
        { file: fileName, line: Math.max(1, row), hint: 'Download or export it again.' },
        { cause },
      );
    }
  }
}
