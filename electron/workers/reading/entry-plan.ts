import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Guess, ImportOptions, PlanOverrides, ReadingPlan } from '../../../shared/contract/schemas.ts';
import { REJECTS_LAYOUT } from '../../../shared/import/bar-line.ts';
import { detectPlan } from '../../../shared/import/detect/detect-plan.ts';
import { readFileHead } from '../../../shared/import/detect/file-head.ts';
import type { JsonShape } from '../../../shared/import/detect/json-head.ts';
import { layoutOf, type TableHead } from '../../../shared/import/detect/table-head.ts';
import { dayInName } from '../../../shared/import/time-reader.ts';
import type { Entry } from './open-file.ts';
import { ParquetThread } from './parquet-thread.ts';
import { asUtf8, Peekable } from './pieces.ts';

/** What the library knows of how files were read. */
export interface PlanMemory {
  /** What the user said about files of a layout. */
  remembered(fingerprint: string): PlanOverrides | null;
  /** How the file of an import was read. */
  planOf(importId: string): ReadingPlan | null;
}

/** A file of bars whose reading is settled, before its bars are read. */
export interface PlannedEntry {
  /** For messages, and what ticker and day are told from. */
  readonly name: string;
  readonly plan: ReadingPlan;
  readonly guesses: readonly Guess[];
  readonly fingerprint: string;
  readonly fileDay: number;
  readonly json: JsonShape | null;
  /** Length of the byte-order mark. */
  readonly mark: number;
  /** Lines ahead of the head's rows, for people. */
  readonly head: TableHead;
  /** All of the text, head included, as UTF-8; lines made of the rows of Parquet. To be read once. */
  readonly text: Peekable;
  /** Lets go of what decodes it; needless once all of the text was read. */
  readonly close: () => void;
}

/** Enough to see some days of minute bars. */
export const HEAD_BYTES = 256 * 1024;
const HEAD_ROWS = 4_000;
/** Columns ahead of the original ones in a list of rejected lines. */
export const REJECT_COLUMNS = ['rejected line', 'rejected column', 'rejected because'] as const;

/** Finds out how an entry is to be read. Throws file-format where it is no bars, bad-request where options do not fit. */
export async function planEntry(
  entry: Entry,
  fileName: string,
  options: ImportOptions,
  memory: PlanMemory,
): Promise<PlannedEntry> {
  const name = entry.inArchive === null ? fileName : `${fileName}/${entry.inArchive}`;
  const given = givenPlan(options);
  const { content } = entry;
  if (content.kind === 'parquet') {
    const thread = new ParquetThread(name);
    try {
      const head = await thread.head(content.source, HEAD_ROWS);
      const text = new Peekable(thread.lines(content.onShare));
      return {
        ...planned(head, { name, given, options, memory }),
        json: null,
        mark: 0,
        text,
        close: () => thread.close(),
      };
    } catch (thrown) {
      thread.close();
      throw thrown;
    }
  }
  const text = new Peekable(asUtf8(content.pieces));
  const { bytes, isWhole } = await text.peek(HEAD_BYTES);
  const plain = readFileHead({ fileName: name, bytes, isWhole, given: {} });
  const remembered = memory.remembered(fingerprintOf(plain.table));
  const said = { ...remembered, ...given };
  const isSaid = said.delimiter !== undefined || said.hasHeading !== undefined || said.skip !== undefined;
  const { table, json, mark } = isSaid
    ? readFileHead({ fileName: name, bytes, isWhole, given: said })
    : plain;
  return {
    ...planned(table, { name, given, options, memory }, plain.table),
    json,
    mark,
    text,
    close: () => {},
  };
}

interface Planning {
  readonly name: string;
  readonly given: PlanOverrides;
  readonly options: ImportOptions;
  readonly memory: PlanMemory;
}

