import { describeFailure } from '../api/errors.ts';
import { runCommand } from '../commands/handlers.ts';
import { toast } from '../design/index.ts';
import { useSetup } from '../screens/strategy/setup.ts';
import { currentClient, useConnection } from '../state/connection.ts';
import { openPane, showPane } from '../state/layout.ts';
import { askChart, lastChart, useNavigation } from '../state/navigation.ts';
import { openWorkspace } from '../state/workspaces.ts';
import type { PaletteTarget } from './palette-items.ts';

/** Goes where a result of the palette leads. */
export function followTarget(target: PaletteTarget): void {
  const { openChart, openRun } = useNavigation.getState();
  switch (target.to) {
    case 'command':
      runCommand(target.id);
      return;
    case 'series':
      openChart(target.id, null);
      return;
    case 'run':
      openRun(target.id);
      return;
    case 'strategy':
      useSetup.getState().chooseStrategy(target.id);
      openPane('strategy', { strategyId: target.id });
      return;
    case 'workspace':
      void openWorkspace(target.name);
      return;
    case 'setting':
      openPane('settings', { search: target.key, section: null });
      return;
    case 'trade':
      void showTrade(target.runId, target.number);
      return;
    case 'date':
      showTime(target.time);
  }
}

function showTime(time: number): void {
  const chart = lastChart() ?? openPane('chart');
  showPane(chart);
  askChart(chart, time);
}

async function showTrade(runId: string, number: number): Promise<void> {
  try {
    const { rows } = await currentClient().runs.trades({ runId, offset: number - 1, limit: 1 });
    const trade = rows[0];
    const { series, runs } = useConnection.getState();
    const run = runs?.find(({ id }) => id === runId);
    const found = series?.find(({ ticker, every }) => ticker === trade?.ticker && every === run?.every);
    if (trade === undefined || found === undefined) {
      toast({
        title:
          trade === undefined
            ? `The run has no trade ${number}`
            : `The library holds no bars of ${trade.ticker} any more`,
      });
      return;
    }
    useNavigation.getState().openChart(found.id, trade.entryTime);
  } catch (thrown) {
    toast({ kind: 'problem', title: 'The trade could not be shown', text: describeFailure(thrown).message });
  }
}
