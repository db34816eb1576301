import { CodeXml, Play, Upload } from 'lucide-react';
import { useEffect } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import { useCommand } from '../../commands/handlers.ts';
import { useKeys } from '../../commands/key-map.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCall } from '../../components/use-call.ts';
import { Button, EmptyState, Pane, SplitPane } from '../../design/index.ts';
import { useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePane, usePaneState } from '../../state/pane.tsx';
import { openSample, startRun, useTasks } from '../../state/tasks.ts';
import { useAdding } from './choose-strategy.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { RunSetup } from './run-setup.tsx';
import { useRunWish } from './run-wish.ts';
import { useSetup } from './setup.ts';
import { SourceView } from './source-view.tsx';
import { StrategyList } from './strategy-list.tsx';
import './strategy.css';

/** Pick a strategy, set its parameters, read its source, run it. */
export function StrategyScreen() {
  const { strategies, series, runs } = useConnection();
  const { run, runError } = useTasks();
  const { error: addingError, version } = useAdding();
  const { isWanted } = useRunWish();
  const setup = useSetup();
  const keys = useKeys('run');
  const { isNarrow } = usePane();
  const [ownId, setOwnId] = usePaneState<string | null>('strategyId', null);
  const byId = (id: string | null) => strategies?.find((one) => one.id === id);
  const chosen = byId(ownId) ?? byId(setup.strategyId) ?? strategies?.[0];
  const { data: detail, error } = useCall(chosen === undefined ? null : `${chosen.id}:${version}`, (client) =>
    client.strategies.get({ strategyId: chosen!.id }),
  );
  const shown = detail?.id === chosen?.id ? detail : null;
  const isBroken = shown?.params === null;
  const chosenSeries = setup.seriesOf(series ?? [], runs?.[0]);
  const spec =
    chosen === undefined || chosenSeries === undefined
      ? null
      : setup.spec(chosen.id, detail?.params ?? {}, chosenSeries, series ?? []);
  const begin = () => {
    if (!isBroken && spec !== null && run === null) useRunWish.setState({ isWanted: true });
  };
  // Asked for before the declaration arrived: the run waits for it, since it decides which parameters there are.
  useEffect(() => {
    if (!isWanted || shown === null) return;
    useRunWish.setState({ isWanted: false });
    if (!isBroken && spec !== null) void startRun(spec);
  }, [isWanted, shown, isBroken, spec]);
  useCommand('run', begin);
  const choose = (strategyId: string) => {
    setup.chooseStrategy(strategyId);
    setOwnId(strategyId);
  };
  const failure = runErrorOf(shown?.fileName, runError);

  const bars = (
    <>
      {chosen !== undefined && chosenSeries !== undefined && (
        <div className="run-bar">
          <RunSetup strategyName={chosen.name} all={series ?? []} chosen={chosenSeries} />
          <Button
            tone="primary"
            size="large"
            icon={<Play size={14} aria-hidden />}
            keys={keys}
            data-testid="run"
            disabled={isBroken || spec === null || run !== null}
            onClick={begin}
          >
            Run
          </Button>
        </div>
      )}
      {chosenSeries === undefined && <NoBars />}
      <ErrorNotice error={shown?.error ?? error ?? failure} />
    </>
  );
  const parameters = detail?.params != null && (
    <ParameterForm
      declarations={detail.params}
      values={setup.paramsOf(detail.id)}
      onChange={(name, value) => setup.setParam(detail.id, name, value)}
      onReset={() => setup.resetParams(detail.id)}
    />
  );
  const source = detail !== null && (
    <SourceView
      source={detail.source}
      fileName={detail.fileName}
      error={detail.error ?? runErrorOf(detail.fileName, runError)}
    />
  );
  const list = <StrategyList strategies={strategies ?? []} chosen={chosen?.id} onChoose={choose} />;

  if (isNarrow) {
    return (
      <div className="strategy-screen narrow" data-testid="screen-strategy">
        <ErrorNotice error={addingError} />
        {list}
        {bars}
        {parameters}
        {source}
      </div>
    );
  }
  return (
    <div className="strategy-screen" data-testid="screen-strategy">
      <SplitPane direction="horizontal" storageKey="strategy">
        <Pane id="list" size={230} min={150} fixed>
          <ErrorNotice error={addingError} />
          {list}
        </Pane>
        <Pane id="main" min={260}>
          {bars}
          <SplitPane direction="horizontal" storageKey="strategy-body">
            {parameters !== false && (
              <Pane id="parameters" size={300} min={180} fixed>
                {parameters}
              </Pane>
            )}
            {source !== false && (
              <Pane id="source" min={160}>
                {source}
              </Pane>
            )}
          </SplitPane>
        </Pane>
      </SplitPane>
    </div>
  );
}

function NoBars() {
  const { go } = useNavigation();
  return (
    <EmptyState
      icon={<CodeXml size={22} aria-hidden />}
      title="There are no bars to run over"
      actions={
        <>
          <Button tone="primary" onClick={() => void openSample()}>
            Open the sample
          </Button>
          <Button
            icon={<Upload size={14} aria-hidden />}
            keys={useKeys('go-data')}
            onClick={() => go('data')}
          >
            Import bars
          </Button>
        </>
      }
    >
      A strategy runs over the bars of the library.
    </EmptyState>
  );
}

/** The last run's failure, unless it was another strategy's. */
const runErrorOf = (fileName: string | undefined, error: PlainError | null) =>
  error?.detail.file === undefined || error.detail.file === fileName ? error : null;
