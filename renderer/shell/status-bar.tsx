import {
  Activity,
  Globe,
  HardDrive,
  LayoutDashboard,
  PanelLeft,
  PanelRight,
  ShieldCheck,
} from 'lucide-react';
import type { Settings } from '../../shared/contract/schemas.ts';
import { counted, formatNumber } from '../../shared/format/number.ts';
import { runCommand } from '../commands/handlers.ts';
import { useKeys } from '../commands/key-map.ts';
import { useCall } from '../components/use-call.ts';
import { Menu, MenuGroup, MenuItem, MenuLine, Tooltip } from '../design/index.ts';
import { useConnection } from '../state/connection.ts';
import { runningJobs, useJobs } from '../state/jobs.ts';
import { setInspector, setRail, useLayout } from '../state/layout.ts';
import { useNavigation } from '../state/navigation.ts';
import { changeSetting, useSettings } from '../state/settings.ts';
import { openWorkspace, removeWorkspace, useWorkspaces } from '../state/workspaces.ts';
import { showPrivacy } from './show-privacy.ts';
import './status-bar.css';

const ZONES: readonly (readonly [Settings['time.zone'], string, string])[] = [
  ['exchange', 'Exchange', 'each instrument’s own zone'],
  ['utc', 'UTC', 'as stored'],
  ['local', 'Local', Intl.DateTimeFormat().resolvedOptions().timeZone],
];

/** What holds for the whole window, at its bottom edge; every item opens what is behind it. */
export function StatusBar() {
  return (
    <footer className="status-bar">
      <RailToggle />
      <ZoneItem />
      <LibraryItem />
      <WorkersItem />
      <span className="status-gap" />
      <WorkspaceItem />
      <NetworkItem />
      <InspectorToggle />
    </footer>
  );
}

function RailToggle() {
  const isShown = useLayout(({ rail }) => rail);
  return (
    <Tooltip text={isShown ? 'Hide the rail' : 'Show the rail'} keys={useKeys('toggle-rail')} side="top">
      <button
        type="button"
        className="status-item"
        aria-label="Rail"
        aria-pressed={isShown}
        onClick={() => setRail(!isShown)}
      >
        <PanelLeft size={14} aria-hidden />
      </button>
    </Tooltip>
  );
}

function InspectorToggle() {
  const isOpen = useLayout(({ inspector }) => inspector.isOpen);
  return (
    <Tooltip
      text={isOpen ? 'Hide the inspector' : 'Show the inspector'}
      keys={useKeys('toggle-inspector')}
      side="top"
    >
      <button
        type="button"
        className="status-item"
        aria-label="Inspector"
        aria-pressed={isOpen}
        data-testid="inspector-toggle"
        onClick={() => setInspector({ isOpen: !isOpen })}
      >
        <PanelRight size={14} aria-hidden />
      </button>
    </Tooltip>
  );
}

function ZoneItem() {
  const zone = useSettings(({ values }) => values['time.zone']);
  const name = ZONES.find(([id]) => id === zone)?.[1];
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          className="status-item"
          data-testid="zone"
          aria-label={`Time zone on screen: ${name}`}
        >
          <Globe size={13} aria-hidden />
          {name}
        </button>
      }
    >
      <MenuGroup label="Times are shown in">
        {ZONES.map(([id, text, hint]) => (
          <MenuItem key={id} hint={hint} onSelect={() => void changeSetting('time.zone', id)}>
            {id === zone ? `${text} ✓` : text}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}

function LibraryItem() {
  const info = useConnection(({ info }) => info);
  const count = useConnection(({ series }) => series?.length ?? 0);
  if (info === null) return null;
  const megabytes = (bytes: number) => formatNumber(bytes / 1e6, bytes < 1e8 ? 1 : 0);
  return (
    <Tooltip
      side="top"
      text={
        <>
          {counted(count, 'series').replace(/seriess$/, 'series')} in {info.libraryPath}. On disk{' '}
          {megabytes(info.libraryBytes)} MB, decoded in memory {megabytes(info.cacheBytes)} MB.
        </>
      }
    >
      <button type="button" className="status-item" onClick={() => useNavigation.getState().go('data')}>
        <HardDrive size={13} aria-hidden />
        {megabytes(info.libraryBytes)} MB
        <span className="status-more">cache {megabytes(info.cacheBytes)} MB</span>
      </button>
    </Tooltip>
  );
}

function WorkersItem() {
  const info = useConnection(({ info }) => info);
  const running = useJobs(({ jobs }) => runningJobs(jobs).length);
  if (info === null) return null;
  const busy = info.workersBusy;
  return (
    <Tooltip side="top" text={`${counted(info.workers, 'thread')} for backtests. Opens the jobs.`}>
      <button
        type="button"
        className="status-item"
        data-testid="workers"
        onClick={() => useNavigation.getState().go('jobs')}
      >
        <Activity size={13} aria-hidden />
        {running > 0 ? `${counted(running, 'job')} running` : busy > 0 ? `${busy} busy` : 'idle'}
      </button>
    </Tooltip>
  );
}

function WorkspaceItem() {
  const { name, list } = useWorkspaces();
  const keys = useKeys('save-workspace');
  if (name === null) return null;
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <button
          type="button"
          className="status-item"
          data-testid="workspace"
          aria-label={`Workspace ${name}`}
        >
          <LayoutDashboard size={13} aria-hidden />
          <span className="status-name">{name}</span>
        </button>
      }
    >
      <MenuGroup label="Workspaces">
        {list.map((one) => (
          <MenuItem key={one.name} onSelect={() => void openWorkspace(one.name)}>
            {one.name === name ? `${one.name} ✓` : one.name}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuLine />
      <MenuItem onSelect={() => runCommand('save-workspace')} keys={keys}>
        Save as …
      </MenuItem>
      <MenuItem onSelect={() => runCommand('reset-workspace')}>Back to the default layout</MenuItem>
      {list.length > 1 && (
        <MenuItem tone="danger" onSelect={() => void removeWorkspace(name)}>
          Remove {name}
        </MenuItem>
      )}
    </Menu>
  );
}

function NetworkItem() {
  const { info, status } = useConnection();
  // Sources are turned on and off in a tab: whoever comes from it sees how they stand now.
  const activePane = useLayout(({ activePane }) => activePane);
  const { data: sources } = useCall(`sources:${activePane}`, (client) => client.data.sources());
  const enabled = sources?.filter(({ enabled: isOn }) => isOn).length ?? 0;
  const isLost = status === 'lost' || status === 'refused';
  return (
    <Tooltip
      side="top"
      text="What leaves this machine: nothing, unless you turn a source on. Opens the list."
    >
      <button
        type="button"
        className={`status-item ${isLost ? 'is-lost' : ''}`}
        data-testid="network"
        onClick={showPrivacy}
      >
        <ShieldCheck size={13} aria-hidden />
        {isLost ? 'connection lost' : enabled === 0 ? 'offline' : `${counted(enabled, 'source')} on`}
        <span className="status-more">Hindsight {info?.version}</span>
      </button>
    </Tooltip>
  );
}
