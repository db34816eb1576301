import { create } from 'zustand';
import type { Workspace } from '../../shared/contract/schemas.ts';

/** Colour groups 1 to 6; 0 is no group. The letter is the second sign beside the colour. */
export const LINK_GROUPS = [1, 2, 3, 4, 5, 6] as const;
export const linkName = (group: number): string => (group === 0 ? 'none' : `${'ABCDEF'[group - 1]}`);

/** What the panes of a group share. Times are epoch milliseconds UTC. */
export interface LinkState {
  readonly seriesId: string | null;
  /** Times in view, first and last; null: each pane its own. */
  readonly from: number | null;
  readonly to: number | null;
  /** The time under the pointer in one of the panes. */
  readonly crosshair: number | null;
  /** The pane that changed it last: it need not follow itself. */
  readonly by: string | null;
}

const NOTHING: LinkState = { seriesId: null, from: null, to: null, crosshair: null, by: null };

export const useLinks = create<{ readonly groups: Readonly<Record<number, LinkState>> }>(() => ({
  groups: {},
}));

export const linkState = (group: number): LinkState => useLinks.getState().groups[group] ?? NOTHING;

/** Tells the other panes of a group; nothing for group 0 or where nothing is new. */
export function publish(group: number, by: string, change: Partial<Omit<LinkState, 'by'>>): void {
  if (group === 0) return;
  const before = linkState(group);
  const isNew = Object.entries(change).some(([key, value]) => before[key as keyof LinkState] !== value);
  if (!isNew) return;
  useLinks.setState(({ groups }) => ({ groups: { ...groups, [group]: { ...before, ...change, by } } }));
}

/**
 * Calls back when another pane of the group changes something, without drawing anything: for crosshairs, which move
 * with every pointer move. Returns what ends it.
 */
export function followLink(
  group: number,
  pane: string,
  onChange: (state: LinkState, before: LinkState) => void,
): () => void {
  if (group === 0) return () => {};
  return useLinks.subscribe(({ groups }, previous) => {
    const now = groups[group];
    const before = previous.groups[group] ?? NOTHING;
    if (now !== undefined && now !== before && now.by !== pane) onChange(now, before);
  });
}

/** What workspaces keep of the groups. */
export function linkStates(): Workspace['links'] {
  const { groups } = useLinks.getState();
  return Object.fromEntries(
    Object.entries(groups).map(([group, { seriesId, from, to }]) => [group, { seriesId, from, to }]),
  );
}

export function setLinkStates(kept: Workspace['links']): void {
  useLinks.setState({
    groups: Object.fromEntries(
      Object.entries(kept).map(([group, state]) => [Number(group), { ...NOTHING, ...state }]),
    ),
  });
}
