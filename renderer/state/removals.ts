import { create } from 'zustand';
import { describeFailure } from '../api/errors.ts';
import { toast, UNDO_MILLISECONDS } from '../design/index.ts';
import { currentClient } from './connection.ts';

interface Removals {
  /** Ids of what was taken out of sight and may still come back. */
  readonly hidden: ReadonlySet<string>;
  /** Takes back the last removal; null when there is none to take back. */
  readonly undoLast: (() => void) | null;
}

export const useRemovals = create<Removals>(() => ({ hidden: new Set(), undoLast: null }));

const setHidden = (id: string, isHidden: boolean) =>
  useRemovals.setState(({ hidden }) => {
    const next = new Set(hidden);
    if (isHidden) next.add(id);
    else next.delete(id);
    return { hidden: next };
  });

/**
 * Takes a thing out of sight at once and asks the core to remove it, which waits until Undo is no longer offered: ten
 * seconds, and longer while the pointer or the focus is on the offer. What was removed stays removed when the app ends
 * within that time.
 */
export function removeWithUndo({
  id,
  title,
  text,
  commit,
  onBack = () => {},
}: {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  /** The call that removes it; its answer is what takes it back. */
  readonly commit: () => Promise<{ readonly removalId: string }>;
  /** It is there again: taken back, or it could not be removed. */
  readonly onBack?: () => void;
}): void {
  let isUndone = false;
  setHidden(id, true);
  const asked = commit();
  asked.catch((thrown) => {
    setHidden(id, false);
    onBack();
    shown.close();
    tellProblem('It could not be removed', thrown);
  });
  const undo = () => {
    isUndone = true;
    asked
      .then(({ removalId }) => currentClient().removals.undo({ removalId }))
      .then(() => {
        setHidden(id, false);
        onBack();
      })
      .catch((thrown) => tellProblem('It could not be brought back', thrown));
    shown.close();
  };
  const shown = toast({
    title,
    ...(text === undefined ? {} : { text }),
    milliseconds: UNDO_MILLISECONDS,
    action: { label: 'Undo', onClick: undo },
    onClose: () => {
      useRemovals.setState(({ undoLast }) => (undoLast === undo ? { undoLast: null } : {}));
      if (isUndone) return;
      asked.then(({ removalId }) => currentClient().removals.finish({ removalId })).catch(() => {});
    },
  });
  useRemovals.setState({ undoLast: undo });
}

/** Takes an import back, with Undo. `onChange` is told whether it counts as undone. */
export function takeBackImport(
  { importId, file }: { readonly importId: string; readonly file: string },
  onChange: (isUndone: boolean) => void = () => {},
): void {
  onChange(true);
  removeWithUndo({
    id: importId,
    title: `Import of ${file} taken back`,
    text: 'Its bars leave the library.',
    commit: () => currentClient().data.undoImport({ importId }),
    onBack: () => onChange(false),
  });
}

const tellProblem = (title: string, thrown: unknown) => {
  const { message, detail } = describeFailure(thrown);
  toast({ kind: 'problem', title, text: [message, detail.hint].filter(Boolean).join('. ') });
};