function planned(head: TableHead, { name, given, options, memory }: Planning, plain = head) {
  const fingerprint = fingerprintOf(plain);
  const fileDay = dayInName(name.slice(name.lastIndexOf('/') + 1));
  const { plan, guesses } = detectPlan({
    fileName: name,
    fileDay,
    head,
    given,
    map: options.map,
    tickerFromName: options.tickerFromName,
    remembered: planOfRejects(head, memory) ?? memory.remembered(fingerprint),
  });
  return { name, plan, guesses, fingerprint, fileDay, head };
}

/** The options of before plans, and the plan, as one. */
function givenPlan({ ticker, every, plan }: ImportOptions): PlanOverrides {
  return { ...plan, ...(ticker === null ? {} : { ticker }), ...(every === null ? {} : { every }) };
}

export const fingerprintOf = (head: TableHead) => createHash('sha256').update(layoutOf(head)).digest('hex');

/** A list of rejected lines is read as the file that they come from was. */
function planOfRejects(head: TableHead, memory: PlanMemory): PlanOverrides | null {
  const importId = /^rejected line@([\w-]+)$/.exec(head.names?.[0] ?? '')?.[1];
  const plan = importId === undefined ? null : memory.planOf(importId);
  if (plan === null) return null;
  const { columns, decimalMark, timeFormat, dateOrder, zone, stamp, every, ticker, priceDivisor } = plan;
  const own = REJECT_COLUMNS.map((column) => ({ name: column, role: 'ignore' as const }));
  return {
    ...{
      layout: REJECTS_LAYOUT,
      columns: [...own, ...columns],
      decimalMark,
      timeFormat,
      dateOrder,
      zone,
      stamp,
      every,
    },
    ...(ticker === null ? {} : { ticker }),
    priceDivisor,
  };
}

const OPTION_OF: Readonly<Record<Guess['field'], string>> = {
  layout: '--layout',
  format: '--layout',
  delimiter: '--delimiter',
  decimalMark: '--decimal',
  hasHeading: '--heading',
  columns: '--map',
  timeFormat: '--time-format',
  dateOrder: '--date-order',
  zone: '--tz',
  stamp: '--stamp',
  every: '--every',
  ticker: '--ticker',
  priceDivisor: '--price-divisor',
};
const QUESTION_OF: Readonly<Partial<Record<Guess['field'], string>>> = {
  decimalMark: 'whether a comma is the decimal mark',
  columns: 'what the columns are',
  timeFormat: 'how times are written',
  dateOrder: 'whether the day or the month comes first',
  zone: 'which time zone the times are in',
  ticker: 'which ticker the bars are of',
};
/** How the terminal spells the values that its options take. */
const SPELLED: Readonly<Record<string, string>> = {
  'day, month, year': 'dmy',
  'month, day, year': 'mdy',
  'year, month, day': 'ymd',
  comma: ',',
  point: '.',
};

/** Throws bad-request for a plan that rests on a guess which the user must confirm, naming what answers it. */
export function refuseOpenQuestions({ name, guesses, plan }: PlannedEntry): void {
  const open = guesses.filter(({ certainty }) => certainty === 'ask');
  const first = open[0];
  if (first === undefined) return;
  const asked = open.map(({ field, why }) => `${QUESTION_OF[field] ?? field} (${why})`).join('; and ');
  const answers = open.map(({ field, value }) => {
    if (field === 'columns') return `--map ${mappingOf(plan)}`;
    return `${OPTION_OF[field]} ${value === '' ? 'NAME' : (SPELLED[value] ?? value)}`;
  });
  throw new AppError('bad-request', `The file does not tell ${asked}`, {
    file: name,
    field: first.field,
    hint: `Look at the preview; to import it as suggested, say ${answers.join(' ')}.`,
  });
}

const mappingOf = ({ columns }: ReadingPlan) =>
  columns
    .filter(({ role }) => role !== 'ignore')
    .map(({ name, role }) => `${name}=${role}`)
    .join(',');
