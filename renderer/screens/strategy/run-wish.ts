import { create } from 'zustand';
import { openPane } from '../../state/layout.ts';

/** A run that was asked for elsewhere, to be started by the strategy that is open. */
export const useRunWish = create<{ readonly isWanted: boolean }>(() => ({ isWanted: false }));

export function wishRun(): void {
  openPane('strategy', {}, { takesFocus: false });
  useRunWish.setState({ isWanted: true });
}
