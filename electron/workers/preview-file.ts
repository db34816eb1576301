import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { toPlainError } from '../../shared/contract/errors.ts';
import type {
  ImportOptions,
  ImportPreview,
  PreviewLine,
  ReadingPlan,
} from '../../shared/contract/schemas.ts';
import { BarLineReader } from '../../shared/import/bar-line.ts';
import { CSV_COLUMNS, readCsvLayout } from '../../shared/import/csv-layout.ts';
import { containerOf } from '../../shared/import/file-kind.ts';
import { utf8Text } from '../../shared/import/utf8.ts';

const HEAD_BYTES = 256 * 1024;
const SHOWN_LINES = 50;
const LONGEST_RAW = 400;

/** The head of a file and what its lines become; the library is not touched. */
export async function previewFile(input: {
  readonly path: string;
  readonly fileName: string;
  readonly options: ImportOptions;
}): Promise<ImportPreview> {
  const { path, fileName, options } = input;
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    let head: Uint8Array = buffer.subarray(0, bytesRead);
    if (containerOf(head) === 'gzip') head = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
    const preview = { file: fileName, bytes: size, entries: [fileName], guesses: [], lines: [] };
    try {
      return { ...preview, ...linesOf(head.subarray(0, HEAD_BYTES), fileName, options), problem: null };
    } catch (thrown) {
      return { ...preview, plan: null, problem: toPlainError(thrown) };
    }
  } finally {
    await handle.close();
  }
}

function linesOf(head: Uint8Array, fileName: string, options: ImportOptions) {
  const text = utf8Text(head).split('\n');
  const layout = readCsvLayout({
    fileName,
    ticker: options.ticker,
    map: options.map,
    heading: text[0] ?? '',
    headingLine: 1,
    sample: text.slice(1, 200),
  });
  const delimiter = String.fromCharCode(layout.delimiter) as ReadingPlan['delimiter'];
  const names = (text[0] ?? '').trim().split(delimiter);
  const roles = names.map((_, index) => CSV_COLUMNS.find((column) => layout.position[column] === index));
  const plan: ReadingPlan = {
    layout: 'hindsight',
    format: 'csv',
    delimiter,
    decimalMark: layout.decimalMark === 0x2c ? ',' : '.',
    hasHeading: true,
    skip: 1,
    columns: names.map((name, index) => {
      const role = roles[index];
      return { name, role: role === undefined ? 'ignore' : role === 'bucket' ? 'time' : role };
    }),
    timeFormat: 'text',
    dateOrder: 'ymd',
    zone: 'UTC',
    stamp: 'start',
    every: options.every as ReadingPlan['every'],
    ticker: options.ticker,
    priceDivisor: 1,
  };
  const lines: PreviewLine[] = [{ line: 1, raw: cut(text[0] ?? ''), bar: null, reject: null }];
  let reject: string | null = null;
  const reader = new BarLineReader(
    layout,
    { fileName, ...options },
    { add: (...[, , reason]) => (reject = reason) },
  );
  for (let line = 2; line <= Math.min(SHOWN_LINES, text.length - 1); line++) {
    const raw = (text[line - 1] ?? '').replace(/\r$/, '');
    if (raw.trim() === '') continue;
    const bytes = new TextEncoder().encode(raw);
    const before = new Map([...reader.tickers.bars].map(([ticker, bars]) => [ticker, bars.length]));
    reject = null;
    reader.read(line, bytes, 0, bytes.length);
    let bar: PreviewLine['bar'] = null;
    for (const [ticker, collected] of reader.tickers.bars) {
      if (collected.length === (before.get(ticker) ?? 0)) continue;
      const bars = collected.view();
      const at = collected.length - 1;
      const orNull = (column: Float64Array | null) => {
        const value = column?.[at] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      };
      bar = {
        ticker,
        time: bars.time[at]!,
        open: bars.open[at]!,
        high: bars.high[at]!,
        low: bars.low[at]!,
        close: bars.close[at]!,
        volume: orNull(bars.volume),
        trades: orNull(bars.trades),
        vwap: orNull(bars.vwap),
        twap: orNull(bars.twap),
      };
    }
    lines.push({ line, raw: cut(raw), bar, reject });
  }
  return { plan, lines };
}

const cut = (raw: string) => (raw.length > LONGEST_RAW ? `${raw.slice(0, LONGEST_RAW - 1)}…` : raw);
