import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer'; // MIT, no other dependency than hyparquet, which reads what it writes
import type { BarColumns } from '../../shared/market/bar.ts';
import { type BarSink, OutputFile } from './bar-sink.ts';

const ROW_GROUP = 131_072;
const REQUIRED = ['open', 'high', 'low', 'close'] as const;
const OPTIONAL = ['trades', 'volume', 'vwap', 'twap'] as const;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

const SCHEMA = [
  { name: 'schema', num_children: 10 },
  {
    name: 'bucket',
    type: 'INT64',
    repetition_type: 'REQUIRED',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  { name: 'ticker', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' },
  { name: 'trades', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  ...REQUIRED.map((name) => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' }) as const),
  ...(['volume', 'vwap', 'twap'] as const).map(
    (name) => ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }) as const,
  ),
] as const;

/**
 * Bars as Parquet: `bucket` in milliseconds UTC, `ticker`, the others as doubles, missing ones null; compressed with zstd,
 * some hundred thousand bars a row group.
 */
export class ParquetBars implements BarSink {
  readonly #file: OutputFile;
  readonly #bytes = new ByteWriter(8 * 1024 * 1024);
  readonly #writer: ParquetWriter;
  readonly #ticker: string;
  #waiting: BarColumns[] = [];
  #count = 0;

  constructor(path: string, ticker: string) {
    this.#file = new OutputFile(path);
    this.#ticker = ticker;
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [...SCHEMA],
      codec: 'ZSTD',
      compressors: { ZSTD: (bytes) => zstdCompressSync(bytes, ZSTD) },
      createdBy: 'Hindsight',
    });
  }

  write(bars: BarColumns): void {
    this.#waiting.push(bars);
    this.#count += bars.length;
    if (this.#count >= ROW_GROUP) this.#writeGroup();
  }

  finish(): number {
    if (this.#count > 0) this.#writeGroup();
    this.#writer.finish();
    this.#flush();
    return this.#file.finish();
  }

  close(): void {
    this.#file.close();
  }

  #writeGroup(): void {
    const length = this.#count;
    const column = (name: (typeof REQUIRED)[number] | (typeof OPTIONAL)[number] | 'time') => {
      const joined = new Float64Array(length);
      let at = 0;
      for (const bars of this.#waiting) {
        const part = bars[name];
        if (part === null) joined.fill(Number.NaN, at, at + bars.length);
        else joined.set(part, at);
        at += bars.length;
      }
      return joined;
    };
    const optional = (name: (typeof OPTIONAL)[number]): ColumnSource => ({
      name,
      data: Array.from(column(name), (value) => (Number.isNaN(value) ? null : value)),
    });
    const [trades, volume, vwap, twap] = OPTIONAL.map(optional);
    void this.#writer.write({
      columnData: [
        { name: 'bucket', data: BigInt64Array.from(column('time'), BigInt), encoding: 'DELTA_BINARY_PACKED' },
        { name: 'ticker', data: new Array<string>(length).fill(this.#ticker) },
        trades!,
        ...REQUIRED.map((name) => ({ name, data: column(name) })),
        volume!,
        vwap!,
        twap!,
      ],
      rowGroupSize: length,
    });
    this.#waiting = [];
    this.#count = 0;
    this.#flush();
  }

  /** The writer counts its offset on; its memory begins again. */
  #flush(): void {
    this.#file.write(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}
