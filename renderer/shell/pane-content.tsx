import {
  Component,
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { PaneKind } from '../../shared/contract/schemas.ts';
import { Button, EmptyState } from '../design/index.ts';
import { WelcomeScreen } from '../screens/welcome/welcome-screen.tsx';
import { useConnection } from '../state/connection.ts';
import { PaneProvider } from '../state/pane.tsx';
import './pane-content.css';

// Read when they are first shown, or when nobody waits: a start reads the frame and one screen.
const read = {
  data: () => import('../screens/data/data-screen.tsx'),
  chart: () => import('../screens/chart/chart-screen.tsx'),
  strategy: () => import('../screens/strategy/strategy-screen.tsx'),
  runs: () => import('../screens/runs/runs-screen.tsx'),
  result: () => import('../screens/results/results-screen.tsx'),
  jobs: () => import('../screens/jobs/jobs-screen.tsx'),
  settings: () => import('../screens/settings/settings-screen.tsx'),
};
const DataScreen = lazy(async () => ({ default: (await read.data()).DataScreen }));
const ChartScreen = lazy(async () => ({ default: (await read.chart()).ChartScreen }));
const StrategyScreen = lazy(async () => ({ default: (await read.strategy()).StrategyScreen }));
const RunsScreen = lazy(async () => ({ default: (await read.runs()).RunsScreen }));
const ResultScreen = lazy(async () => ({ default: (await read.result()).ResultScreen }));
const JobsScreen = lazy(async () => ({ default: (await read.jobs()).JobsScreen }));
const SettingsScreen = lazy(async () => ({ default: (await read.settings()).SettingsScreen }));

/** Reads the other screens once the first one stands, so that none is waited for later. */
export function readScreensAhead(): void {
  requestIdleCallback(() => Promise.all(Object.values(read).map((one) => one())), { timeout: 3_000 });
}

function Screen({ kind }: { readonly kind: PaneKind }) {
  switch (kind) {
    case 'welcome':
      return <WelcomeScreen />;
    case 'data':
      return <DataScreen />;
    case 'chart':
      return <ChartScreen />;
    case 'strategy':
      return <StrategyScreen />;
    case 'runs':
      return <RunsScreen />;
    case 'result':
      return <ResultScreen />;
    case 'jobs':
      return <JobsScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

/** A screen inside its tab; what goes wrong in it stays in it. */
export function PaneContent({ id, kind }: { readonly id: string; readonly kind: PaneKind }) {
  const isReady = useConnection(({ series, runs }) => series !== null && runs !== null);
  const element = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow(element);
  const pane = useMemo(() => ({ id, kind, isNarrow }), [id, kind, isNarrow]);
  return (
    <PaneProvider pane={pane}>
      <div className="pane" ref={element} data-pane={id} tabIndex={-1}>
        {isReady ? (
          <PaneGuard>
            <Suspense fallback={<p className="pane-waiting">Loading …</p>}>
              <Screen kind={kind} />
            </Suspense>
          </PaneGuard>
        ) : (
          <p className="pane-waiting">Opening the library …</p>
        )}
      </div>
    </PaneProvider>
  );
}

const NARROW_PIXELS = 620;

function useIsNarrow(element: RefObject<HTMLElement | null>): boolean {
  const [isNarrow, setIsNarrow] = useState(false);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      // A tab that is behind another has no width, and keeps what it had.
      if (width > 0) setIsNarrow(width < NARROW_PIXELS);
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return isNarrow;
}

/** A bug in one screen must not take the window away. */
class PaneGuard extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <EmptyState
        title="This tab has a fault"
        actions={<Button onClick={() => this.setState({ error: null })}>Draw it again</Button>}
      >
        <p role="alert">{error.message}</p>
        <p>The library and the other tabs are not touched by it. It is ours: please report it.</p>
      </EmptyState>
    );
  }
}
