import { AppError } from '../../../shared/contract/errors.ts';
import type { ImportOptions, PlanOverrides, ReadingPlan } from '../../../shared/contract/schemas.ts';
import { BarLineReader } from '../../../shared/import/bar-line.ts';
import type { Span } from '../../../shared/import/line-fields.ts';
import { LinePicker } from '../../../shared/import/line-picker.ts';
import type { TickerTable } from '../../../shared/import/ticker-table.ts';
import { intervalMilliseconds } from '../../../shared/market/bar-interval.ts';
import type { RejectList } from '../reject-list.ts';
import { type PlanMemory, type PlannedEntry, planEntry, refuseOpenQuestions } from './entry-plan.ts';
import { openFile, type SourceFile } from './open-file.ts';
import { readEntry } from './read-entry.ts';

export interface ReadBarsInput {
  readonly file: SourceFile;
  readonly options: ImportOptions;
  readonly memory: PlanMemory;
  readonly rejects: RejectList;
  /** Where bars go whose interval is given for certain, or likely. */
  readonly table: (interval: {
    readonly given: number | null;
    readonly likely: number | null;
  }) => TickerTable;
  readonly onRead: (done: number, total: number) => void;
  /** Called between pieces; reading goes on when it settles. */
  readonly afterPiece: () => Promise<void> | undefined;
}

export interface ReadBars {
  readonly sha256: string;
  readonly bytes: number;
  readonly linesRead: number;
  /** Of the first file in an archive; its ticker is null where each file has its own. */
  readonly plan: ReadingPlan;
  readonly fingerprint: string;
  readonly warnings: readonly string[];
}

const SHOWN_NAMES = 5;
/** So many faults without a single good line, and the rest is not worth reading. */
const HOPELESS_FAULTS = 500_000;

/** Reads all bars of a file, of all files in an archive, as their plans say. Throws AppErrors that name file and place. */
export async function readBars(input: ReadBarsInput): Promise<ReadBars> {
  const { file, rejects } = input;
  const opened = await openFile(file, input.onRead);
  try {
    let first: PlannedEntry | null = null;
    let refusal: unknown = null;
    let entries = 0;
    let tickers = new Set<string | null>();
    let lineBase = 0;
    let linesRead = 0;
    const warnings: string[] = [];
    const skipped: string[] = [];
    for await (const entry of opened.entries()) {
      let planned: PlannedEntry;
      try {
        planned = await planEntry(entry, file.name, input.options, input.memory);
      } catch (thrown) {
        // Archives hold notes and tables of other things beside bars.
        if (!entry.isOneOfMany || !(thrown instanceof AppError && thrown.code === 'file-format'))
          throw thrown;
        refusal ??= thrown;
        skipped.push(`${entry.inArchive} (${thrown.message})`);
        continue;
      }
      try {
        refuseOpenQuestions(planned);
      } catch (thrown) {
        planned.close();
        throw thrown;
      }
      entries++;
      first ??= planned;
      tickers = tickers.add(planned.plan.ticker);
      rejects.begin(planned.plan, lineBase, entry.isOneOfMany ? entry.inArchive : null);
      const reader = readerOf(planned, input);
      const before = rejects.count;
      lineBase = await readEntry(planned, reader, lineBase, () => {
        refuseHopeless(file.name, reader.linesRead, rejects, before);
        return input.afterPiece();
      });
      linesRead += reader.linesRead;
      warnings.push(...warningsOf(planned).filter((warning) => !warnings.includes(warning)));
    }
    if (first === null) throw refusal ?? empty(file.name);
    if (linesRead === 0) throw withoutRows(first);
    if (skipped.length > 0) warnings.push(`skipped-files: ${listed(skipped)}`);
    const { plan, fingerprint } = first;
    return {
      sha256: await opened.sha256(),
      bytes: opened.bytes,
      linesRead,
      plan: entries > 1 && tickers.size > 1 ? { ...plan, ticker: null } : plan,
      fingerprint,
      warnings,
    };
  } finally {
    await opened.close();
  }
}

