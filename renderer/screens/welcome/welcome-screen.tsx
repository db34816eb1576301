import { useLayoutEffect, useRef } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { openSample, useTasks } from '../../state/tasks.ts';
import { chooseBars } from '../data/choose-files.tsx';

/** The first minute: one key to a backtest on generated bars, or one's own file. */
export function WelcomeScreen() {
  const { run, runError } = useTasks();
  const button = useRef<HTMLButtonElement>(null);
  // Before the first paint: whoever sees the button can press Enter.
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <div className="welcome" data-testid="screen-welcome">
      <h1>See a backtest in one key press</h1>
      <p>
        The sample is a year of generated minute bars and a moving-average crossover, with every cost counted.
        Nothing leaves this machine.
      </p>
      <div className="welcome-actions">
        <button
          ref={button}
          type="button"
          className="primary"
          data-testid="open-sample"
          disabled={run !== null}
          onClick={() => void openSample()}
        >
          Open the sample <kbd>Enter</kbd>
        </button>
        <button type="button" data-testid="choose-file" onClick={chooseBars}>
          Import your own bars …
        </button>
      </div>
      <p className="muted">
        Or drop a file anywhere: CSV or CSV.GZ with bucket, ticker, trades, open, high, low, close, volume,
        vwap, twap, in any order.
      </p>
      <ErrorNotice error={runError} />
    </div>
  );
}
