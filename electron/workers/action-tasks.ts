import { AppError } from '../../shared/contract/errors.ts';
import type { ActionImport, ActionInput } from '../../shared/contract/schemas.ts';
import { type ActionFile, readActionFile } from '../../shared/market/action-file.ts';
import { isTicker } from '../../shared/market/ticker.ts';
import type { ActionStore } from '../store/action-store.ts';
import { readTextFile } from './read-text-file.ts';

export interface ActionFileInput {
  readonly path: string;
  readonly fileName: string;
  readonly ticker: string | null;
}

/** A file of actions as what the writer adds, with what is to be said about its other lines. */
export interface PreparedActions {
  readonly inputs: readonly (ActionInput & { readonly line: number })[];
  readonly report: Omit<ActionImport, 'added' | 'unchanged' | 'ids'>;
}

/** Larger tables of actions than this are not tables of actions. */
const LARGEST_BYTES = 64e6;

/** Reads a file of actions; `knownSplits` gives those that the library holds of a ticker. Throws as readActionFile does. */
export async function prepareActions(
  { path, fileName, ticker }: ActionFileInput,
  knownSplits: (ticker: string) => readonly { at: number; ratio: number | null }[],
): Promise<PreparedActions> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  await readTextFile(
    { path, name: fileName },
    () => {},
    (piece) => {
      bytes += piece.length;
      if (bytes > LARGEST_BYTES) {
        throw new AppError('file-format', 'The file is too large for a table of actions', {
          file: fileName,
          hint: 'Files of bars are imported as bars.',
        });
      }
      pieces.push(Buffer.from(piece));
    },
  );
  const named = ticker ?? tickerOf(fileName);
  const file = readActionFile(Buffer.concat(pieces).toString('utf8'), fileName, named);
  const warnings: string[] = [];
  const inputs = inUnitsOfThen(file, knownSplits, warnings).map(
    ({ line, note, at, ticker: name, ...action }) => ({
      line,
      ticker: name,
      at,
      kind: action.kind,
      ratio: action.kind === 'split' ? action.ratio : null,
      amount: action.kind === 'dividend' ? action.amount : null,
      source: fileName,
      note,
    }),
  );
  return {
    inputs,
    report: {
      file: fileName,
      layout: file.layout,
      linesRead: file.linesRead,
      tickers: new Set(inputs.map((input) => input.ticker)).size,
      rejects: [...file.rejects],
      warnings,
    },
  };
}

/** Writes them down; splits that contradict the table become rejects of their lines. */
export function commitActions(store: ActionStore, { inputs, report }: PreparedActions): ActionImport {
  const { ids, unchanged, conflicts } = store.add(inputs.map(({ line: _, ...input }) => input));
  const contradicted = conflicts.map(({ index, held }) => {
    const { line, ticker, at, ratio } = inputs[index]!;
    const day = new Date(at).toISOString().slice(0, 10);
    return {
      line,
      field: 'ratio',
      reason: `the table has ${held} on ${day}; it stays`,
      text: `${ticker} ${day} ${ratio}`,
    };
  });
  const rejects = [...report.rejects, ...contradicted].sort((a, b) => a.line - b.line);
  return { ...report, rejects, added: ids.length, unchanged, ids };
}

/** `AAPL.csv`, `AAPL_dividends.csv`, `AAPL (1).csv`. */
function tickerOf(fileName: string): string | null {
  const stem = fileName.replace(/(\.(csv|txt|tsv|gz))+$/i, '');
  const name = stem.replace(/[\s_-]*\(?(dividends?|splits?|actions?|stock|events?|\d+)\)?$/i, '').trim();
  return isTicker(name) ? name : null;
}

/** Yahoo quotes dividends per share of today: what was paid then is that times the splits that followed. */
function inUnitsOfThen(
  { actions, isInUnitsOfToday }: ActionFile,
  knownSplits: (ticker: string) => readonly { at: number; ratio: number | null }[],
  warnings: string[],
): ActionFile['actions'] {
  if (!isInUnitsOfToday) return actions;
  const splits = new Map<string, readonly { at: number; ratio: number | null }[]>();
  const inFile = actions.filter((action) => action.kind === 'split');
  let changed = 0;
  const paid = actions.map((action) => {
    if (action.kind === 'split') return action;
    let known = splits.get(action.ticker);
    if (known === undefined) {
      const own = inFile.filter(({ ticker }) => ticker === action.ticker);
      known = own.length > 0 ? own : knownSplits(action.ticker);
      splits.set(action.ticker, known);
    }
    const units = known.reduce((product, { at, ratio }) => (at > action.at ? product * ratio! : product), 1);
    if (units === 1) return action;
    changed++;
    return { ...action, amount: Number((action.amount * units).toPrecision(9)) };
  });
  warnings.push(
    changed > 0
      ? `Yahoo quotes dividends per share of today: ${changed} were multiplied by the splits that followed.`
      : 'Yahoo quotes dividends per share of today. No later split is known: if there was one, import the splits first, then these again.',
  );
  return paid;
}
