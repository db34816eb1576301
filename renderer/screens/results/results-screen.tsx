import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RunDetail, RunSummary } from '../../../shared/contract/schemas.ts';
import { assumptions, FILL_TEXT } from '../../../shared/format/assumptions.ts';
import { costText } from '../../../shared/format/cost.ts';
import { counted, formatNumber, formatSigned } from '../../../shared/format/number.ts';
import { formatDate, formatMinute } from '../../../shared/format/time.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCall } from '../../components/use-call.ts';
import { Tabs } from '../../design/index.ts';
import { currentClient, useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { EquityChart } from './equity-chart.tsx';
import { ExportMenu } from './export-menu.tsx';
import { Figure } from './figure.tsx';
import { ManifestView } from './manifest-view.tsx';
import { StatisticsTable } from './statistics-table.tsx';
import { TradeTable } from './trade-table.tsx';
import { TrustStrip } from './trust-strip.tsx';

const TABS = ['trades', 'statistics', 'manifest'] as const;
type Tab = (typeof TABS)[number];
const HEADLINE = [
  'netProfit',
  'cagr',
  'maxDrawdownPercent',
  'sharpe',
  'trades',
  'strikeRate',
  'profitFactor',
  'exposure',
] as const;

/** The runs of the library and what came of the chosen one. */
export function ResultsScreen() {
  const runs = useConnection(({ runs }) => runs) ?? [];
  const { runId, openRun, go } = useNavigation();
  const chosen = runs.find(({ id }) => id === runId) ?? runs[0];
  const { data: detail, error } = useCall(chosen?.id ?? null, (client) =>
    client.runs.get({ runId: chosen!.id }),
  );
  if (chosen === undefined) {
    return (
      <div className="empty" data-testid="screen-results">
        <p>No runs yet.</p>
        <button type="button" onClick={() => go('strategy')}>
          Choose a strategy <kbd>Ctrl+3</kbd>
        </button>
      </div>
    );
  }
  return (
    <div className="results-screen" data-testid="screen-results">
      <RunList runs={runs} chosen={chosen.id} onChoose={openRun} />
      <section className="results-main">
        <ErrorNotice error={error} />
        {detail !== null && <RunView key={detail.id} run={detail} />}
      </section>
    </div>
  );
}

function RunList({
  runs,
  chosen,
  onChoose,
}: {
  readonly runs: readonly RunSummary[];
  readonly chosen: string;
  readonly onChoose: (runId: string) => void;
}) {
  return (
    <nav className="run-list" aria-label="Runs">
      <h1>Results</h1>
      <ul>
        {runs.map(({ id, strategyName, tickers, every, netProfit, trades, createdAt }) => (
          <li key={id} aria-current={id === chosen}>
            <button type="button" onClick={() => onChoose(id)}>
              <strong>{strategyName}</strong>
              <span className={netProfit < 0 ? 'down' : 'up'}>{formatSigned(netProfit, 0)}</span>
              <span className="muted">
                {tickers.join(', ')} {every}
              </span>
              <span className="muted">{counted(trades, 'trade')}</span>
              <span className="muted run-time">{formatMinute(createdAt)}</span>
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove the run of ${formatMinute(createdAt)}`}
              title="Remove this run"
              onClick={() => void currentClient().runs.remove({ runId: id })}
            >
              <Trash2 size={13} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function RunView({ run }: { readonly run: RunDetail }) {
  const [tab, setTab] = useState<Tab>('trades');
  const { statistics, manifest } = run;
  return (
    <>
      <header className="run-head">
        <div>
          <h2>
            {run.strategyName} on {run.tickers.join(', ')} {run.every}
          </h2>
          <p className="muted">
            {formatDate(run.first)} to {formatDate(run.last)} · {formatNumber(run.bars, 0)} bars in{' '}
            {formatNumber(run.engineMilliseconds, 1)} ms ·{' '}
            {Object.entries(manifest.params)
              .map(([name, value]) => `${name} ${String(value).slice(0, 40)}`)
              .join(', ')}{' '}
            · commission {costText(manifest.commission)}, slippage {costText(manifest.slippage)} ·{' '}
            {assumptions(manifest).join(' · ')}
          </p>
        </div>
        <ExportMenu runId={run.id} />
      </header>
      <section className="headline" aria-label="Headline figures">
        {HEADLINE.map((id) => (
          <Figure key={id} statistic={statistics.find((one) => one.id === id)!} />
        ))}
      </section>
      <CheatNotice fill={manifest.fill} />
      <RejectionNotice statistics={statistics} />
      <TrustStrip trust={run.trust} />
      <EquityChart runId={run.id} />
      <Tabs
        label="Parts of the result"
        value={tab}
        onChange={setTab}
        tabs={TABS.map((name) => ({ value: name, label: name.charAt(0).toUpperCase() + name.slice(1) }))}
      >
        {tab === 'trades' && <TradeTable run={run} />}
        {tab === 'statistics' && <StatisticsTable statistics={statistics} />}
        {tab === 'manifest' && <ManifestView runId={run.id} manifest={manifest} />}
      </Tabs>
    </>
  );
}

/** A fill that knew its price in advance makes every figure below a dream. */
function CheatNotice({ fill }: { readonly fill: RunDetail['manifest']['fill'] }) {
  if (fill === 'next-open') return null;
  return (
    <p className="banner bad" role="status" data-testid="cheat">
      {FILL_TEXT[fill]}: no trader could have had these prices.
    </p>
  );
}

/** Orders that the broker refused must not go unseen: a run of them looks like a quiet strategy. */
function RejectionNotice({ statistics }: { readonly statistics: RunDetail['statistics'] }) {
  const rejected = statistics.find(({ id }) => id === 'rejectedOrders')?.value ?? 0;
  if (rejected === 0) return null;
  return (
    <p className="banner" role="status" data-testid="rejections">
      {counted(rejected, 'order')} rejected because the cash did not suffice: raise it or lower the size. Each
      is listed with its reason in orders.csv.
    </p>
  );
}
