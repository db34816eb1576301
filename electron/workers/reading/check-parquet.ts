import type { ColumnMetaData, Compressors, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import type { RandomAccess } from './random-access.ts';

/**
 * hyparquet trusts what a page says of itself, and a damaged one can say that a run of values is two thousand million long:
 * the memory that takes ends the process, not only the thread. So lengths are looked at before anything is decoded.
 */

/** Something that a file says of itself and that cannot be. */
export class ImpossibleClaim extends Error {}

/** Writers fill the last run of packed values up to a whole number of groups. */
const PADDING = 4_096;
const LARGEST_PAGE = 256 * 1024 * 1024;

interface Cursor {
  readonly view: DataView<ArrayBuffer>;
  offset: number;
}

/** Throws a ImpossibleClaim for a row group with a column whose pages claim more values than it has rows. */
export async function checkRowGroup(
  file: RandomAccess,
  group: RowGroup,
  isOptional: (column: string) => boolean,
  compressors: Compressors,
): Promise<void> {
  for (const { meta_data: column } of group.columns) {
    if (column === undefined || column.path_in_schema.length !== 1) continue;
    const start = Number(column.dictionary_page_offset || column.data_page_offset);
    const end = start + Number(column.total_compressed_size);
    if (!(start >= 0 && end <= file.byteLength && start < end)) {
      throw new ImpossibleClaim(`column ${column.path_in_schema[0]} lies outside the file`);
    }
    const bytes = await file.slice(start, end);
    checkColumn(bytes, column, {
      rows: Number(group.num_rows),
      isOptional: isOptional(column.path_in_schema[0]!),
      compressors,
    });
  }
}

interface Expected {
  readonly rows: number;
  readonly isOptional: boolean;
  readonly compressors: Compressors;
}

function checkColumn(
  bytes: ArrayBuffer,
  column: ColumnMetaData,
  { rows, isOptional, compressors }: Expected,
): void {
  const cursor: Cursor = { view: new DataView(bytes), offset: 0 };
  const claim = (what: string) =>
    new ImpossibleClaim(`${what} of column ${column.path_in_schema[0]} cannot be`);
  let seen = 0;
  while (seen < rows && cursor.offset < bytes.byteLength - 1) {
    const header = parquetHeader(cursor);
    const { compressed_page_size: packed, uncompressed_page_size: size } = header;
    if (!(packed >= 0 && packed <= bytes.byteLength - cursor.offset && size >= 0 && size <= LARGEST_PAGE)) {
      throw claim('a page’s size');
    }
    const page = new Uint8Array(bytes, cursor.offset, packed);
    cursor.offset += packed;
    const dictionary = header.dictionary_page_header;
    if (dictionary !== undefined) {
      // Each value takes a byte at least, but for those of booleans, of which there are no dictionaries.
      if (!(dictionary.num_values >= 0 && dictionary.num_values <= size))
        throw claim('the dictionary’s length');
      continue;
    }
    const one = header.data_page_header;
    const two = header.data_page_header_v2;
    const values = one?.num_values ?? two?.num_values;
    if (values === undefined) continue;
    if (!(values >= 0 && values <= rows)) throw claim('a page’s length');
    seen += values;
    if (one !== undefined) {
      const plain = decompressPage(page, size, column.codec, compressors);
      checkValues(plain, { levels: isOptional ? 'prefixed' : 'none', encoding: one.encoding, values, claim });
    } else if (two !== undefined) {
      const levels = two.definition_levels_byte_length + two.repetition_levels_byte_length;
      if (!(levels >= 0 && levels <= packed && two.num_nulls >= 0 && two.num_nulls <= values))
        throw claim('the levels’ size');
      if (isOptional)
        checkRuns(cursorOf(page.subarray(two.repetition_levels_byte_length, levels)), 1, values, claim);
      const rest = page.subarray(levels);
      const plain =
        two.is_compressed === false ? rest : decompressPage(rest, size - levels, column.codec, compressors);
      checkValues(plain, { levels: 'none', encoding: two.encoding, values, claim });
    }
  }
  if (seen !== rows) throw claim(`a length of ${seen} beside ${rows} rows`);
}

interface PageValues {
  readonly levels: 'prefixed' | 'none';
  readonly encoding: string | undefined;
  readonly values: number;
  readonly claim: (what: string) => ImpossibleClaim;
}

/** Runs of a page that is unpacked. Plain values cannot claim more than there are bytes. */
function checkValues(page: Uint8Array, { levels, encoding, values, claim }: PageValues): void {
  const cursor = cursorOf(page);
  if (levels === 'prefixed') {
    if (page.length < 4) throw claim('the levels’ size');
    const length = cursor.view.getUint32(0, true);
    if (length > page.length - 4) throw claim('the levels’ size');
    checkRuns(cursorOf(page.subarray(4, 4 + length)), 1, values, claim);
    cursor.offset = 4 + length;
  }
  if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') {
    if (cursor.offset >= page.length) return; // nothing but blanks
    const width = cursor.view.getUint8(cursor.offset++);
    if (width > 32) throw claim('the width of indexes');
    if (width > 0) checkRuns(cursorOf(page.subarray(cursor.offset)), width, values, claim);
  } else if (encoding === 'RLE') {
    checkRuns(cursorOf(page.subarray(cursor.offset + 4)), 1, values, claim);
  }
}

/** Runs of the hybrid of run lengths and packed bits: none may be longer than what is to be filled. */
function checkRuns(
  cursor: Cursor,
  width: number,
  values: number,
  claim: (what: string) => ImpossibleClaim,
): void {
  const end = cursor.view.byteLength;
  for (let seen = 0; seen < values && cursor.offset < end; ) {
    const header = runHeader(cursor);
    const isPacked = header % 2 === 1;
    const count = isPacked ? Math.floor(header / 2) * 8 : Math.floor(header / 2);
    if (count > values - seen + PADDING) throw claim('a run of values');
    seen += count;
    cursor.offset += isPacked ? Math.floor(header / 2) * width : Math.ceil(width / 8);
  }
}

function runHeader(cursor: Cursor): number {
  let header = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.view.getUint8(cursor.offset++);
    header += (byte & 0x7f) * scale;
    if (byte < 0x80) return header;
  }
}

const cursorOf = (bytes: Uint8Array): Cursor => ({
  view: new DataView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length),
  offset: 0,
});
