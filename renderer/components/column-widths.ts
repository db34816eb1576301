import { useState } from 'react';
import { numbersOf, useKept } from '../design/kept.ts';

const NARROWEST = 32;
const WIDEST = 1200;

/** The least pixels of a CSS width such as `90px`, `minmax(80px, 1fr)` or `1fr`. */
export const leastWidth = (width: string): number =>
  Number(/(\d+(?:\.\d+)?)px/.exec(width)?.[1] ?? NARROWEST);

type Widths = Readonly<Record<string, number>>;

/** Widths of columns that were dragged, kept between sessions under `storageKey`. */
export function useColumnWidths(storageKey: string | undefined) {
  const { read, write } = useKept();
  const key = storageKey === undefined ? null : `columns.${storageKey}`;
  const [widths, setWidths] = useState<Widths>(() => (key === null ? {} : numbersOf(read(key))));
  const change = (next: Widths) => {
    setWidths(next);
    if (key !== null) write(key, next);
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
