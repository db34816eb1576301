import { ChartCandlestick, CodeXml, Database, Moon, ScrollText, Sun } from 'lucide-react';
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { counted, formatNumber } from '../shared/format/number.ts';
import { TaskProgress } from './components/task-progress.tsx';
import { BarsFileInput, openFiles } from './screens/data/choose-files.tsx';
import { usePending } from './screens/data/import/pending.ts';
import {
  addStrategyFile,
  ChartScreen,
  DataScreen,
  ResultsScreen,
  StrategyScreen,
  WelcomeScreen,
} from './screens/screens.ts';
import { useConnection } from './state/connection.ts';
import { SCREENS, type Screen, useNavigation } from './state/navigation.ts';
import { useTasks } from './state/tasks.ts';
import { setAppearance, useLook } from './state/theme.ts';

const ITEMS: Record<Screen, { label: string; icon: ReactNode }> = {
  data: { label: 'Data', icon: <Database size={20} aria-hidden /> },
  chart: { label: 'Chart', icon: <ChartCandlestick size={20} aria-hidden /> },
  strategy: { label: 'Strategy', icon: <CodeXml size={20} aria-hidden /> },
  results: { label: 'Results', icon: <ScrollText size={20} aria-hidden /> },
};

/** The frame: rail, screen, status bar, and the window as one place to drop files on. */
export function App() {
  const { status, series, runs } = useConnection();
  const { screen, go } = useNavigation();
  const { run } = useTasks();
  const isImporting = usePending(({ files }) => files.length > 0);
  const [isDropping, setIsDropping] = useState(false);
  useShortcuts();
  useFirstRun();

  const isFirstStart = series?.length === 0 && runs?.length === 0 && !isImporting && screen === 'data';
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsDropping(false);
    const files = [...event.dataTransfer.files];
    const strategies = files.filter(({ name }) => name.endsWith('.ts'));
    const bars = files.filter(({ name }) => !name.endsWith('.ts'));
    if (bars.length > 0) openFiles(bars);
    for (const file of strategies) void addStrategyFile(file);
    if (strategies.length > 0 && bars.length === 0) go('strategy');
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its keyboard twin in the import button
    <div
      className="frame"
      onDragOver={(event) => {
        event.preventDefault();
        setIsDropping(true);
      }}
      onDragLeave={(event) => event.relatedTarget === null && setIsDropping(false)}
      onDrop={drop}
    >
      <nav className="rail" aria-label="Screens">
        {SCREENS.map((name, index) => (
          <button
            key={name}
            type="button"
            className="rail-item"
            data-testid={`nav-${name}`}
            aria-current={screen === name ? 'page' : undefined}
            title={`${ITEMS[name].label} (Ctrl+${index + 1})`}
            onClick={() => go(name)}
          >
            {ITEMS[name].icon}
            <span>{ITEMS[name].label}</span>
          </button>
        ))}
        <ThemeButton />
      </nav>
      <main className="screen">
        {(status === 'lost' || status === 'refused') && (
          <div className="banner" role="status">
            {status === 'lost'
              ? 'Connection lost, retrying.'
              : 'No connection to Hindsight. Open the address that the terminal printed.'}
          </div>
        )}
        {run !== null && (
          <div className="run-strip">
            <TaskProgress
              label={run.what === 'sample' ? 'Sample' : 'Backtest'}
              progress={run.progress}
              onCancel={() => run.stop.abort()}
            />
          </div>
        )}
        {series === null || runs === null ? (
          <div className="empty">Opening the library …</div>
        ) : isFirstStart ? (
          <WelcomeScreen />
        ) : (
          <CurrentScreen screen={screen} />
        )}
      </main>
      <StatusBar />
      <BarsFileInput />
      {isDropping && <div className="drop-veil">Drop bars (.csv, .csv.gz) or a strategy (.ts)</div>}
    </div>
  );
}

function CurrentScreen({ screen }: { readonly screen: Screen }) {
  switch (screen) {
    case 'data':
      return <DataScreen />;
    case 'chart':
      return <ChartScreen />;
    case 'strategy':
      return <StrategyScreen />;
    case 'results':
      return <ResultsScreen />;
  }
}

function ThemeButton() {
  const shown = useLook(({ shown }) => shown);
  const other = shown === 'light' ? 'Dark' : 'Light';
  const toggle = () => setAppearance({ theme: shown === 'light' ? 'dark' : 'light' });
  return (
    <button type="button" className="rail-item rail-bottom" onClick={toggle} title={`${other} theme`}>
      {shown !== 'light' ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
      <span>{other}</span>
    </button>
  );
}

function StatusBar() {
  const { info, status, series, runs } = useConnection();
  const where = info === null ? '' : info.face === 'desktop' ? 'desktop' : 'browser';
  return (
    <footer className="status-bar">
      <span title="All times on screen">UTC</span>
      {info !== null && (
        <>
          <span title={info.libraryPath}>library {formatNumber(info.libraryBytes / 1e6, 1)} MB</span>
          <span>
            {formatNumber(series?.length ?? 0, 0)} series, {counted(runs?.length ?? 0, 'run')}
          </span>
          <span>{info.workersBusy === 0 ? 'workers idle' : `${info.workersBusy} busy`}</span>
        </>
      )}
      <span className="status-right">
        Hindsight {info?.version} · {where} · {status === 'open' ? 'offline, on this machine' : status}
      </span>
    </footer>
  );
}

/** Ctrl+1 to Ctrl+4 change the screen, wherever the focus is. */
function useShortcuts(): void {
  const { go } = useNavigation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const screen = SCREENS[Number(event.key) - 1];
      if ((event.ctrlKey || event.metaKey) && !event.altKey && screen !== undefined) {
        event.preventDefault();
        go(screen);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [go]);
}

/** The newest run opens by itself when the page starts, or when a first run appears while nobody has gone anywhere. */
function useFirstRun(): void {
  const runs = useConnection(({ runs }) => runs);
  const isDone = useRef(false);
  useEffect(() => {
    const newest = runs?.[0];
    if (isDone.current || newest === undefined) return;
    isDone.current = true;
    const { screen, runId, openRun } = useNavigation.getState();
    const isUntouched = screen === 'data' && runId === null && usePending.getState().files.length === 0;
    if (isUntouched) openRun(newest.id);
  }, [runs]);
}
