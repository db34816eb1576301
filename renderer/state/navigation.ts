import { create } from 'zustand';
import type { PaneKind } from '../../shared/contract/schemas.ts';
import { openPane, useLayout } from './layout.ts';
import { linkState, publish } from './links.ts';

/** Screens of the rail, with the number that Ctrl goes with. The numbers between are kept for screens to come. */
export const SCREENS = [
  { kind: 'data', number: 1 },
  { kind: 'chart', number: 2 },
  { kind: 'strategy', number: 3 },
  { kind: 'runs', number: 4 },
  { kind: 'jobs', number: 8 },
  { kind: 'settings', number: 9 },
] as const satisfies readonly { readonly kind: PaneKind; readonly number: number }[];
export type Screen = (typeof SCREENS)[number]['kind'];

interface Navigation {
  /** The series chosen last, anywhere. */
  readonly seriesId: string | null;
  /** The run opened last: charts show its fills. */
  readonly runId: string | null;
  readonly go: (screen: PaneKind) => void;
  readonly selectSeries: (seriesId: string | null) => void;
  /** Shows a run; `isNew` keeps the result that is open and opens another. */
  readonly openRun: (runId: string, isNew?: boolean) => void;
  /** Shows a series in the chart used last, at a time (epoch ms) where one is given. */
  readonly openChart: (seriesId: string, time: number | null) => void;
  /** A new chart beside what is there. */
  readonly newChart: (seriesId: string | null) => void;
}

/** Ways from anywhere to a pane that shows something. */
export const useNavigation = create<Navigation>((set, get) => ({
  seriesId: null,
  runId: null,
  go: (screen) => {
    openPane(
      screen,
      screen === 'chart' && get().seriesId !== null && !hasChart() ? { seriesId: get().seriesId } : {},
    );
  },
  selectSeries: (seriesId) => set({ seriesId }),
  openRun: (runId, isNew = false) => {
    set({ runId });
    openPane('result', { runId, ...(isNew ? { isKept: true } : {}) }, { isNew: isNew && !isShown(runId) });
  },
  openChart: (seriesId, time) => {
    set({ seriesId });
    const paneId = openPane('chart', { seriesId }, { takesFocus: time === null });
    publish(useLayout.getState().panes[paneId]?.link ?? 0, paneId, { seriesId });
    if (time !== null) askChart(paneId, time);
  },
  newChart: (seriesId) => {
    openPane('chart', seriesId === null ? {} : { seriesId }, { isNew: true });
  },
}));

const hasChart = () => Object.values(useLayout.getState().panes).some(({ kind }) => kind === 'chart');
const isShown = (runId: string) =>
  Object.values(useLayout.getState().panes).some(
    ({ kind, state }) => kind === 'result' && state.runId === runId,
  );

/** Times (epoch ms) that charts were asked to show and have not yet shown, by pane. */
export const useChartRequests = create<{ readonly times: Readonly<Record<string, number>> }>(() => ({
  times: {},
}));

export const askChart = (paneId: string, time: number): void =>
  useChartRequests.setState(({ times }) => ({ times: { ...times, [paneId]: time } }));

export const chartShown = (paneId: string): void =>
  useChartRequests.setState(({ times }) => {
    const { [paneId]: _, ...others } = times;
    return { times: others };
  });

/** The chart used last; undefined when there is none. */
export function lastChart(): string | undefined {
  const { history, panes } = useLayout.getState();
  return [...history, ...Object.keys(panes)].find((id) => panes[id]?.kind === 'chart');
}

/** The series that a pane shows: its group's where it is linked, else its own. */
export function seriesOfPane(paneId: string): string | null {
  const pane = useLayout.getState().panes[paneId];
  const own = typeof pane?.state.seriesId === 'string' ? pane.state.seriesId : null;
  return pane === undefined || pane.link === 0 ? own : (linkState(pane.link).seriesId ?? own);
}
