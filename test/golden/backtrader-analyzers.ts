import type { BacktestResult } from '../../shared/backtest/result.ts';
import { type AnalyzerInput, backtraderAnalyzers } from '../../shared/statistics/backtrader/analyzers.ts';
import { analyzerInputOf } from '../../shared/statistics/backtrader/input-of-result.ts';
import { returns } from '../../shared/statistics/backtrader/returns.ts';
import { periodsOf } from '../../shared/statistics/periods.ts';
import type { Scenario } from './backtrader-scenario.ts';

const RELATIVE = 1e-9;
/** Compared in backtrader-programs.test.ts. */
const UNRECORDED = [
  'AnnualReturn',
  'SharpeRatio_A',
  'TimeDrawDown_Weeks',
  'TimeDrawDown_Months',
  'LogReturnsRolling_Days',
  'LogReturnsRolling_Months',
  'GrossLeverage',
  'PositionsValue',
  'Transactions',
  'PyFolio',
];
/** Deviations of returns below this are nothing but the rounding of the last bits. */
const ROUNDING = 1e-14;

/**
 * Compares our analyzers of an account (or of a run) with those that backtrader recorded for a scenario: numbers to a
 * relative 1e-9, all else (null, "NaN", dates and other keys) exactly. An analyzer that only one side knows is a failure;
 * those that scenarios did not record may be missing there.
 */
export function expectAnalyzers({ outputs, id }: Scenario, account: AnalyzerInput | BacktestResult): void {
  const input = 'ledger' in account ? analyzerInputOf(account) : account;
  const actual = Object.fromEntries(
    Object.entries(backtraderAnalyzers(input)).filter(
      ([name]) => name in outputs.analyzers || !UNRECORDED.includes(name),
    ),
  );
  const differences: string[] = [];
  const report = ({ path, actual, expected }: Leaf) =>
    differences.push(`${path}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  for (const leaf of leavesOf('', actual, outputs.analyzers)) {
    if (!isSame(leaf) && !isRoundingOfVwr(leaf, input)) report(leaf);
  }
  if (differences.length > 0) {
    throw new Error(`Analyzers of ${id} differ from backtrader's:\n${differences.join('\n')}`);
  }
}

interface Leaf {
  readonly path: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

/** Every place at which at least one of two trees has something other than a tree. */
function leavesOf(path: string, actual: unknown, expected: unknown): Leaf[] {
  if (!isTree(actual) || !isTree(expected)) return [{ path, actual, expected }];
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].flatMap((key) => leavesOf(`${path}.${key}`, actual[key], expected[key]));
}

function isSame({ actual, expected }: Leaf): boolean {
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected;
  return Math.abs(actual - expected) <= RELATIVE * Math.abs(expected);
}

/**
 * Over a single month both distances of the VWR are the same number, so that its deviation is the rounding error of that
 * C library's `exp`, and the fifth root makes it visible. Only that is forgiven: deviations that both are rounding errors.
 */
function isRoundingOfVwr({ path, actual, expected }: Leaf, input: AnalyzerInput): boolean {
  if (path !== '.VWR_Months.vwr' || typeof actual !== 'number' || typeof expected !== 'number') return false;
  const { rnorm100 } = returns(input, periodsOf(input.time, 'Months'));
  const deviation = (vwr: number) => 2 * (1 - vwr / rnorm100) ** 5;
  return Math.abs(deviation(actual)) < ROUNDING && Math.abs(deviation(expected)) < ROUNDING;
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
