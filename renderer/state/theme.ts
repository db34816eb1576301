import { create } from 'zustand'; // zustand: a store of a few lines, MIT, no dependencies
import { type ChartPalette, DARK_PALETTE, LIGHT_PALETTE } from '../../shared/charts/palette.ts';

export type Theme = 'dark' | 'light';
const KEY = 'hindsight.theme';

function firstTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  if (stored === 'dark' || stored === 'light') return stored;
  return window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

export const useTheme = create<{ theme: Theme; toggle: () => void }>((set, get) => ({
  theme: firstTheme(),
  toggle: () => {
    const theme = get().theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, theme);
    set({ theme });
  },
}));

/** Keeps the document's tokens in step with the chosen theme. */
export function applyTheme(): void {
  const apply = ({ theme }: { theme: Theme }) => {
    document.documentElement.dataset.theme = theme;
  };
  apply(useTheme.getState());
  useTheme.subscribe(apply);
}

export const usePalette = (): ChartPalette =>
  useTheme(({ theme }) => theme) === 'dark' ? DARK_PALETTE : LIGHT_PALETTE;
