import { useCommand } from '../commands/handlers.ts';
import { chooseBars } from '../screens/data/choose-files.tsx';
import { chooseStrategyFile } from '../screens/strategy/choose-strategy.tsx';
import { wishRun } from '../screens/strategy/run-wish.ts';
import {
  closePane,
  reopenPane,
  setInspector,
  setPaneLink,
  setRail,
  splitPane,
  stepGroup,
  stepTab,
  toggleMaximised,
  useLayout,
} from '../state/layout.ts';
import { LINK_GROUPS } from '../state/links.ts';
import { useNavigation } from '../state/navigation.ts';
import { useRemovals } from '../state/removals.ts';
import { changeSetting, useSettings } from '../state/settings.ts';
import { openSample, useTasks } from '../state/tasks.ts';
import { useLook } from '../state/theme.ts';
import { resetWorkspace } from '../state/workspaces.ts';
import { showKeySheet } from './key-sheet.tsx';
import { openPalette } from './palette.tsx';
import { showPrivacy } from './show-privacy.ts';
import { askForWorkspaceName } from './workspace-dialog.tsx';

const active = () => useLayout.getState().activePane;

/** What the frame does by itself, whatever is open. */
export function useFrameCommands(): void {
  const { go, newChart } = useNavigation.getState();
  const hasPane = useLayout(({ activePane }) => activePane !== null);
  const isChart = useLayout(
    ({ activePane, panes }) => activePane !== null && panes[activePane]?.kind === 'chart',
  );
  const isRunning = useTasks(({ run }) => run !== null);
  const undoLast = useRemovals(({ undoLast }) => undoLast);
  useCommand('palette', () => openPalette('everything'));
  useCommand('quick-open', () => openPalette('names'));
  useCommand('go-data', () => go('data'));
  useCommand('go-chart', () => go('chart'));
  useCommand('go-strategy', () => go('strategy'));
  useCommand('go-runs', () => go('runs'));
  useCommand('go-jobs', () => go('jobs'));
  useCommand('go-settings', () => go('settings'));
  useCommand('toggle-rail', () => setRail(!useLayout.getState().rail));
  useCommand('toggle-inspector', () => setInspector({ isOpen: !useLayout.getState().inspector.isOpen }));
  useCommand('toggle-theme', () =>
    changeSetting('appearance.theme', useLook.getState().shown === 'light' ? 'dark' : 'light'),
  );
  useCommand('toggle-density', () =>
    changeSetting('appearance.density', useLook.getState().density === 'compact' ? 'comfortable' : 'compact'),
  );
  useCommand('next-zone', () => {
    const zones = ['exchange', 'utc', 'local'] as const;
    const at = zones.indexOf(useSettings.getState().values['time.zone']);
    void changeSetting('time.zone', zones[(at + 1) % zones.length]!);
  });
  useCommand('new-chart', () => newChart(useNavigation.getState().seriesId));
  useCommand('close-tab', () => closePane(active()!), hasPane);
  useCommand('reopen-tab', reopenPane);
  useCommand('next-tab', () => stepTab(1), hasPane);
  useCommand('previous-tab', () => stepTab(-1), hasPane);
  useCommand('next-pane', stepGroup, hasPane);
  useCommand('split-right', () => splitPane('right'), hasPane);
  useCommand('split-down', () => splitPane('below'), hasPane);
  useCommand('maximise-pane', toggleMaximised, hasPane);
  useCommand(
    'link-group',
    () => {
      const id = active()!;
      const link = useLayout.getState().panes[id]?.link ?? 0;
      setPaneLink(id, (link + 1) % (LINK_GROUPS.length + 1));
    },
    isChart,
  );
  useCommand('import', chooseBars);
  useCommand('add-strategy', chooseStrategyFile);
  useCommand('open-sample', () => void openSample());
  useCommand('save-workspace', askForWorkspaceName);
  useCommand('open-workspace', () => openPalette('names'));
  useCommand('reset-workspace', resetWorkspace);
  useCommand('run', wishRun);
  useCommand('cancel-run', () => useTasks.getState().run?.stop.abort(), isRunning);
  useCommand('undo', () => undoLast?.(), undoLast !== null);
  useCommand('show-keys', showKeySheet);
  useCommand('show-privacy', showPrivacy);
}
