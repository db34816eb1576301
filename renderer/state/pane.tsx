import { createContext, type ReactNode, useCallback, useContext } from 'react';
import type { PaneKind } from '../../shared/contract/schemas.ts';
import { patchPane, setPaneLink, useLayout } from './layout.ts';

export interface Pane {
  readonly id: string;
  readonly kind: PaneKind;
  /** Too narrow for things side by side: they go one above the other. */
  readonly isNarrow: boolean;
}

const PaneContext = createContext<Pane | null>(null);

export function PaneProvider({ pane, children }: { readonly pane: Pane; readonly children: ReactNode }) {
  return <PaneContext value={pane}>{children}</PaneContext>;
}

/** The pane that a component lies in; null in the frame. */
export const useOptionalPane = (): Pane | null => useContext(PaneContext);

export function usePane(): Pane {
  const pane = useContext(PaneContext);
  if (pane === null) throw new Error('not inside a pane');
  return pane;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * Something a pane keeps with the workspace: it is the same after a restart. `initial` holds while nothing is kept, and
 * where what is kept is of another type.
 */
export function usePaneState<Value extends Json>(
  key: string,
  initial: Value,
): readonly [Value, (value: Value) => void] {
  const { id } = usePane();
  const kept = useLayout(({ panes }) => panes[id]?.state[key]);
  const isLike = kept !== undefined && (initial === null || kept === null || typeof kept === typeof initial);
  const set = useCallback((value: Value) => patchPane(id, { [key]: value as never }), [id, key]);
  return [isLike ? (kept as Value) : initial, set];
}

/** The pane's colour group: 0 to 6. */
export function usePaneLink(): readonly [number, (link: number) => void] {
  const { id } = usePane();
  const link = useLayout(({ panes }) => panes[id]?.link ?? 0);
  return [link, useCallback((next: number) => setPaneLink(id, next), [id])];
}
