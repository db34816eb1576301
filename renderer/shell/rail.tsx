import { useKeys } from '../commands/key-map.ts';
import { Tooltip } from '../design/index.ts';
import { runningJobs, useJobs } from '../state/jobs.ts';
import { useLayout } from '../state/layout.ts';
import { PANE_TITLES } from '../state/layout-json.ts';
import { SCREENS, type Screen, useNavigation } from '../state/navigation.ts';
import { PaneIcon } from './pane-icons.tsx';
import './rail.css';

/** The screens, in a fixed order. A result counts as one of the runs. */
export function Rail({ isReady }: { readonly isReady: boolean }) {
  const active = useLayout(({ activePane, panes }) =>
    activePane === null ? undefined : panes[activePane]?.kind,
  );
  return (
    <nav className="rail" aria-label="Screens">
      {SCREENS.map(({ kind }) => (
        <RailItem
          key={kind}
          kind={kind}
          isReady={isReady}
          isCurrent={kind === active || (kind === 'runs' && active === 'result')}
        />
      ))}
    </nav>
  );
}

function RailItem({
  kind,
  isReady,
  isCurrent,
}: {
  readonly kind: Screen;
  readonly isReady: boolean;
  readonly isCurrent: boolean;
}) {
  const keys = useKeys(`go-${kind}`);
  const running = useJobs(({ jobs }) => (kind === 'jobs' ? runningJobs(jobs).length : 0));
  return (
    <Tooltip text={PANE_TITLES[kind]} keys={keys} side="right">
      <button
        type="button"
        className={`rail-item rail-${kind}`}
        data-testid={`nav-${kind}`}
        aria-current={isCurrent ? 'page' : undefined}
        disabled={!isReady}
        onClick={() => useNavigation.getState().go(kind)}
      >
        <PaneIcon kind={kind} size={19} />
        <span>{PANE_TITLES[kind]}</span>
        {running > 0 && (
          <span className="rail-count">
            {running}
            <span className="visually-hidden"> running</span>
          </span>
        )}
      </button>
    </Tooltip>
  );
}
