import { create } from 'zustand';
import type { WorkspaceSummary } from '../../shared/contract/schemas.ts';
import type { Client } from '../api/door.ts';
import { describeFailure } from '../api/errors.ts';
import { toast, UNDO_MILLISECONDS } from '../design/index.ts';
import { currentClient, useConnection } from './connection.ts';
import { currentWorkspace, DEFAULT_WORKSPACE, showWorkspace, useLayout } from './layout.ts';
import { useLinks } from './links.ts';
import { rehydrateScreens } from './workspace-storage.ts';

interface Workspaces {
  /** Last saved first. */
  readonly list: readonly WorkspaceSummary[];
  /** The one that is open and kept up to date; null until one has been opened. */
  readonly name: string | null;
}

export const useWorkspaces = create<Workspaces>(() => ({ list: [], name: null }));

export const DEFAULT_NAME = 'Default';
const SAVE_MILLISECONDS = 400;

export const refreshWorkspaces = async (client: Client): Promise<void> =>
  useWorkspaces.setState({ list: await client.workspaces.list() });

/** Opens what was open last. Once, before the first picture; later connections leave the window as it is. */
export async function openLastWorkspace(client: Client): Promise<void> {
  if (useWorkspaces.getState().name !== null) return;
  await refreshWorkspaces(client);
  const last = useWorkspaces.getState().list[0]?.name;
  if (last === undefined) useWorkspaces.setState({ name: DEFAULT_NAME });
  else await openWorkspace(last, client);
  keepSaved();
}

/** Shows a workspace; the one before has been kept as it was left. */
export async function openWorkspace(name: string, client: Client = currentClient()): Promise<void> {
  await saveNow();
  try {
    const { workspace, problem } = await client.workspaces.get({ name });
    showWorkspace(workspace ?? DEFAULT_WORKSPACE);
    await rehydrateScreens();
    useWorkspaces.setState({ name });
    if (problem !== null) {
      toast({
        kind: 'problem',
        title: `The workspace ${name} could not be read`,
        text: `${problem.message}. The default layout is shown; the file was kept as ${problem.keptAs}.`,
        milliseconds: 0,
      });
    }
  } catch (thrown) {
    toast({
      kind: 'problem',
      title: `The workspace ${name} could not be opened`,
      text: describeFailure(thrown).message,
    });
  }
}

/** Keeps the window under another name and goes on under it. */
export async function saveWorkspaceAs(name: string): Promise<void> {
  await saveNow();
  await currentClient().workspaces.save({ name, workspace: currentWorkspace() });
  useWorkspaces.setState({ name });
  await refreshWorkspaces(currentClient());
}

/** Removes a workspace and shows the one before it; Undo writes it again. */
export async function removeWorkspace(name: string): Promise<void> {
  const client = currentClient();
  const next = useWorkspaces.getState().list.find((one) => one.name !== name)?.name;
  if (next === undefined) return;
  await saveNow();
  const removed = useWorkspaces.getState().name === name ? currentWorkspace() : null;
  try {
    const kept = removed ?? (await client.workspaces.get({ name })).workspace;
    useWorkspaces.setState({ name: next });
    await client.workspaces.remove({ name });
    await openWorkspace(next, client);
    toast({
      title: `Workspace ${name} removed`,
      milliseconds: UNDO_MILLISECONDS,
      ...(kept === null
        ? {}
        : {
            action: {
              label: 'Undo',
              onClick: () =>
                void client.workspaces
                  .save({ name, workspace: kept })
                  .then(() => openWorkspace(name, client)),
            },
          }),
    });
  } catch (thrown) {
    toast({ kind: 'problem', title: `${name} could not be removed`, text: describeFailure(thrown).message });
  }
}

export function resetWorkspace(): void {
  showWorkspace(DEFAULT_WORKSPACE);
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Saves a moment after each change, and at once when the window is left. */
function keepSaved(): void {
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void saveNow(), SAVE_MILLISECONDS);
  };
  useLayout.subscribe(({ version }, before) => version !== before.version && changed());
  useLinks.subscribe(({ groups }, before) => {
    const isKept = Object.entries(groups).some(([group, { seriesId, from, to }]) => {
      const old = before.groups[Number(group)];
      return old?.seriesId !== seriesId || old.from !== from || old.to !== to;
    });
    if (isKept) changed();
  });
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'hidden' && void saveNow(),
  );
  window.addEventListener('pagehide', () => void saveNow());
}

async function saveNow(): Promise<void> {
  const { name } = useWorkspaces.getState();
  if (timer === undefined || name === null) return;
  clearTimeout(timer);
  timer = undefined;
  const { door, status } = useConnection.getState();
  if (door === null || status !== 'open') return;
  try {
    await door.client.workspaces.save({ name, workspace: currentWorkspace() });
  } catch (thrown) {
    const { code, message } = describeFailure(thrown);
    // A window that is on its way out has no connection any more.
    if (code === 'disk') toast({ kind: 'problem', title: 'The layout could not be kept', text: message });
  }
}
