import { basename, resolve } from 'node:path';
import { type ActionInput, ActionInputSchema, type StoredAction } from '../../../shared/contract/schemas.ts';
import { ratioText } from '../../../shared/health/ratio-text.ts';
import { readAmount, readDay, readRatio } from '../../../shared/market/action-fields.ts';
import { nearestName } from '../../../shared/text/nearest-name.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';

export const ACTION_OPTIONS = { note: { type: 'string' } } as const;

const VERBS = { list, add, remove, import: importFile, propose } as const;
type Task = Invocation & { readonly ticker: string | null };

/** `data actions TICKER [VERB …]`, or `--all` in place of the ticker. */
export async function actions(app: App, invocation: Invocation): Promise<void> {
  const all = invocation.values.all === true;
  const [ticker, verb = 'list', ...words] = all ? ['', ...invocation.words] : invocation.words;
  if (ticker === undefined) {
    throw new UsageError('Name a ticker, as in hindsight data actions AAPL, or --all.');
  }
  const run = VERBS[verb as keyof typeof VERBS];
  if (run === undefined) {
    const near = nearestName(verb, Object.keys(VERBS));
    throw new UsageError(
      `hindsight data actions takes ${Object.keys(VERBS).join(', ')}.${near === null ? '' : ` Did you mean ${near}?`}`,
    );
  }
  await run(app, { ...invocation, words, ticker: all ? null : ticker });
}

async function list(app: App, { ticker, json }: Task): Promise<void> {
  const found = await app.actions.list(ticker);
  if (json) return printJson({ actions: found.map(withDay) });
  if (found.length === 0) {
    return print(
      `No actions${ticker === null ? '' : ` of ${ticker}`}. See hindsight data actions … propose, or import.`,
    );
  }
  print(
    table(
      ['ticker', 'ex-day', 'kind', 'value', 'source', 'note', 'id'],
      found.map((action) => [
        action.ticker,
        dayText(action.at),
        action.kind,
        valueText(action),
        action.source,
        action.note,
        action.id,
      ]),
    ),
  );
}

async function add(app: App, task: Task): Promise<void> {
  const stored = await app.actions.put(inputOf(task));
  if (task.json) return printJson(withDay(stored));
  print(
    `${stored.ticker}: ${stored.kind} ${valueText(stored)} on ${dayText(stored.at)} added (${stored.id})`,
  );
}

function inputOf({ ticker, words, values }: Task): ActionInput {
  const [kind, day = '', value = ''] = words;
  const usage = new UsageError(
    'hindsight data actions TICKER add takes split 2024-06-10 4:1 or dividend 2024-03-08 0.24.',
  );
  const at = readDay(day);
  if (ticker === null || (kind !== 'split' && kind !== 'dividend') || at === null) throw usage;
  const parsed = ActionInputSchema.safeParse({
    ticker,
    at,
    kind,
    ratio: kind === 'split' ? readRatio(value) : null,
    amount: kind === 'dividend' ? readAmount(value) : null,
    note: values.note ?? '',
  });
  if (!parsed.success) throw usage;
  return parsed.data;
}

async function remove(app: App, { ticker, words, json }: Task): Promise<void> {
  const [named] = words;
  const at = readDay(named ?? '');
  const found = (await app.actions.list(ticker)).filter((action) => action.id === named || action.at === at);
  if (found.length !== 1) {
    throw new UsageError(
      found.length === 0
        ? `There is no such action${ticker === null ? '' : ` of ${ticker}`}: name its id or ex-day (see list).`
        : `${found.length} actions are on that day: name the id of one (see list).`,
    );
  }
  const removed = await app.actions.remove(found[0]!.id);
  if (json) return printJson(withDay(removed));
  print(`${removed.ticker}: ${removed.kind} ${valueText(removed)} on ${dayText(removed.at)} removed`);
}

async function importFile(app: App, { ticker, words, json, signal }: Task): Promise<void> {
  const [path] = words;
  if (path === undefined) throw new UsageError('hindsight data actions … import needs a file.');
  const report = await app.actions.importFile({ path: resolve(path), name: basename(path) }, ticker, {
    signal,
  });
  if (json) return printJson(report);
  const { file, layout, linesRead, added, unchanged, rejects, tickers, warnings } = report;
  print(`${file}: ${layout}`);
  print(
    `${linesRead} lines, ${added} actions added, ${unchanged} known already, ${rejects.length} lines rejected, ${tickers} tickers`,
  );
  for (const warning of warnings) print(warning);
  if (rejects.length > 0) {
    print(
      `\n${table(
        ['line', 'field', 'reason', 'text'],
        rejects.map(({ line, field, reason, text }) => [line, field ?? '', reason, text]),
      )}`,
    );
  }
}

async function propose(app: App, { ticker, json, signal }: Task): Promise<void> {
  const proposals = await app.actions.propose(ticker, { signal });
  if (json) return printJson({ proposals: proposals.map(withDay) });
  if (proposals.length === 0) return print('The bars have nothing to say against the table of actions.');
  for (const { ticker: name, at, kind, ratio, suggested, evidence, confidence } of proposals) {
    const remedy =
      suggested === null
        ? 'remove the entry'
        : suggested.kind === 'split'
          ? `split ${ratioText(suggested.ratio!)}`
          : `dividend ${suggested.amount}`;
    print(
      `${name} ${dayText(at)} ${kind} (${(100 * confidence).toFixed(0)} %): ${remedy}; the bars step by ${ratio.toFixed(3)}`,
    );
    for (const line of evidence) print(`  ${line}`);
  }
}

const dayText = (at: number) => new Date(at).toISOString().slice(0, 10);
const withDay = <Action extends { readonly at: number }>(action: Action) => ({
  day: dayText(action.at),
  ...action,
});
const valueText = ({ kind, ratio, amount }: StoredAction) =>
  kind === 'split' ? ratioText(ratio!) : String(amount);
