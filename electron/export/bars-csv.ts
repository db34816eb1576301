import { constants, gzipSync } from 'node:zlib';
import { textCell } from '../../shared/export/csv-cell.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { type BarSink, OutputFile } from './bar-sink.ts';
import { LONGEST_NUMBER, NumberWriter, writeSmall } from './number-bytes.ts';

const HEADING = 'bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n';
const NUMBERS = ['trades', 'open', 'high', 'low', 'close', 'volume', 'vwap', 'twap'] as const;
const PIECE_BYTES = 4 * 1024 * 1024;
const TIME_BYTES = 24;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const COLON = 0x3a;
const BLANK = 0x20;
const DAY = 86_400_000;

/**
 * Bars as CSV of the bar schema, in UTC: the import reads back the same bars. With `gzip` every piece is a member of its own;
 * all of them are one gzip file.
 */
export class CsvBars implements BarSink {
  readonly #file: OutputFile;
  readonly #gzip: boolean;
  readonly #ticker: Uint8Array;
  readonly #numbers = NUMBERS.map(() => new NumberWriter());
  readonly #piece = Buffer.alloc(PIECE_BYTES);
  readonly #longestLine: number;
  #day = Number.NaN;
  #dayText: Uint8Array = new Uint8Array(0);
  #used: number;

  constructor(path: string, ticker: string, gzip: boolean) {
    this.#file = new OutputFile(path);
    this.#gzip = gzip;
    this.#ticker = Buffer.from(`,${textCell(ticker)}`);
    this.#longestLine = TIME_BYTES + this.#ticker.length + NUMBERS.length * (1 + LONGEST_NUMBER);
    this.#used = this.#piece.write(HEADING);
  }

  write(bars: BarColumns): void {
    const piece = this.#piece;
    const columns = NUMBERS.map((name) => bars[name]);
    for (let bar = 0; bar < bars.length; bar++) {
      if (this.#used + this.#longestLine > PIECE_BYTES) this.#flush();
      let at = this.#writeTime(bars.time[bar]!);
      piece.set(this.#ticker, at);
      at += this.#ticker.length;
      for (let index = 0; index < columns.length; index++) {
        piece[at++] = COMMA;
        const value = columns[index]?.[bar] ?? Number.NaN;
        if (!Number.isNaN(value)) at = this.#numbers[index]!.write(piece, at, value);
      }
      piece[at++] = NEWLINE;
      this.#used = at;
    }
  }

  finish(): number {
    this.#flush();
    return this.#file.finish();
  }

  close(): void {
    this.#file.close();
  }

  /** `2024-07-01 07:31:00`, with milliseconds where there are any. */
  #writeTime(time: number): number {
    const piece = this.#piece;
    const day = Math.floor(time / DAY);
    if (day !== this.#day) {
      this.#day = day;
      this.#dayText = Buffer.from(new Date(day * DAY).toISOString().replace(/T.*/, ''));
    }
    piece.set(this.#dayText, this.#used);
    const milliseconds = time - day * DAY;
    const seconds = Math.floor(milliseconds / 1000);
    let at = this.#used + this.#dayText.length;
    piece[at++] = BLANK;
    at = writeSmall(piece, at, (seconds / 3600) | 0, 2);
    piece[at++] = COLON;
    at = writeSmall(piece, at, ((seconds / 60) | 0) % 60, 2);
    piece[at++] = COLON;
    at = writeSmall(piece, at, seconds % 60, 2);
    if (milliseconds % 1000 === 0) return at;
    piece[at++] = 0x2e;
    return writeSmall(piece, at, milliseconds % 1000, 3);
  }

  #flush(): void {
    if (this.#used === 0) return;
    const text = this.#piece.subarray(0, this.#used);
    this.#file.write(this.#gzip ? gzipSync(text, { level: constants.Z_BEST_SPEED }) : text);
    this.#used = 0;
  }
}
