import { type DragEvent, useEffect, useRef, useState } from 'react';
import { listenToKeys } from './commands/key-map.ts';
import { TaskProgress } from './components/task-progress.tsx';
import { KeptContext } from './design/index.ts';
import { BarsFileInput, openFiles } from './screens/data/choose-files.tsx';
import { usePending } from './screens/data/import/pending.ts';
import { addStrategyFile, StrategyFileInput } from './screens/strategy/choose-strategy.tsx';
import { Dock } from './shell/dock.tsx';
import { useFrameCommands } from './shell/frame-commands.ts';
import { Inspector } from './shell/inspector.tsx';
import { KeySheet } from './shell/key-sheet.tsx';
import { Palette } from './shell/palette.tsx';
import { Rail } from './shell/rail.tsx';
import { StatusBar } from './shell/status-bar.tsx';
import { WorkspaceDialog } from './shell/workspace-dialog.tsx';
import { useConnection } from './state/connection.ts';
import { closePane, keptSizes, openPane, useLayout } from './state/layout.ts';
import { useNavigation } from './state/navigation.ts';
import { useTasks } from './state/tasks.ts';
import { useWorkspaces } from './state/workspaces.ts';
import './shell/frame.css';

/** The frame: rail, tabs, inspector, status bar, and the window as one place to drop files on. */
export function App() {
  const [isDropping, setIsDropping] = useState(false);
  const isArranged = useWorkspaces(({ name }) => name !== null);
  const rail = useLayout(({ rail }) => rail);
  const hasInspector = useLayout(({ inspector }) => inspector.isOpen);
  useFirstScreen();

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsDropping(false);
    const files = [...event.dataTransfer.files];
    const strategies = files.filter(({ name }) => name.endsWith('.ts'));
    const bars = files.filter(({ name }) => !name.endsWith('.ts'));
    if (bars.length > 0) openFiles(bars);
    for (const file of strategies) void addStrategyFile(file);
    if (strategies.length > 0 && bars.length === 0) useNavigation.getState().go('strategy');
  };

  return (
    <KeptContext value={keptSizes}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has its keyboard twin in the import button */}
      <div
        className="frame"
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setIsDropping(true);
        }}
        onDragLeave={(event) => event.relatedTarget === null && setIsDropping(false)}
        onDrop={drop}
      >
        {rail && <Rail isReady={isArranged} />}
        <main className="frame-main">
          <ConnectionBanner />
          <RunStrip />
          <div className="frame-row">
            {isArranged ? (
              <>
                <FrameCommands />
                <Dock />
              </>
            ) : (
              <p className="frame-waiting">Opening the library …</p>
            )}
            {hasInspector && <Inspector />}
          </div>
        </main>
        <StatusBar />
        <BarsFileInput />
        <StrategyFileInput />
        <Palette />
        <KeySheet />
        <WorkspaceDialog />
        {isDropping && (
          <div className="drop-veil">Drop bars (.csv, .parquet, .zip …) or a strategy (.ts)</div>
        )}
      </div>
    </KeptContext>
  );
}

/** What keys and menus do, from the moment on that there is something to do it to. */
function FrameCommands() {
  useFrameCommands();
  useEffect(listenToKeys, []);
  return null;
}

function ConnectionBanner() {
  const status = useConnection(({ status }) => status);
  if (status !== 'lost' && status !== 'refused') return null;
  return (
    <div className="banner" role="status">
      {status === 'lost'
        ? 'Connection lost, retrying.'
        : 'No connection to Hindsight. Open the address that the terminal printed.'}
    </div>
  );
}

function RunStrip() {
  const run = useTasks(({ run }) => run);
  if (run === null) return null;
  return (
    <div className="frame-strip">
      <TaskProgress
        label={run.what === 'sample' ? 'Sample' : 'Backtest'}
        progress={run.progress}
        onCancel={() => run.stop.abort()}
      />
    </div>
  );
}

/**
 * An empty library shows the welcome. The newest run opens by itself when the page starts with nothing else arranged, or
 * when a first run appears while nobody has gone anywhere.
 */
function useFirstScreen(): void {
  const series = useConnection(({ series }) => series);
  const runs = useConnection(({ runs }) => runs);
  const isArranged = useWorkspaces(({ name }) => name !== null);
  const isDone = useRef(false);
  /** Whether nothing had been arranged when the page started; the welcome itself is kept like any other tab. */
  const wasNew = useRef<boolean>(null);
  useEffect(() => {
    if (!isArranged || series === null || runs === null) return;
    if (series.length > 0 || runs.length > 0) closePane('welcome');
    if (isDone.current) return;
    wasNew.current ??= useWorkspaces.getState().list.length === 0;
    const { panes } = useLayout.getState();
    const isUntouched =
      wasNew.current &&
      Object.values(panes).every(({ kind }) => kind === 'data' || kind === 'welcome') &&
      usePending.getState().files.length === 0;
    if (!isUntouched) {
      isDone.current = true;
      return;
    }
    if (series.length === 0 && runs.length === 0) {
      openPane('welcome');
      return;
    }
    openPane('data');
    const newest = runs[0];
    if (newest === undefined) return; // the sample's run comes after its bars
    isDone.current = true;
    useNavigation.getState().openRun(newest.id);
  }, [series, runs, isArranged]);
}
