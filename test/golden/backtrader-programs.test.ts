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
