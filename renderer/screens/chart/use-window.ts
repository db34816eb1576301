import { useCallback, useState } from 'react';

/** Bars in view: from inclusive, to exclusive; fractions while dragging. */
export interface BarWindow {
  readonly from: number;
  readonly to: number;
}

const FIRST_BARS = 400;
const FEWEST_BARS = 12;

/** A window over `total` bars that stays inside them. */
export function clampWindow({ from, to }: BarWindow, total: number): BarWindow {
  const length = Math.min(Math.max(to - from, Math.min(FEWEST_BARS, total)), total);
  const start = Math.min(Math.max(0, from), total - length);
  return { from: start, to: start + length };
}

/** The window scaled by `factor` around `share` (0 left, 1 right) of it. */
export function zoomed({ from, to }: BarWindow, factor: number, share: number): BarWindow {
  const anchor = from + (to - from) * share;
  return { from: anchor - (anchor - from) * factor, to: anchor + (to - anchor) * factor };
}

/** The chart's window; a new series starts at its end. */
export function useWindow(seriesKey: string, total: number) {
  const [state, setState] = useState<{ key: string; window: BarWindow } | null>(null);
  const fallback = clampWindow({ from: total - FIRST_BARS, to: total }, total);
  const window = state?.key === seriesKey ? clampWindow(state.window, total) : fallback;
  const set = useCallback(
    (next: BarWindow) => setState({ key: seriesKey, window: clampWindow(next, total) }),
    [seriesKey, total],
  );
  return { window, set };
}
