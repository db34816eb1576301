import { createContext, useContext } from 'react';

/** Where sizes that were dragged are kept between sessions; the frame provides the workspace. */
export interface Kept {
  readonly read: (key: string) => unknown;
  readonly write: (key: string, value: unknown) => void;
}

const inMemory = new Map<string, unknown>();
export const KeptContext = createContext<Kept>({
  read: (key) => inMemory.get(key),
  write: (key, value) => inMemory.set(key, value),
});
export const useKept = (): Kept => useContext(KeptContext);

/** Names with numbers, whatever was kept. */
export function numbersOf(kept: unknown): Record<string, number> {
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}
