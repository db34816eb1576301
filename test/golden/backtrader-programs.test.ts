import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type BacktestResult,
  ORDER_REASONS,
  ORDER_STATUSES,
  type OrderStatus,
} from '../../shared/backtest/result.ts';
import { runBacktest } from '../../shared/backtest/run-backtest.ts';
import { backtraderAnalyzers } from '../../shared/statistics/backtrader/analyzers.ts';
import { grossLeverage } from '../../shared/statistics/backtrader/gross-leverage.ts';
import { analyzerInputOf } from '../../shared/statistics/backtrader/input-of-result.ts';
import { logReturnsRolling } from '../../shared/statistics/backtrader/log-returns-rolling.ts';
import { positionsValue } from '../../shared/statistics/backtrader/positions-value.ts';
import { periodsOf } from '../../shared/statistics/periods.ts';
import { brokerSettings, goldenFeeds, type Scenario } from './backtrader-scenario.ts';
import { strategyOf } from './backtrader-strategies.ts';
import { goldenFolders, readText } from './golden.ts';

// Random programs of orders, run by backtrader 1.9.78.123 under random settings of its broker: every combination of
// fillers, slippage switches, interest, leverage, margins and cash rules that the scenarios leave out.

interface Program extends Pick<Scenario, 'id' | 'data' | 'broker' | 'calls'> {
  readonly outputs: {
    readonly steps: number;
    readonly final: { readonly cash: number; readonly value: number };
    /** By order in order of creation: its status (`open` while it waits) and [size, price, closed, opened] of its fills. */
    readonly statuses: readonly string[];
    readonly fills: readonly (readonly (readonly number[])[])[];
    /** Over the values of all steps as little-endian doubles. */
    readonly sha256Cash: string;
    readonly sha256Value: string;
  };
}

const { path } = goldenFolders('backtrader')[0]!;
const programs = JSON.parse(readText(join(path, 'programs.json.gz'))) as readonly Program[];

describe('random programs as backtrader runs them', () => {
  test('there are a hundred', () => expect(programs).toHaveLength(100));
  test.each(programs.map((program) => [program.id, program] as const))('%s', async (_, program) => {
    const result = await run(program);
    const { outputs } = program;
    expect(fillsOf(result)).toEqual(outputs.fills);
    expect(statusesOf(result)).toEqual(outputs.statuses);
    const { cash, equity, length } = result.equity;
    expect(length).toBe(outputs.steps);
    expect({ cash: cash.at(-1), value: equity.at(-1) }).toEqual(outputs.final);
    expect([sha256(cash), sha256(equity)]).toEqual([outputs.sha256Cash, outputs.sha256Value]);
  });
});

/** By program: what backtrader's analyzers of cash and positions said, at every step, and some more. */
const recorded = JSON.parse(readText(join(path, 'program-analyzers.json.gz'))) as readonly {
  readonly id: string;
  readonly analyzers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}[];

describe('analyzers that the scenarios did not record', () => {
  test.each(recorded.map(({ id, analyzers }) => [id, analyzers] as const))('%s', async (id, expected) => {
    const result = await run(programs.find((program) => program.id === id)!);
    const input = analyzerInputOf(result);
    const actual = backtraderAnalyzers(input) as Record<string, Record<string, unknown>>;
    for (const name of ['Transactions', 'LogReturnsRolling_Days', 'LogReturnsRolling_Months']) {
      expectClose(actual[name], expected[name]);
    }
    for (const name of ['TimeDrawDown_Weeks', 'TimeDrawDown_Months', 'SharpeRatio_A']) {
      expectClose(actual[name], expected[name]);
    }
    expectClose(actual.PyFolio!.returns, expected.PyFolio!.returns);
    expectClose(actual.PyFolio!.transactions, expected.PyFolio!.transactions);
    const days = periodsOf(result.equity.time, 'Days');
    expectClose([...logReturnsRolling(input, days, 2)], Object.values(expected.LogReturnsRolling_Days_2!));
    // Ours give these at every step, too, and file them by day.
    expectClose([...grossLeverage(input, result.equity.cash)], Object.values(expected.GrossLeverage!));
    const values = positionsValue(result.fills, 0, result.equity.exposure);
    expectClose(
      Array.from(values, (value) => [value]),
      Object.values(expected.PositionsValue!),
    );
    for (const name of ['GrossLeverage', 'PositionsValue']) {
      const filed = Object.entries(actual[name]!);
      expect(filed).toHaveLength(days.key.length);
      for (const [time, value] of filed) expectClose(value, expected[name]![time]);
    }
  });
});

/** Numbers to a relative 1e-9, all else exactly. */
function expectClose(actual: unknown, expected: unknown): void {
  if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(actual as object)).toEqual(Object.keys(expected));
    for (const key of Object.keys(expected)) {
      expectClose((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key]);
    }
  } else if (typeof expected === 'number') {
    expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
  } else expect(typeof actual === 'number' ? String(actual) : actual).toBe(expected);
}

async function run(program: Program): Promise<BacktestResult> {
  const scenario = {
    ...program,
    cerebro: {},
    resample: [],
    strategy: { name: 'Script', params: {} },
  } as unknown as Scenario;
  const { strategy, params } = await strategyOf(scenario);
  const settings = brokerSettings(scenario);
  return runBacktest({ feeds: goldenFeeds(path, scenario), settings, strategy, params, seed: 1 });
}

function fillsOf({ orders, fills }: BacktestResult): number[][][] {
  const byOrder: number[][][] = Array.from(orders.ref, () => []);
  for (let row = 0; row < fills.length; row++) {
    // The reference writes no closing or opening part of a sale as zero, not as minus zero.
    const parts = [fills.size[row]!, fills.price[row]!, fills.closed[row]! + 0, fills.opened[row]! + 0];
    byOrder[fills.order[row]! - 1]!.push(parts);
  }
  return byOrder;
}

const STATUSES: Readonly<Record<OrderStatus, string>> = {
  open: 'open',
  completed: 'Completed',
  cancelled: 'Canceled',
  rejected: 'Margin',
  expired: 'Expired',
};

function statusesOf({ orders }: BacktestResult): string[] {
  return Array.from(orders.ref, (_, row) =>
    ORDER_REASONS[orders.reason[row]!] === 'parent-rejected'
      ? 'Rejected'
      : STATUSES[ORDER_STATUSES[orders.status[row]!]!],
  );
}

const sha256 = (column: Float64Array) => createHash('sha256').update(column).digest('hex');
