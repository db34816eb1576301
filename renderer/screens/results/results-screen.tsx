import { ReceiptText } from 'lucide-react';
import type { RunDetail } from '../../../shared/contract/schemas.ts';
import { assumptions, FILL_TEXT } from '../../../shared/format/assumptions.ts';
import { costText } from '../../../shared/format/cost.ts';
import { counted, formatNumber } from '../../../shared/format/number.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCall } from '../../components/use-call.ts';
import { Button, EmptyState, Pane, SplitPane, Tabs } from '../../design/index.ts';
import { useConnection } from '../../state/connection.ts';
import { closePane } from '../../state/layout.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePane, usePaneState } from '../../state/pane.tsx';
import { useShownZone } from '../../state/zone.ts';
import { EquityChart } from './equity-chart.tsx';
import { ExportMenu } from './export-menu.tsx';
import { Figure } from './figure.tsx';
import { ManifestView } from './manifest-view.tsx';
import { StatisticsTable } from './statistics-table.tsx';
import { TradeTable } from './trade-table.tsx';
import { TrustStrip } from './trust-strip.tsx';
import './results.css';

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

/** What came of a run. */
export function ResultScreen() {
  const { id } = usePane();
  const [runId] = usePaneState<string | null>('runId', null);
  const isThere = useConnection(({ runs }) => runs?.some((run) => run.id === runId) ?? false);
  const { data: detail, error } = useCall(isThere ? runId : null, (client) =>
    client.runs.get({ runId: runId! }),
  );
  const { go } = useNavigation();
  if (!isThere) {
    return (
      <EmptyState
        testId="screen-results"
        icon={<ReceiptText size={22} aria-hidden />}
        title="This run is not in the library any more"
        actions={
          <>
            <Button tone="primary" onClick={() => closePane(id)}>
              Close the tab
            </Button>
            <Button onClick={() => go('runs')}>All runs</Button>
          </>
        }
      >
        It was removed. Other runs are on the Runs screen.
      </EmptyState>
    );
  }
  return (
    <div className="results-main" data-testid="screen-results">
      <ErrorNotice error={error} />
      {detail !== null && detail.id === runId && <RunView key={detail.id} run={detail} />}
    </div>
  );
}

function RunView({ run }: { readonly run: RunDetail }) {
  const [tab, setTab] = usePaneState<Tab>('tab', 'trades');
  const { statistics, manifest } = run;
  const { zone } = useShownZone(run.tickers[0] ?? null, run.every);
  return (
    <>
      <header className="run-head">
        <div>
          <h1>
            {run.strategyName} on {run.tickers.join(', ')} {run.every}
          </h1>
          <p className="muted">
            {formatDate(run.first, zone)} to {formatDate(run.last, zone)} · {formatNumber(run.bars, 0)} bars
            in {formatNumber(run.engineMilliseconds, 1)} ms ·{' '}
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
      <SplitPane direction="vertical" storageKey="result">
        <Pane id="equity" size="44%" min={120}>
          <EquityChart runId={run.id} />
        </Pane>
        <Pane id="parts" min={140}>
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
        </Pane>
      </SplitPane>
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
