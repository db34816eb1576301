import { create } from 'zustand';

export const SCREENS = ['data', 'chart', 'strategy', 'results'] as const;
export type Screen = (typeof SCREENS)[number];

interface Navigation {
  readonly screen: Screen;
  readonly seriesId: string | null;
  readonly runId: string | null;
  /** A time (epoch ms) the chart should show next, and the trade it belongs to. */
  readonly chartTime: number | null;
  readonly go: (screen: Screen) => void;
  readonly selectSeries: (seriesId: string | null) => void;
  readonly openRun: (runId: string | null) => void;
  readonly openChart: (seriesId: string, time: number | null) => void;
  readonly chartTimeShown: () => void;
}

/** Which screen shows what. */
export const useNavigation = create<Navigation>((set) => ({
  screen: 'data',
  seriesId: null,
  runId: null,
  chartTime: null,
  go: (screen) => set({ screen }),
  selectSeries: (seriesId) => set({ seriesId }),
  openRun: (runId) => set({ runId, screen: 'results' }),
  openChart: (seriesId, chartTime) => set({ seriesId, chartTime, screen: 'chart' }),
  chartTimeShown: () => set({ chartTime: null }),
}));
