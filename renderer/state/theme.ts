import { create } from 'zustand'; // zustand: a store of a few lines, MIT, no dependencies
import { type ChartPalette, DARK_PALETTE } from '../../shared/charts/palette.ts';

export type ThemeChoice = 'system' | 'dark' | 'light' | 'contrast';
export type Theme = Exclude<ThemeChoice, 'system'>;

/** How everything looks; the choices of the settings that must hold before the first picture. */
export interface Appearance {
  readonly theme: ThemeChoice;
  readonly density: 'compact' | 'comfortable';
  /** Colours of up and down. */
  readonly direction: 'blue-orange' | 'green-red' | 'red-green';
  readonly motion: 'full' | 'reduced';
}

const KEY = 'hindsight.appearance';
const DEFAULTS: Appearance = {
  theme: 'system',
  density: 'compact',
  direction: 'blue-orange',
  motion: 'full',
};

/** What was chosen last, so that the first picture is right before the settings have arrived. */
function remembered(): Appearance {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>) };
  } catch {
    return DEFAULTS;
  }
}

const isLight = window.matchMedia('(prefers-color-scheme: light)');
const resolved = (choice: ThemeChoice): Theme =>
  choice === 'system' ? (isLight.matches ? 'light' : 'dark') : choice;

interface Look extends Appearance {
  /** The theme in force, with `system` resolved. */
  readonly shown: Theme;
  readonly palette: ChartPalette;
}

const first = remembered();
export const useLook = create<Look>(() => ({
  ...first,
  shown: resolved(first.theme),
  palette: DARK_PALETTE,
}));

/** Rows of tables in pixels; the tokens' `--row`. */
export const useRowHeight = (): number => useLook(({ density }) => (density === 'compact' ? 24 : 32));
/** Colours of charts, read from the tokens in force. */
export const usePalette = (): ChartPalette => useLook(({ palette }) => palette);

export function setAppearance(change: Partial<Appearance>): void {
  const { theme, density, direction, motion } = { ...useLook.getState(), ...change };
  localStorage.setItem(KEY, JSON.stringify({ theme, density, direction, motion }));
  useLook.setState({ theme, density, direction, motion, shown: resolved(theme) });
  apply();
}

/** Keeps the document's tokens in step with what is chosen, from the first picture on. */
export function applyTheme(): void {
  isLight.addEventListener('change', () => setAppearance({}));
  apply();
}

function apply(): void {
  const { shown, density, direction, motion } = useLook.getState();
  Object.assign(document.documentElement.dataset, { theme: shown, density, direction, motion });
  useLook.setState({ palette: paletteOf(getComputedStyle(document.documentElement)) });
}

/** The chart's colours from the same tokens as everything else. */
function paletteOf(style: CSSStyleDeclaration): ChartPalette {
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    background: token('panel'),
    text: token('text'),
    muted: token('muted'),
    grid: token('grid'),
    up: token('up'),
    down: token('down'),
    equity: token('equity'),
    drawdown: token('drawdown'),
    series: [1, 2, 3, 4, 5, 6].map((number) => token(`chart-${number}`)),
  };
}
