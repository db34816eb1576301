import { basename, dirname, extname, resolve } from 'node:path';
import * as z from 'zod';
import { FILL_TIMINGS, SAME_BAR_POLICIES } from '../../../shared/backtest/settings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import {
  ManifestSchema,
  type RunSpec,
  type RunSpecInput,
  RunSpecSchema,
  type Trust,
} from '../../../shared/contract/schemas.ts';
import { compileStrategy } from '../../services/compile-strategy.ts';
import { specOf } from '../../services/run-settings.ts';
import { THOROUGH_LEAK_CUTS } from '../../services/runs.ts';
import type { Invocation } from '../command-line.ts';
import { progressLine } from '../output.ts';
import {
  parseChoice,
  parseCommission,
  parseData,
  parseMargin,
  parseNumber,
  parsePercent,
  parseSettings,
  parseSizer,
  parseSlippage,
} from '../parse-values.ts';
import { readJson, readText, readTextSync } from '../read-file.ts';
import { reportRun } from '../report-run.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';
import { barPercent, withTextRead } from '../written-fields.ts';

export const BACKTEST_OPTIONS = {
  set: { type: 'string', multiple: true },
  data: { type: 'string' },
  every: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  cash: { type: 'string' },
  commission: { type: 'string' },
  slippage: { type: 'string' },
  seed: { type: 'string' },
  fill: { type: 'string' },
  'same-bar': { type: 'string' },
  leverage: { type: 'string' },
  margin: { type: 'string' },
  interest: { type: 'string' },
  'borrow-fee': { type: 'string' },
  sizer: { type: 'string' },
  'volume-limit': { type: 'string' },
  benchmark: { type: 'string' },
  'risk-free-rate': { type: 'string' },
  'leak-test': { type: 'boolean' },
  out: { type: 'string' },
} as const;

/** RUN.json, a manifest, a strategy file or the name of a library strategy; options override the file. */
export async function backtest(invocation: Invocation): Promise<void> {
  const { words, values, json, signal } = invocation;
  const [target] = words;
  if (target === undefined || words.length > 1)
    throw new UsageError('hindsight backtest takes one RUN.json, STRATEGY.ts or strategy name.');
  const { spec, source } = await readTarget(target, values);
  await withApp(invocation, 'terminal', async (app) => {
    const strategy = source === null ? undefined : await named(source, spec);
    const progress = progressLine('backtest');
    const isThorough = values['leak-test'] === true;
    const cuts = isThorough ? THOROUGH_LEAK_CUTS : undefined;
    const summary = await app.runs.start(spec, { onProgress: progress.update, signal }, strategy, cuts);
    progress.end();
    await reportRun(app, summary.id, (values.out as string | undefined) ?? null, json);
    if (isThorough) requireClean((await app.runs.get(summary.id)).trust);
  });
}

/** Asked for, the leak test decides the exit code. */
function requireClean(trust: Trust | null): void {
  const { outcome, detail, cuts } = trust!.leakTest;
  if (outcome === 'clean') return;
  throw new AppError(
    outcome === 'leak' ? 'look-ahead' : 'strategy-error',
    detail ?? `The leak test over ${cuts} cuts came to no result`,
    { hint: 'Look for values that are computed from the whole data, shifted back, or centred.' },
  );
}

interface StrategySource {
  readonly fileName: string;
  readonly text: string;
  readonly name: string | null;
}
type Target = { readonly spec: RunSpec; readonly source: StrategySource | null };

async function readTarget(target: string, values: Invocation['values']): Promise<Target> {
  const extension = extname(target).toLowerCase();
  const overrides = overridesOf(values);
  if (extension === '.json') {
    const file = await readJson(target);
    if (z.looseObject({ manifestVersion: z.number() }).safeParse(file).success) {
      const manifest = parseFile(ManifestSchema, file, target);
      const source = {
        fileName: manifest.strategyFile,
        text: manifest.strategySource,
        name: manifest.strategyName,
      };
      return { spec: parseFile(RunSpecSchema, merge(specOf(manifest), overrides), target), source };
    }
    const spec = parseFile(RunSpecSchema, merge(withTextRead(file), overrides), target);
    if (!spec.strategy.endsWith('.ts')) return { spec, source: null };
    const path = resolve(dirname(target), spec.strategy);
    return { spec, source: { fileName: basename(path), text: await readText(path), name: null } };
  }
  if (overrides.data === undefined)
    throw new UsageError('Say which ticker to run over: --data AAL.L (see hindsight data list).');
  const spec = parseFile(RunSpecSchema, merge({ strategy: target, data: [] }, overrides), 'command line');
  if (extension !== '.ts') return { spec, source: null };
  return { spec, source: { fileName: basename(target), text: await readText(target), name: null } };
}

/** A strategy that is not the library's, ready to run. */
async function named({ fileName, text, name }: StrategySource, spec: RunSpec) {
  const id = basename(spec.strategy, '.ts');
  return { ...(await compileStrategy(text, fileName)), id, name: name ?? id };
}

function overridesOf(values: Invocation['values']): Partial<RunSpecInput> {
  const text = (name: string) => values[name] as string | undefined;
  const data = parseData(text('data'), text('every') ?? '1m');
  const interest = parsePercent('--interest', text('interest'));
  const settings = (values.set as string[] | undefined) ?? [];
  return Object.fromEntries(
    Object.entries({
      data,
      from: text('from'),
      to: text('to'),
      cash: parseNumber('--cash', text('cash')),
      seed: parseNumber('--seed', text('seed')),
      commission: parseCommission(text('commission')),
      slippage: parseSlippage(text('slippage')),
      fill: parseChoice('--fill', text('fill'), FILL_TIMINGS),
      sameBar: parseChoice('--same-bar', text('same-bar'), SAME_BAR_POLICIES),
      leverage: parseNumber('--leverage', text('leverage')),
      ...parseMargin(text('margin')),
      interest: interest === undefined ? undefined : { rate: interest },
      borrowFee: parsePercent('--borrow-fee', text('borrow-fee')),
      sizer: parseSizer(text('sizer')),
      volumeLimit: barPercent(parsePercent('--volume-limit', text('volume-limit'))),
      benchmark: text('benchmark'),
      riskFreeRate: parsePercent('--risk-free-rate', text('risk-free-rate')),
      params: settings.length === 0 ? undefined : parseSettings(settings, readTextSync),
    }).filter(([, value]) => value !== undefined),
  );
}

const merge = (base: RunSpecInput, overrides: Partial<RunSpecInput>): unknown => ({
  ...base,
  ...overrides,
  params: { ...base.params, ...overrides.params },
});

/** Throws bad-request naming file and field. */
function parseFile<T extends z.ZodType>(schema: T, value: unknown, file: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field =
    issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'the file');
  throw new AppError('bad-request', `${field}: ${issue.message}`, {
    file,
    field,
    hint: 'docs/run-file.md lists the fields of a run.',
  });
}
