import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type RowGroup,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError } from '../../../shared/contract/errors.ts';
import type { TableHead } from '../../../shared/import/detect/table-head.ts';
import { quoted } from '../../../shared/import/line-fields.ts';
import { checkRowGroup, ImpossibleClaim } from './check-parquet.ts';
import type { RandomAccess } from './random-access.ts';

/** Rows turned into text at once. */
const BATCH_ROWS = 16_384;
/** Rows decoded at once; row groups are usually no longer. */
const SLICE_ROWS = 1 << 20;
const LARGEST_PAGE = 256 * 1024 * 1024;
const MOST_COLUMNS = 256;
/** No file of bars has more. */
const MOST_ROWS = 2 ** 32 - 2;

type Compressor = (input: Uint8Array, outputLength: number) => Uint8Array;

/** Node's own where it has one; each refuses a page that claims more than any writer makes. */
const COMPRESSORS = Object.fromEntries(
  Object.entries({
    ...compressors,
    GZIP: (input: Uint8Array, maxOutputLength: number) => gunzipSync(input, { maxOutputLength }),
    BROTLI: (input: Uint8Array, maxOutputLength: number) => brotliDecompressSync(input, { maxOutputLength }),
    ZSTD: (input: Uint8Array, maxOutputLength: number) => zstdDecompressSync(input, { maxOutputLength }),
  }).map(([codec, decompress]) => [codec, limited(decompress as Compressor)]),
);

function limited(decompress: Compressor): Compressor {
  return (input, outputLength) => {
    if (outputLength > LARGEST_PAGE) throw new RangeError('a page claims more than 256 MB');
    return decompress(input, outputLength);
  };
}

