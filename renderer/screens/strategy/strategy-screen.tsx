import { FilePlus2, Play, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import type { PlainError } from '../../../shared/contract/errors.ts';
import type { ParameterValue } from '../../../shared/strategy/parameters.ts';
import { describeFailure } from '../../api/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCall } from '../../components/use-call.ts';
import { currentClient, useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { startRun, useTasks } from '../../state/tasks.ts';
import { ParameterForm } from './parameter-form.tsx';
import { RunSetup } from './run-setup.tsx';
import { useSetup } from './setup.ts';
import { SourceView } from './source-view.tsx';

/** Outcome of adding a file, shown on the screen whoever dropped it. */
const useAdding = create<{ error: PlainError | null; version: number }>(() => ({ error: null, version: 0 }));

/** Adds a dropped or chosen strategy file to the library and selects it. */
export async function addStrategyFile(file: File): Promise<void> {
  try {
    const saved = await currentClient().strategies.save({ fileName: file.name, source: await file.text() });
    useSetup.getState().chooseStrategy(saved.id);
    useAdding.setState(({ version }) => ({ error: null, version: version + 1 }));
    useNavigation.getState().go('strategy');
  } catch (thrown) {
    useAdding.setState({ error: describeFailure(thrown) });
  }
}

/** Pick a strategy, set its parameters, read its source, run it. */
export function StrategyScreen() {
  const { strategies, series, runs } = useConnection();
  const { run, runError } = useTasks();
  const { go } = useNavigation();
  const { error: addingError, version } = useAdding();
  const setup = useSetup();
  const input = useRef<HTMLInputElement>(null);
  const chosen = strategies?.find(({ id }) => id === setup.strategyId) ?? strategies?.[0];
  const { data: detail, error } = useCall(chosen === undefined ? null : `${chosen.id}:${version}`, (client) =>
    client.strategies.get({ strategyId: chosen!.id }),
  );
  const [removing, setRemoving] = useState<PlainError | null>(null);
  const shown = detail?.id === chosen?.id ? detail : null;
  const isBroken = shown?.params === null;
  const [isWanted, setIsWanted] = useState(false);
  const chosenSeries = setup.seriesOf(series ?? [], runs?.[0]);
  const spec =
    chosen === undefined || chosenSeries === undefined
      ? null
      : setup.spec(chosen.id, detail?.params ?? {}, chosenSeries, series ?? []);
  const begin = () => {
    if (!isBroken && spec !== null && run === null) setIsWanted(true);
  };
  // Asked for before the declaration arrived: the run waits for it, since it decides which parameters there are.
  useEffect(() => {
    if (!isWanted || shown === null) return;
    setIsWanted(false);
    if (!isBroken && spec !== null) void startRun(spec);
  }, [isWanted, shown, isBroken, spec]);
  useRunKey(begin);
  const remove = (strategyId: string) =>
    currentClient()
      .strategies.remove({ strategyId })
      .catch((thrown) => setRemoving(describeFailure(thrown)));

  return (
    <div className="strategy-screen" data-testid="screen-strategy">
      <section className="strategy-list" aria-label="Strategies">
        <div className="toolbar">
          <h1>Strategy</h1>
          <button
            type="button"
            className="icon-button"
            title="Add a strategy file (.ts)"
            aria-label="Add a strategy file"
            onClick={() => input.current?.click()}
          >
            <FilePlus2 size={16} aria-hidden />
          </button>
          <input
            ref={input}
            type="file"
            accept=".ts"
            hidden
            data-testid="strategy-input"
            onChange={({ currentTarget }) => {
              for (const file of currentTarget.files ?? []) void addStrategyFile(file);
              currentTarget.value = '';
            }}
          />
        </div>
        <ErrorNotice error={addingError ?? removing} />
        <ul>
          {strategies?.map(({ id, name, origin, description }) => (
            <li key={id} className="strategy-item" aria-current={id === chosen?.id}>
              <button type="button" data-testid={`strategy-${id}`} onClick={() => setup.chooseStrategy(id)}>
                <strong>{name}</strong>
                <span className="muted">{origin === 'user' ? 'yours' : 'built in'}</span>
                <p className="muted">{description}</p>
              </button>
              {origin === 'user' && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Remove ${name}`}
                  title="Remove"
                  onClick={() => void remove(id)}
                >
                  <Trash2 size={14} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
        <p className="muted list-foot">Drop a .ts file to add your own.</p>
      </section>
      <section className="strategy-main">
        {chosen !== undefined && (
          <div className="run-bar">
            {chosenSeries === undefined ? (
              <p>
                There are no bars to run over.{' '}
                <button type="button" onClick={() => go('data')}>
                  Import bars
                </button>
              </p>
            ) : (
              <RunSetup strategyName={chosen.name} all={series ?? []} chosen={chosenSeries} />
            )}
            <button
              type="button"
              className="primary run-button"
              data-testid="run"
              disabled={isBroken || spec === null || run !== null}
              onClick={begin}
            >
              <Play size={14} aria-hidden /> Run <kbd>Ctrl+Enter</kbd>
            </button>
          </div>
        )}
        <ErrorNotice error={shown?.error ?? error ?? runErrorOf(shown?.fileName, runError)} />
        <div className="strategy-body">
          {detail?.params != null && (
            <ParameterForm
              declarations={detail.params}
              values={setup.paramsOf(detail.id)}
              onChange={(name: string, value: ParameterValue) => setup.setParam(detail.id, name, value)}
              onReset={() => setup.resetParams(detail.id)}
            />
          )}
          {detail !== null && (
            <SourceView
              source={detail.source}
              fileName={detail.fileName}
              error={detail.error ?? runErrorOf(detail.fileName, runError)}
            />
          )}
        </div>
      </section>
    </div>
  );
}

/** The last run's failure, unless it was another strategy's. */
const runErrorOf = (fileName: string | undefined, error: PlainError | null) =>
  error?.detail.file === undefined || error.detail.file === fileName ? error : null;

/** Ctrl+Enter runs, wherever the focus is on this screen. */
function useRunKey(begin: () => void): void {
  const latest = useRef(begin);
  latest.current = begin;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
