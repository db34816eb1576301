import { AppError, toPlainError } from '../../shared/contract/errors.ts';
import type { Guess, ImportPreview, PreviewLine, ReadingPlan } from '../../shared/contract/schemas.ts';
import { BarLineReader, type RowReader } from '../../shared/import/bar-line.ts';
import type { LineReader } from '../../shared/import/bar-text.ts';
import type { LineFields, Span } from '../../shared/import/line-fields.ts';
import type { RejectReason } from '../../shared/import/reject-reason.ts';
import { TickerTable } from '../../shared/import/ticker-table.ts';
import { utf8Text } from '../../shared/import/utf8.ts';
import { HEAD_BYTES, type PlanMemory, type PlannedEntry, planEntry } from './reading/entry-plan.ts';
import { openFile } from './reading/open-file.ts';
import { rowsOf } from './reading/read-entry.ts';
import type { ImportInput } from './tasks.ts';

const SHOWN_LINES = 50;
const LONGEST_RAW = 400;
const MOST_NAMES = 1_000;

/**
 * The head of a file: how it would be read, why, and what its first lines become. Reads no more than that, whatever the
 * size; nothing is stored. What is wrong with the file as a whole is told in `problem`; only a file that cannot be opened
 * throws.
 */
export async function previewFile(
  { path, fileName, options }: ImportInput,
  memory: PlanMemory,
): Promise<ImportPreview> {
  const opened = await openFile({ path, name: fileName });
  const { bytes } = opened;
  const base = { file: fileName, bytes, entries: opened.names.slice(0, MOST_NAMES) };
  const entries = opened.entries()[Symbol.asyncIterator]();
  try {
    let problem: unknown = null;
    for (let next = await entries.next(); next.done !== true; next = await entries.next()) {
      const entry = next.value;
      try {
        const planned = await planEntry(entry, fileName, options, memory);
        const { plan, guesses } = planned;
        const lines = await firstLines(planned, options.zeroBars).finally(planned.close);
        return {
          ...base,
          entries: withFirst(base.entries, entry.inArchive ?? fileName),
          plan,
          guesses: [formatGuess(plan), ...guesses],
          lines,
          problem: null,
        };
      } catch (thrown) {
        problem ??= thrown;
        const isPassable = entry.isOneOfMany && thrown instanceof AppError && thrown.code === 'file-format';
        if (!isPassable) throw problem;
      }
    }
    throw problem ?? new AppError('file-format', 'The archive holds no files', { file: fileName });
  } catch (thrown) {
    const names = base.entries.length === 0 ? [fileName] : base.entries;
    return { ...base, entries: names, plan: null, guesses: [], lines: [], problem: toPlainError(thrown) };
  } finally {
    await entries.return?.();
    await opened.close();
  }
}

function withFirst(names: readonly string[], first: string): string[] {
  return [first, ...names.filter((name) => name !== first)];
}

const FORMAT_WORDS = { csv: 'lines of fields', json: 'JSON', parquet: 'Parquet' } as const;

const formatGuess = ({ format }: ReadingPlan): Guess => ({
  field: 'format',
  value: FORMAT_WORDS[format],
  why: 'its first bytes say so',
  certainty: 'sure',
});

/** Reads the first lines as the import would, and notes what became of each. */
async function firstLines(planned: PlannedEntry, zeroBars: 'drop' | 'reject-file'): Promise<PreviewLine[]> {
  const { bytes, isWhole } = await planned.text.peek(HEAD_BYTES);
  const witness = new Witness(planned, zeroBars);
  const rows = rowsOf(planned, witness, 0);
  try {
    rows.push(bytes);
    if (isWhole) rows.finish();
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown;
  }
  const skipped = planned.json === null ? skippedLines(bytes, planned) : [];
  return [...skipped, ...witness.lines].slice(0, SHOWN_LINES);
}

/** Thrown when enough was seen. */
const ENOUGH = new Error('enough lines were read');

/** Hands each line to a reader and looks at what that did with it. */
class Witness implements LineReader, RowReader {
  readonly lines: PreviewLine[] = [];
  linesRead = 0;
  readonly #reader: BarLineReader;
  readonly #tickers = new TickerTable();
  readonly #lengths = new Map<string, number>();
  #reject: { reason: RejectReason; whole: Span } | null = null;

  constructor({ plan: planned, name, fileDay }: PlannedEntry, zeroBars: 'drop' | 'reject-file') {
    // The bars are worth seeing before anyone has said whose they are.
    const plan = { ...planned, ticker: planned.ticker ?? '' };
    this.#reader = new BarLineReader(plan, { fileName: name, zeroBars, fileDay }, this.#tickers, {
      add: (_line, _column, reason, _field, whole) => {
        this.#reject = { reason, whole };
      },
    });
  }

  get fields(): LineFields {
    return this.#reader.fields;
  }

  readNext(bytes: Uint8Array, start: number, line: number): number {
    const before = this.#reader.linesRead;
    const next = this.#reader.readNext(bytes, start, line);
    if (this.#reader.linesRead > before) this.#note(line, bytes, start, next - 1);
    return next;
  }

  readFields(line: number, bytes: Uint8Array, start: number, end: number): void {
    this.#reader.readFields(line, bytes, start, end);
    this.#note(line, bytes, start, end);
  }

  reject(
    line: number,
    column: string | null,
    reason: RejectReason,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#reader.reject(line, column, reason, bytes, start, end);
    this.#note(line, bytes, start, end);
  }

  #note(line: number, bytes: Uint8Array, start: number, end: number): void {
    this.lines.push({
      line,
      raw: cut(utf8Text(bytes, start, end)),
      bar: this.#reject === null ? this.#newBar() : null,
      reject: this.#reject?.reason ?? null,
    });
    this.#reject = null;
    if (this.lines.length === SHOWN_LINES) throw ENOUGH;
  }

  #newBar(): PreviewLine['bar'] {
    for (const [ticker, collected] of this.#tickers.bars) {
      if (collected.length === (this.#lengths.get(ticker) ?? 0)) continue;
      this.#lengths.set(ticker, collected.length);
      const { bars } = collected.view();
      const at = bars.length - 1;
      const orNull = (column: Float64Array | null) => {
        const value = column?.[at] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      };
      const { time, open, high, low, close } = bars;
      return {
        ticker,
        time: time[at]!,
        ...{ open: open[at]!, high: high[at]!, low: low[at]!, close: close[at]! },
        volume: orNull(bars.volume),
        trades: orNull(bars.trades),
        vwap: orNull(bars.vwap),
        twap: orNull(bars.twap),
      };
    }
    return null;
  }
}

/** The heading and what stands above it. */
function skippedLines(bytes: Uint8Array, { plan, mark }: PlannedEntry): PreviewLine[] {
  if (plan.format !== 'csv') return [];
  const lines = utf8Text(bytes, mark, Math.min(bytes.length, HEAD_BYTES)).split('\n').slice(0, plan.skip);
  return lines.map((raw, index) => ({ line: index + 1, raw: cut(raw), bar: null, reject: null }));
}

function cut(raw: string): string {
  const line = raw.replace(/\r$/, '');
  return line.length > LONGEST_RAW ? `${line.slice(0, LONGEST_RAW - 1)}…` : line;
}
