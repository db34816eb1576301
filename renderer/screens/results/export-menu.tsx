import { Download } from 'lucide-react';
import { RUN_FILES, type RunFile } from '../../../shared/contract/schemas.ts';
import { describeFailure } from '../../api/errors.ts';
import { saveFile } from '../../components/save-file.ts';
import { Button, Menu, MenuItem, toast } from '../../design/index.ts';
import { currentClient } from '../../state/connection.ts';

const MEANINGS: Record<RunFile, string> = {
  'report.html': 'one page with charts, opens offline',
  'trades.csv': 'the trade log',
  'fills.csv': 'every fill',
  'orders.csv': 'every order and its outcome',
  'equity.csv': 'equity, cash, exposure per bar',
  'statistics.json': 'figures with conventions',
  'breakdown.json': 'by hour, weekday and month; rolling Sharpe ratio',
  'analyzers.json': 'backtrader’s analyzers, by its conventions',
  'trust.json': 'leak test, data, same-bar range, costs, trials',
  'manifest.json': 'all that reproduces the run',
};

/** The files of a run, one click each. */
export function ExportMenu({ runId }: { readonly runId: string }) {
  const save = async (name: RunFile) => {
    try {
      await saveFile(await currentClient().runs.file({ runId, name }), name);
    } catch (thrown) {
      toast({
        kind: 'problem',
        title: `${name} could not be exported`,
        text: describeFailure(thrown).message,
      });
    }
  };
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<Download size={14} aria-hidden />} data-testid="export">
          Export
        </Button>
      }
    >
      {[...RUN_FILES].reverse().map((name) => (
        <MenuItem key={name} hint={MEANINGS[name]} testId={`export-${name}`} onSelect={() => void save(name)}>
          <strong>{name}</strong>
        </MenuItem>
      ))}
    </Menu>
  );
}
