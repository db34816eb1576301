import { create } from 'zustand';
import type { ImportOptions } from '../../../shared/contract/schemas.ts';

interface Choices {
  readonly ticker: string;
  readonly zeroBars: ImportOptions['zeroBars'];
  readonly onError: ImportOptions['onError'];
  readonly set: (change: Partial<Pick<Choices, 'ticker' | 'zeroBars' | 'onError'>>) => void;
  readonly options: () => Partial<ImportOptions>;
}

/** What the next imports are told; kept while the app is open. */
export const useImportOptions = create<Choices>((set, get) => ({
  ticker: '',
  zeroBars: 'drop',
  onError: 'reject',
  set: (change) => set(change),
  options: () => {
    const { ticker, zeroBars, onError } = get();
    return { ticker: ticker.trim() === '' ? null : ticker.trim(), zeroBars, onError };
  },
}));

export function ImportOptionsForm() {
  const { ticker, zeroBars, onError, set } = useImportOptions();
  return (
    <fieldset className="import-options">
      <legend>How files are read</legend>
      <label>
        Ticker
        <input
          value={ticker}
          placeholder="from the file"
          maxLength={32}
          onChange={(event) => set({ ticker: event.target.value })}
          title="Needed only when the file has no ticker column"
        />
      </label>
      <label>
        Empty minutes
        <select
          value={zeroBars}
          onChange={(event) => set({ zeroBars: event.target.value as Choices['zeroBars'] })}
        >
          <option value="drop">leave out and count</option>
          <option value="reject-file">refuse the file</option>
        </select>
      </label>
      <label>
        Bad lines
        <select
          value={onError}
          onChange={(event) => set({ onError: event.target.value as Choices['onError'] })}
        >
          <option value="reject">leave out and list</option>
          <option value="fail">refuse the file</option>
        </select>
      </label>
    </fieldset>
  );
}
