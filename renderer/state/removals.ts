import { create } from 'zustand';
import { describeFailure } from '../api/errors.ts';
import { toast, UNDO_MILLISECONDS } from '../design/index.ts';

interface Removals {
  /** Ids of what was taken out of sight and may still come back. */
  readonly hidden: ReadonlySet<string>;
}

export const useRemovals = create<Removals>(() => ({ hidden: new Set() }));

const setHidden = (id: string, isHidden: boolean) =>
  useRemovals.setState(({ hidden }) => {
    const next = new Set(hidden);
    if (isHidden) next.add(id);
    else next.delete(id);
    return { hidden: next };
  });

/**
 * Takes a thing out of sight at once, and removes it when Undo is no longer offered. Closing the app within that time
 * leaves it where it is.
 */
export function removeWithUndo({
  id,
  title,
  text,
  commit,
}: {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  readonly commit: () => Promise<unknown>;
}): void {
  let isUndone = false;
  setHidden(id, true);
  toast({
    title,
    ...(text === undefined ? {} : { text }),
    milliseconds: UNDO_MILLISECONDS,
    action: {
      label: 'Undo',
      onClick: () => {
        isUndone = true;
        setHidden(id, false);
      },
    },
    onClose: () => {
      if (isUndone) return;
      commit()
        .catch((thrown) =>
          toast({ kind: 'problem', title: 'It is still there', text: describeFailure(thrown).message }),
        )
        // Until the lists have been told anew it would flash up once more.
        .finally(() => setTimeout(() => setHidden(id, false), 1_000));
    },
  });
}
