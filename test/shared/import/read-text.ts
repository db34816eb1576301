import type { Guess, PlanOverrides, ReadingPlan } from '../../../shared/contract/schemas.ts';
import { BarLineReader } from '../../../shared/import/bar-line.ts';
import { BarText } from '../../../shared/import/bar-text.ts';
import { detectPlan } from '../../../shared/import/detect/detect-plan.ts';
import { readFileHead } from '../../../shared/import/detect/file-head.ts';
import { JsonLineReader, JsonRows } from '../../../shared/import/json-reader.ts';
import { TickerTable } from '../../../shared/import/ticker-table.ts';
import { dayInName } from '../../../shared/import/time-reader.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';

export interface Rejected {
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly text: string;
}

export interface ReadTextOptions {
  readonly fileName?: string;
  readonly given?: PlanOverrides;
  readonly map?: Readonly<Record<string, string>>;
  readonly remembered?: PlanOverrides | null;
  readonly tickerFromName?: boolean;
  readonly zeroBars?: 'drop' | 'reject-file';
}

export const bytesOf = (text: string | Uint8Array) =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text;

/** How a text is to be read. */
export function planOf(
  text: string | Uint8Array,
  options: ReadTextOptions = {},
): { plan: ReadingPlan; guesses: readonly Guess[] } {
  return planned(bytesOf(text), options);
}

function planned(bytes: Uint8Array, options: ReadTextOptions) {
  const { fileName = 'test.csv', given = {}, map = {}, remembered = null, tickerFromName = false } = options;
  const head = readFileHead({ fileName, bytes, isWhole: true, given: { ...remembered, ...given } });
  const fileDay = dayInName(fileName);
  const detection = detectPlan({
    fileName,
    fileDay,
    head: head.table,
    given,
    map,
    remembered,
    tickerFromName,
  });
  return { ...head, ...detection, fileName, fileDay };
}

/** The guess about one thing: its certainty and value. */
export function guessed(guesses: readonly Guess[], field: Guess['field']): string {
  const found = guesses.find((guess) => guess.field === field);
  return found === undefined ? 'nothing' : `${found.certainty}: ${found.value}`;
}

/** Reads text as its plan says, in pieces of `piece` bytes; everything in plain values, for assertions. */
export function readText(text: string | Uint8Array, options: ReadTextOptions = {}, piece = 1 << 20) {
  const bytes = bytesOf(text);
  const { plan, guesses, json, mark, fileName, fileDay } = planned(bytes, options);
  return { guesses, ...readPlanned(bytes, plan, { json, mark, fileName, fileDay, piece, ...options }) };
}

export function readPlanned(
  bytes: Uint8Array,
  plan: ReadingPlan,
  {
    json = null,
    mark = 0,
    fileName = 'test.csv',
    fileDay = Number.NaN,
    piece = 1 << 20,
    zeroBars = 'drop',
  }: Partial<Pick<ReturnType<typeof readFileHead>, 'json' | 'mark'>> & {
    readonly fileName?: string;
    readonly fileDay?: number;
    readonly piece?: number;
    readonly zeroBars?: 'drop' | 'reject-file';
  } = {},
) {
  const rejects: Rejected[] = [];
  const tickers = new TickerTable();
  const reader = new BarLineReader(plan, { fileName, zeroBars, fileDay }, tickers, {
    add: (line, column, reason, { bytes: own, start, end }) => {
      rejects.push({ line, column, reason, text: new TextDecoder().decode(own.subarray(start, end)) });
    },
  });
  const names = plan.columns.map(({ name }) => name);
  const rows =
    json?.kind === 'document'
      ? new JsonRows(reader, { fileName, names, shape: json, lineBase: 0 }, mark)
      : new BarText(json === null ? reader : new JsonLineReader(reader, names), {
          fileName,
          skip: plan.skip,
          mark,
          lineBase: 0,
        });
  for (let at = 0; at < bytes.length; at += piece) rows.push(bytes.subarray(at, at + piece));
  rows.finish();
  const bars: Record<string, BarColumns> = {};
  let accepted = 0;
  for (const [ticker, collected] of tickers.bars) {
    if (collected.length === 0) continue;
    bars[ticker] = collected.view().bars;
    accepted += collected.length;
  }
  return { plan, linesRead: reader.linesRead, accepted, bars, rejects };
}
