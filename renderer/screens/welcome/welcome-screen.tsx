import { useLayoutEffect, useRef } from 'react';
import { useKeys } from '../../commands/key-map.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Button, Kbd } from '../../design/index.ts';
import { openSample, useTasks } from '../../state/tasks.ts';
import { chooseBars } from '../data/choose-files.tsx';
import './welcome.css';

/** The first minute: one key to a backtest on generated bars, or one's own file. */
export function WelcomeScreen() {
  const { run, runError } = useTasks();
  const button = useRef<HTMLButtonElement>(null);
  const importKeys = useKeys('import');
  const paletteKeys = useKeys('palette');
  const sheetKeys = useKeys('show-keys');
  // Before the first paint: whoever sees the button can press Enter.
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <div className="welcome" data-testid="screen-welcome">
      <div className="welcome-column">
        <h1>See a backtest in one key press</h1>
        <p>
          The sample is a year of generated minute bars and a moving-average crossover, with every cost
          counted. Nothing leaves this machine.
        </p>
        <div className="welcome-actions">
          <Button
            ref={button}
            tone="primary"
            size="large"
            keys="Enter"
            data-testid="open-sample"
            data-autofocus
            disabled={run !== null}
            onClick={() => void openSample()}
          >
            Open the sample
          </Button>
          <Button size="large" keys={importKeys} data-testid="choose-file" onClick={chooseBars}>
            Import your own bars …
          </Button>
        </div>
        <p className="muted">
          Or drop a file anywhere: CSV, Parquet, JSON, zipped or not, in any order of columns.
        </p>
        <ErrorNotice error={runError} />
        <p className="muted welcome-keys">
          {paletteKeys !== undefined && (
            <span>
              <Kbd keys={paletteKeys} /> searches everything
            </span>
          )}
          {sheetKeys !== undefined && (
            <span>
              <Kbd keys={sheetKeys} /> shows all keys
            </span>
          )}
        </p>
      </div>
    </div>
  );
}
