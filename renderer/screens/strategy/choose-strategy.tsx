import { create } from 'zustand';
import type { PlainError } from '../../../shared/contract/errors.ts';
import { describeFailure } from '../../api/errors.ts';
import { currentClient } from '../../state/connection.ts';
import { openPane } from '../../state/layout.ts';
import { useSetup } from './setup.ts';

const FILE_INPUT = 'strategy-file-input';

/** Outcome of adding a file, shown on the screen whoever dropped it. */
export const useAdding = create<{ error: PlainError | null; version: number }>(() => ({
  error: null,
  version: 0,
}));

/** Opens the file dialog for a strategy. */
export const chooseStrategyFile = (): void => document.getElementById(FILE_INPUT)?.click();

/** Adds a dropped or chosen strategy file to the library and shows it. */
export async function addStrategyFile(file: File): Promise<void> {
  try {
    const { id } = await currentClient().strategies.save({ fileName: file.name, source: await file.text() });
    useSetup.getState().chooseStrategy(id);
    useAdding.setState(({ version }) => ({ error: null, version: version + 1 }));
    openPane('strategy', { strategyId: id });
  } catch (thrown) {
    useAdding.setState({ error: describeFailure(thrown) });
    openPane('strategy');
  }
}

/** The input behind every button that adds a strategy. */
export function StrategyFileInput() {
  return (
    <input
      id={FILE_INPUT}
      type="file"
      accept=".ts"
      hidden
      data-testid="strategy-input"
      onChange={({ currentTarget }) => {
        for (const file of currentTarget.files ?? []) void addStrategyFile(file);
        currentTarget.value = '';
      }}
    />
  );
}
