/**
 * The colours of charts, the same in the app and in exported reports. Up and down are blue and orange: told apart
 * with every common colour blindness, and always doubled by shape (hollow and filled bodies, marker direction).
 */
export interface ChartPalette {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly up: string;
  readonly down: string;
  readonly equity: string;
  readonly drawdown: string;
  /** Lines of indicators, in order of use. */
  readonly series: readonly string[];
}

export const DARK_PALETTE: ChartPalette = {
  background: '#0f1318',
  text: '#dfe5ec',
  muted: '#93a0b0',
  grid: '#222a33',
  up: '#5aa9ff',
  down: '#ff9c45',
  equity: '#5ad1b4',
  drawdown: '#ff7d6b',
  series: ['#e8c547', '#c58cff', '#63d2ff', '#9bd770', '#ff8fb3', '#b0bac6'],
};

export const LIGHT_PALETTE: ChartPalette = {
  background: '#ffffff',
  text: '#1b222a',
  muted: '#556270',
  grid: '#e3e8ee',
  up: '#0a5dbb',
  down: '#a84b00',
  equity: '#00796b',
  drawdown: '#c0392b',
  series: ['#8a6d00', '#7b3fbf', '#007a99', '#3d7a1f', '#b3265c', '#55606c'],
};
