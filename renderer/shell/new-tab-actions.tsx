import { runCommand } from '../commands/handlers.ts';
import { useKeys } from '../commands/key-map.ts';
import { Button } from '../design/index.ts';

/** Where nothing is open: the ways to something. */
export function NewTabActions() {
  return (
    <>
      <Button tone="primary" keys={useKeys('palette')} onClick={() => runCommand('palette')}>
        Search everything
      </Button>
      <Button keys={useKeys('go-data')} onClick={() => runCommand('go-data')}>
        Data
      </Button>
      <Button keys={useKeys('go-runs')} onClick={() => runCommand('go-runs')}>
        Runs
      </Button>
    </>
  );
}
