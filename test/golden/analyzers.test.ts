import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectAnalyzers } from './backtrader-analyzers.ts';
import { milliseconds, type Scenario } from './backtrader-scenario.ts';
import { filesOf, goldenFolders, readText } from './golden.ts';

// backtrader's analyzers over the equity and trades that backtrader itself recorded: the engine has no part in it.

for (const { set, path } of goldenFolders('backtrader')) {
  describe(`backtrader's analyzers, ${set} set`, () => {
    const scenarios = filesOf(join(path, 'scenarios'), '.json', '.json.gz')
      .map((file) => JSON.parse(readText(join(path, 'scenarios', file))) as Scenario)
      .filter(({ outputs }) => outputs.equity.perBar !== undefined);
    test('there are scenarios with an equity of every step', () =>
      expect(scenarios.length).toBeGreaterThan(0));
    test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) =>
      expectAnalyzers(scenario, recordedAccount(scenario)),
    );
    test('a wrong figure and a key too many are found', () => {
      const scenario = scenarios[0]!;
      const account = recordedAccount(scenario);
      const shifted = account.equity.map((value) => value + 0.01);
      expect(() => expectAnalyzers(scenario, { ...account, equity: shifted })).toThrow('TimeReturn_Days');
      const analyzers = { ...scenario.outputs.analyzers, Unheard: { of: 1 } };
      const extended = { ...scenario, outputs: { ...scenario.outputs, analyzers } };
      expect(() => expectAnalyzers(extended, account)).toThrow('Unheard');
    });
  });
}

function recordedAccount({ outputs, broker }: Scenario) {
  const rows = outputs.equity.perBar!;
  return {
    time: Float64Array.from(rows, ([time]) => milliseconds(time)),
    equity: Float64Array.from(rows, ([, , value]) => value),
    startingCash: broker.cash,
    trades: outputs.trades.map(({ pnl, pnlcomm, barLen, long }) => ({ pnl, pnlcomm, barlen: barLen, long })),
    openTrades: outputs.openPositions.filter(({ size }) => size !== 0).length,
  };
}
