import { Repeat } from 'lucide-react';
import { useState } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import type { Manifest, Reproduction } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { describeFailure } from '../../api/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Button, Facts } from '../../design/index.ts';
import { currentClient } from '../../state/connection.ts';

/** What the run is made of, and a button that runs it again and compares every bit. */
export function ManifestView({ runId, manifest }: { readonly runId: string; readonly manifest: Manifest }) {
  const [state, setState] = useState<'idle' | 'busy'>('idle');
  const [outcome, setOutcome] = useState<Reproduction | null>(null);
  const [error, setError] = useState<PlainError | null>(null);
  const reproduce = async () => {
    setState('busy');
    setOutcome(null);
    setError(null);
    await currentClient()
      .runs.reproduce({ runId })
      .then(setOutcome, (thrown) => setError(describeFailure(thrown)));
    setState('idle');
  };
  const { strategySource: _, ...shown } = manifest;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="manifest" tabIndex={0}>
      <div className="manifest-actions">
        <Button
          icon={<Repeat size={14} aria-hidden />}
          data-testid="reproduce"
          disabled={state === 'busy'}
          onClick={() => void reproduce()}
        >
          {state === 'busy' ? 'Running again …' : 'Reproduce'}
        </Button>
        {outcome !== null && (
          <span role="status" data-testid="reproduction" data-identical={outcome.identical}>
            {outcome.identical
              ? 'Identical: every order, fill, trade, equity value and figure.'
              : outcome.difference === null
                ? 'Different.'
                : `First difference in ${outcome.difference.file}, line ${outcome.difference.line}: ${outcome.difference.expected} was, ${outcome.difference.actual} is.`}
          </span>
        )}
      </div>
      <ErrorNotice error={error} />
      <Facts
        items={[
          ['Engine', `Hindsight ${manifest.engineVersion}, seed ${manifest.seed}`],
          [
            'Strategy',
            <>
              {manifest.strategyFile} <code>{manifest.strategySha256}</code>
            </>,
          ],
          ...manifest.dataUsed.map(
            ({ ticker, every, bars, first, last, sha256 }) =>
              [
                `${ticker} ${every}`,
                <>
                  {formatNumber(bars, 0)} bars, {formatMinute(first)} to {formatMinute(last)}{' '}
                  <code>{sha256}</code>
                </>,
              ] as const,
          ),
        ]}
      />
      <pre className="json">{JSON.stringify(shown, null, 2)}</pre>
    </div>
  );
}
