import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { CommandId } from '../../shared/commands/commands.ts';
import { useLayout } from '../state/layout.ts';
import { useOptionalPane } from '../state/pane.tsx';

interface Handler {
  readonly run: () => void;
  /** The pane that offers it; null: the frame. */
  readonly paneId: string | null;
}

/** Who does what now. A pane's command is on offer while the pane is in front. */
const useHandlers = create<{ readonly handlers: ReadonlyMap<CommandId, readonly Handler[]> }>(() => ({
  handlers: new Map(),
}));

function change(id: CommandId, next: (handlers: readonly Handler[]) => readonly Handler[]): void {
  useHandlers.setState(({ handlers }) => ({
    handlers: new Map(handlers).set(id, next(handlers.get(id) ?? [])),
  }));
}

/**
 * Offers to do a command while the component is there (and `isOffered`). Inside a pane the offer holds while that pane
 * is in front, and goes before the frame's.
 */
export function useCommand(id: CommandId, run: () => void, isOffered = true): void {
  const paneId = useOptionalPane()?.id ?? null;
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!isOffered) return;
    const handler = { run: () => latest.current(), paneId };
    change(id, (handlers) => [...handlers, handler]);
    return () => change(id, (handlers) => handlers.filter((one) => one !== handler));
  }, [id, paneId, isOffered]);
}

/** Who would do the command now: the pane in front before the frame, the newest offer before older ones. */
function handlerOf(id: CommandId): Handler | undefined {
  const offers = useHandlers.getState().handlers.get(id) ?? [];
  const { activePane } = useLayout.getState();
  return (
    offers.findLast(({ paneId }) => paneId !== null && paneId === activePane) ??
    offers.findLast(({ paneId }) => paneId === null)
  );
}

export const isOffered = (id: CommandId): boolean => handlerOf(id) !== undefined;

/** Does a command; false when nobody offers to. */
export function runCommand(id: CommandId): boolean {
  const handler = handlerOf(id);
  handler?.run();
  return handler !== undefined;
}