/** Hands out lines of a file once more, by their numbers in ascending order. */
export async function pickLines(
  input: Pick<ReadBarsInput, 'file' | 'options' | 'memory'>,
  wanted: Uint32Array,
  onLine: (line: number, whole: Span) => void,
): Promise<void> {
  if (wanted.length === 0) return;
  const opened = await openFile(input.file);
  try {
    let lineBase = 0;
    for await (const entry of opened.entries()) {
      let planned: PlannedEntry;
      try {
        planned = await planEntry(entry, input.file.name, input.options, input.memory);
      } catch (thrown) {
        if (!entry.isOneOfMany || !(thrown instanceof AppError && thrown.code === 'file-format'))
          throw thrown;
        continue;
      }
      const picker = new LinePicker(planned.plan.columns.length, wanted, onLine);
      lineBase = await readEntry(planned, picker, lineBase);
    }
  } finally {
    await opened.close();
  }
}

/** What the user said of a file, for the next one of its layout; null where that was nothing. Tickers and intervals differ. */
export function worthRemembering(
  { plan: given, map }: ImportOptions,
  plan: ReadingPlan,
): PlanOverrides | null {
  const { ticker: _ticker, every: _every, format: _format, ...said } = given;
  const isMapped = Object.keys(map).length > 0;
  if (Object.keys(said).length === 0 && !isMapped) return null;
  return { ...said, ...(isMapped ? { columns: plan.columns } : {}) };
}

function readerOf(planned: PlannedEntry, { options, rejects, table }: ReadBarsInput): BarLineReader {
  const { plan, guesses, name, fileDay } = planned;
  const certainty = guesses.find(({ field }) => field === 'every')?.certainty;
  const interval = plan.every === null ? null : intervalMilliseconds(plan.every);
  const isGiven = certainty === 'given';
  const tickers = table({ given: isGiven ? interval : null, likely: isGiven ? null : interval });
  return new BarLineReader(plan, { fileName: name, zeroBars: options.zeroBars, fileDay }, tickers, rejects);
}

function warningsOf({ plan, head }: PlannedEntry): string[] {
  const ignored = plan.columns.filter(
    ({ name, role }) => role === 'ignore' && name !== '' && head.names !== null && !/^rejected /.test(name),
  );
  return ignored.length === 0 ? [] : [`ignored-columns: ${ignored.map(({ name }) => name).join(', ')}`];
}

function refuseHopeless(file: string, linesRead: number, rejects: RejectList, before: number): void {
  const faults = rejects.count - rejects.emptyMinutes;
  if (faults < HOPELESS_FAULTS || rejects.count - before < linesRead) return;
  throw nothingUsable(file, linesRead, rejects);
}

/** About a file of which no line is a bar. */
export function nothingUsable(file: string, linesRead: number, rejects: RejectList): AppError {
  const { reason, examples } = rejects.groups()[0]!;
  const example = examples[0]!;
  const isConflict = reason === 'conflicts-with-library';
  return new AppError('file-format', `None of the ${linesRead} lines can be imported: ${rejects.inWords()}`, {
    file,
    line: example.line,
    ...(example.column === null ? {} : { field: example.column }),
    hint: isConflict
      ? 'To put the file’s values in the place of the library’s, import it with conflicts replaced (--replace).'
      : `The first of them reads: ${example.text}`,
  });
}

const empty = (file: string) =>
  new AppError('file-format', 'The archive holds no files', { file, hint: 'Download it again.' });

const withoutRows = ({ name, plan }: PlannedEntry) =>
  new AppError('file-format', `The file has ${plan.hasHeading ? 'a heading but ' : ''}no data rows`, {
    file: name,
    line: Math.max(1, plan.skip),
    hint: 'Export it again with bars in it.',
  });

const listed = (names: readonly string[]) =>
  names.length <= SHOWN_NAMES
    ? names.join(', ')
    : `${names.slice(0, SHOWN_NAMES).join(', ')} and ${names.length - SHOWN_NAMES} more`;
