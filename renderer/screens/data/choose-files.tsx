import { useNavigation } from '../../state/navigation.ts';
import { importFiles } from '../../state/tasks.ts';
import { useImportOptions } from './import-options.tsx';

const FILE_INPUT = 'bars-file-input';

/** Opens the file dialog for bars. */
export function chooseBars(): void {
  document.getElementById(FILE_INPUT)?.click();
}

/** The input behind every import button; files chosen here or set by a test take the same way as dropped ones. */
export function BarsFileInput() {
  const { go } = useNavigation();
  return (
    <input
      id={FILE_INPUT}
      type="file"
      multiple
      hidden
      data-testid="file-input"
      accept=".csv,.gz,.txt,.tsv"
      onChange={({ currentTarget }) => {
        importFiles([...(currentTarget.files ?? [])], useImportOptions.getState().options());
        currentTarget.value = '';
        go('data');
      }}
    />
  );
}
