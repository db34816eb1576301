import { useNavigation } from '../../state/navigation.ts';
import { addFiles } from './import/pending.ts';

const FILE_INPUT = 'bars-file-input';

/** Opens the file dialog for bars. */
export function chooseBars(): void {
  document.getElementById(FILE_INPUT)?.click();
}

/** Looks at files of bars: they show on the data screen and wait for the user's word. */
export function openFiles(files: Iterable<File>): void {
  addFiles(files);
  useNavigation.getState().go('data');
}

/** The input behind every import button; files chosen here or set by a test take the same way as dropped ones. */
export function BarsFileInput() {
  return (
    <input
      id={FILE_INPUT}
      type="file"
      multiple
      hidden
      data-testid="file-input"
      accept=".csv,.gz,.txt,.tsv,.zip,.zst,.parquet,.json,.jsonl,.ndjson"
      onChange={({ currentTarget }) => {
        openFiles([...(currentTarget.files ?? [])]);
        currentTarget.value = '';
      }}
    />
  );
}
