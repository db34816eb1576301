import { useState } from 'react';

const NARROWEST = 32;
const WIDEST = 1200;

/** The least pixels of a CSS width such as `90px`, `minmax(80px, 1fr)` or `1fr`. */
export const leastWidth = (width: string): number =>
  Number(/(\d+(?:\.\d+)?)px/.exec(width)?.[1] ?? NARROWEST);

type Widths = Readonly<Record<string, number>>;

/** Widths of columns that were dragged, kept between sessions under `storageKey`. */
export function useColumnWidths(storageKey: string | undefined) {
  const key = storageKey === undefined ? null : `hindsight.columns.${storageKey}`;
  const [widths, setWidths] = useState<Widths>(() => (key === null ? {} : read(key)));
  const change = (next: Widths) => {
    setWidths(next);
    if (key !== null) localStorage.setItem(key, JSON.stringify(next));
  };
  return {
    widths,
    resize: (column: string, pixels: number) =>
      change({ ...widths, [column]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, pixels))) }),
    reset: (column: string) => {
      const { [column]: _, ...others } = widths;
      change(others);
    },
  };
}

function read(key: string): Widths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const entries = Object.entries(kept as object).filter(([, width]) => typeof width === 'number');
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
