import type Electron from 'electron';
import { DISPLAY } from '../chromium/chromium.ts';
import { refusingEmitter } from '../refusal.ts';

const area = { x: 0, y: 0, ...DISPLAY };
const display = {
  id: 1,
  label: 'Stand-in',
  bounds: area,
  workArea: area,
  size: DISPLAY,
  workAreaSize: DISPLAY,
  scaleFactor: 1,
  rotation: 0,
  internal: true,
} as Electron.Display;

class Screen extends refusingEmitter('Screen', {
  emitted: [],
  silent: ['display-added', 'display-removed', 'display-metrics-changed'],
}) {
  getAllDisplays = () => [display];
  getPrimaryDisplay = () => display;
  getDisplayMatching = (_rectangle: Electron.Rectangle) => display;
  getDisplayNearestPoint = (_point: Electron.Point) => display;
  getCursorScreenPoint = () => ({ x: 0, y: 0 });
}

/** One display without a task bar. */
export const screen = new Screen() as unknown as Electron.Screen;