/** Times as texts that keep their nanoseconds; hyparquet's own cut them to milliseconds. */
const PARSERS = {
  timestampFromMilliseconds: (time: bigint) => instant(time, 1_000n),
  timestampFromMicroseconds: (time: bigint) => instant(time, 1_000_000n),
  timestampFromNanoseconds: (time: bigint) => instant(time, 1_000_000_000n),
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

/** `2024-07-01T07:00:00`, with the fraction where there is one. */
function instant(time: bigint, perSecond: bigint): string {
  const fraction = ((time % perSecond) + perSecond) % perSecond;
  const seconds = new Date(Number((time - fraction) / perSecond) * 1000).toISOString().slice(0, 19);
  return fraction === 0n
    ? seconds
    : `${seconds}.${String(fraction).padStart(String(perSecond).length - 1, '0')}`;
}

/** A Parquet file as lines of comma-separated text, in which times and numbers keep every digit. */
export class ParquetTable {
  readonly names: readonly string[];
  readonly rowCount: number;
  readonly #file: RandomAccess;
  readonly #fileName: string;
  readonly #metadata: FileMetaData;
  readonly #optional: ReadonlySet<string>;
  readonly #checked = new Set<RowGroup>();
  #given = 0;
  /** How a value of each column becomes text. */
  readonly #texts: readonly ((value: unknown) => string)[];

  private constructor(file: RandomAccess, fileName: string, metadata: FileMetaData) {
    this.#file = file;
    this.#fileName = fileName;
    this.#metadata = metadata;
    // Columns of columns hold no bars.
    const columns = parquetSchema(metadata).children.filter(({ children }) => children.length === 0);
    if (columns.length === 0 || columns.length > MOST_COLUMNS) {
      throw new AppError('file-format', `The Parquet file has ${columns.length} plain columns`, {
        file: fileName,
        hint: 'Export it with a column per value: time, open, high, low, close.',
      });
    }
    this.names = columns.map(({ element }) => element.name);
    this.rowCount = metadata.row_groups.reduce((rows, group) => rows + Number(group.num_rows), 0);
    if (!(this.rowCount <= MOST_ROWS)) throw new ImpossibleClaim(`it claims ${this.rowCount} rows`);
    this.#optional = new Set(
      columns
        .filter(({ element }) => element.repetition_type !== 'REQUIRED')
        .map(({ element }) => element.name),
    );
    const isNautilus = this.names.includes('ts_event') && this.names.includes('ts_init');
    this.#texts = columns.map(({ element }) => {
      if (element.type === 'FIXED_LEN_BYTE_ARRAY' && isNautilus) return fixedPoint;
      const isUtc = element.logical_type?.type !== 'TIMESTAMP' || element.logical_type.isAdjustedToUTC;
      const isTime =
        /^TIMESTAMP/.test(element.converted_type ?? '') || element.logical_type?.type === 'TIMESTAMP';
      return isTime && isUtc ? (value) => (value == null ? '' : `${value}Z`) : plainText;
    });
  }

  /** Reads the footer. Throws file-unreadable for what is damaged or cut short. */
  static async open(file: RandomAccess, fileName: string): Promise<ParquetTable> {
    try {
      return new ParquetTable(file, fileName, await parquetMetadataAsync(file));
    } catch (thrown) {
      throw damaged(fileName, thrown);
    }
  }

  /** The first rows as a table. */
  async head(rows: number): Promise<TableHead> {
    const values: string[][] = [];
    for await (const batch of this.#batches(rows)) values.push(...batch);
    return {
      format: 'parquet',
      delimiter: ',',
      agreement: 1,
      names: this.names,
      rows: values,
      width: this.names.length,
      skip: 0,
      preamble: [],
      documentTicker: this.#namedTicker(),
      documentZone: null,
    };
  }

  /** Share of the rows that `lines` has given. */
  get share(): number {
    return this.rowCount === 0 ? 1 : this.#given / this.rowCount;
  }

  /** All rows as text, a line each. */
  async *lines(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    for await (const batch of this.#batches(this.rowCount)) {
      this.#given += batch.length;
      const text = batch.map((row) => row.map(quoted).join(',')).join('\n');
      yield new TextEncoder().encode(`${text}\n`);
    }
  }

  async *#batches(rows: number): AsyncGenerator<string[][], void, void> {
    for (let start = 0; start < rows; start += SLICE_ROWS) {
      const end = Math.min(rows, start + SLICE_ROWS);
      const columns = await this.#columns(start, end);
      for (let from = 0; from < end - start; from += BATCH_ROWS) {
        const to = Math.min(end - start, from + BATCH_ROWS);
        yield Array.from({ length: to - from }, (_, index) =>
          columns.map((column, at) => this.#texts[at]!(column[from + index])),
        );
      }
    }
  }

  /** Values of the rows from `rowStart` to `rowEnd`, column by column. */
  async #columns(rowStart: number, rowEnd: number): Promise<unknown[][]> {
    await this.#checkRows(rowStart, rowEnd);
    const columns = new Map(this.names.map((name) => [name, new Array<unknown>(rowEnd - rowStart)]));
    const fill = (name: string, data: DecodedArray, from: number) => {
      const target = columns.get(name);
      if (target === undefined) return;
      const first = Math.max(from, rowStart);
      const last = Math.min(from + data.length, rowEnd);
      for (let row = first; row < last; row++) target[row - rowStart] = data[row - from];
    };
    try {
      await parquetRead({
        file: this.#file,
        metadata: this.#metadata,
        columns: [...this.names],
        rowStart,
        rowEnd,
        compressors: COMPRESSORS,
        parsers: PARSERS,
        geoparquet: false,
        onChunk: ({ columnName, columnData, rowStart: from }) => fill(columnName, columnData, from),
      });
    } catch (thrown) {
      throw damaged(this.#fileName, thrown);
    }
    return [...columns.values()];
  }

  /** Looks at the row groups of these rows, each once, before anything of them is decoded. */
  async #checkRows(rowStart: number, rowEnd: number): Promise<void> {
    let first = 0;
    for (const group of this.#metadata.row_groups) {
      const next = first + Number(group.num_rows);
      if (first < rowEnd && next > rowStart && !this.#checked.has(group)) {
        this.#checked.add(group);
        const isOptional = (name: string) => this.#optional.has(name);
        await checkRowGroup(this.#file, group, isOptional, COMPRESSORS).catch((thrown) => {
          throw damaged(this.#fileName, thrown);
        });
      }
      first = next;
    }
  }

  /** The instrument that Nautilus Trader names in the schema it keeps with its files. */
  #namedTicker(): string | null {
    const schema = this.#metadata.key_value_metadata?.find(({ key }) => key === 'ARROW:schema')?.value;
    if (schema === undefined || !this.names.includes('ts_init')) return null;
    const text = Buffer.from(schema, 'base64').toString('latin1');
    return /([A-Za-z0-9/._=-]{1,24}\.[A-Z]{2,12})-\d+-[A-Z]+-[A-Z]+-[A-Z]+/.exec(text)?.[1] ?? null;
  }
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'object' ? '' : String(value);
}

/** Integers of Nautilus Trader: billionths in 8 bytes, 10^-16 in 16, little-endian. */
function fixedPoint(value: unknown): string {
  if (!(value instanceof Uint8Array) || (value.length !== 8 && value.length !== 16)) return plainText(value);
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const low = view.getBigUint64(0, true);
  const integer = value.length === 8 ? view.getBigInt64(0, true) : (view.getBigInt64(8, true) << 64n) + low;
  const decimals = value.length === 8 ? 9 : 16;
  const digits = String(integer < 0n ? -integer : integer).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${integer < 0n ? '-' : ''}${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`}`;
}

function damaged(file: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  // What decoders say of it is for us, not for users.
  const claim = cause instanceof ImpossibleClaim ? ` (${cause.message})` : '';
  return new AppError(
    'file-unreadable',
    `The Parquet file is damaged or cut short${claim}; nothing was imported`,
    { file, hint: 'Download or write it again.' },
    { cause },
  );
}
