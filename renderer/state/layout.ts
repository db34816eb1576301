import { Actions, DockLocation, Model, TabNode, TabSetNode } from 'flexlayout-react'; // flexlayout-react: tabs and splits with docking, keys and roles; MIT
import { create } from 'zustand';
import type { PaneKind, PaneRecord, Workspace } from '../../shared/contract/schemas.ts';
import { type Kept, numbersOf } from '../design/kept.ts';
import { layoutOf, modelJsonOf } from './layout-json.ts';
import { linkStates, setLinkStates } from './links.ts';

type PaneState = PaneRecord['state'];

interface Layout {
  readonly model: Model;
  readonly panes: Readonly<Record<string, PaneRecord>>;
  /** The pane in front in the group that has the focus; keys and menus act on it. */
  readonly activePane: string | null;
  /** Panes in the order they were last in front, latest first. */
  readonly history: readonly string[];
  readonly rail: boolean;
  readonly inspector: { readonly isOpen: boolean; readonly width: number };
  /** Sizes that were dragged, by the name of the table or split. */
  readonly sizes: Workspace['sizes'];
  /** What screens keep beside their panes (workspaceStorage). */
  readonly screens: Workspace['screens'];
  /** Counts changes of the arrangement, for whoever keeps it. */
  readonly version: number;
}

/** The layout that one can always come back to. */
export const DEFAULT_WORKSPACE: Workspace = {
  version: 1,
  layout: {
    type: 'split',
    weight: 100,
    children: [{ type: 'group', weight: 100, panes: ['data'], selected: 0 }],
  },
  panes: { data: { kind: 'data', link: 0, state: {} } },
  rail: true,
  inspector: { isOpen: false, width: 300 },
  sizes: {},
  screens: {},
  links: {},
};

/** A window that has never been arranged: what it shows first depends on what the library holds. */
const UNARRANGED: Workspace = {
  ...DEFAULT_WORKSPACE,
  layout: { type: 'split', weight: 100, children: [{ type: 'group', weight: 100, panes: [], selected: -1 }] },
  panes: {},
};

const modelOf = ({ layout, panes }: Pick<Workspace, 'layout' | 'panes'>) =>
  Model.fromJson(modelJsonOf(layout, panes));

export const useLayout = create<Layout>(() => ({
  model: modelOf(UNARRANGED),
  panes: {},
  activePane: null,
  history: [],
  rail: true,
  inspector: DEFAULT_WORKSPACE.inspector,
  sizes: {},
  screens: {},
  version: 0,
}));

const CLOSED_KEPT = 20;
/** Panes that were closed, last one last, to be opened again. */
const closed: PaneRecord[] = [];

/** Panes of which there is one. */
const SINGLE: readonly PaneKind[] = ['welcome', 'data', 'runs', 'jobs', 'settings'];

const idsOf = (model: Model): Set<string> => {
  const ids = new Set<string>();
  model.visitNodes((node) => {
    if (node instanceof TabNode) ids.add(node.getId());
  });
  return ids;
};

function activeOf(model: Model): string | null {
  const group = model.getActiveTabset() ?? model.getFirstTabSet();
  return group?.getSelectedNode()?.getId() ?? null;
}

/** Brings the store in line after the docking library changed its model. */
export function layoutChanged(): void {
  const { model, panes, history, version } = useLayout.getState();
  const ids = idsOf(model);
  const kept = Object.fromEntries(Object.entries(panes).filter(([id]) => ids.has(id)));
  for (const [id, pane] of Object.entries(panes)) if (!ids.has(id)) closed.push(pane);
  closed.splice(0, closed.length - CLOSED_KEPT);
  const activePane = activeOf(model);
  const others = history.filter((id) => id !== activePane && ids.has(id));
  useLayout.setState({
    panes: Object.keys(kept).length === Object.keys(panes).length ? panes : kept,
    activePane,
    history: activePane === null ? others : [activePane, ...others],
    version: version + 1,
  });
}

function act(action: ReturnType<typeof Actions.selectTab>): void {
  useLayout.getState().model.doAction(action);
  layoutChanged();
}

/** Shows a pane and says that it is in front; a pane behind an enlarged one takes its place. */
export function showPane(id: string, takesFocus = true): void {
  const { model } = useLayout.getState();
  const node = model.getNodeById(id);
  const group = node?.getParent();
  if (!(node instanceof TabNode) || !(group instanceof TabSetNode)) return;
  const enlarged = model.getMaximizedTabset();
  if (enlarged !== undefined && enlarged !== group) model.doAction(Actions.maximizeToggle(group.getId()));
  model.doAction(Actions.selectTab(id));
  model.doAction(Actions.setActiveTabset(group.getId()));
  layoutChanged();
  if (takesFocus) focusPane(id);
}

/** What has the keyboard when a pane comes to the front: what asks for it, else its table, else itself. */
function focusPane(id: string): void {
  requestAnimationFrame(() => {
    const pane = document.querySelector<HTMLElement>(`[data-pane="${CSS.escape(id)}"]`);
    if (pane === null || pane.contains(document.activeElement)) return;
    const wanted =
      pane.querySelector<HTMLElement>('[data-autofocus]') ?? pane.querySelector<HTMLElement>('[role=grid]');
    (wanted ?? pane).focus({ preventScroll: true });
  });
}

interface OpenOptions {
  /** Another one even where one of the kind is there. */
  readonly isNew?: boolean;
  /** Where it goes: among the tabs of the group in front, or beside it. */
  readonly where?: 'tab' | 'right' | 'below';
  readonly takesFocus?: boolean;
}

/**
 * Opens a pane, or shows one that is there and matches: the only one of its kind, the one of the same run or strategy,
 * or the chart used last. What is in `state` is put into it.
 */
export function openPane(kind: PaneKind, state: PaneState = {}, options: OpenOptions = {}): string {
  const { isNew = false, where = 'tab', takesFocus = true } = options;
  const found = isNew ? undefined : matching(kind, state);
  if (found !== undefined) {
    patchPane(found, state);
    showPane(found, takesFocus);
    return found;
  }
  const { model, panes } = useLayout.getState();
  const id = SINGLE.includes(kind) ? kind : `${kind}-${freeNumber(kind, panes)}`;
  useLayout.setState({ panes: { ...panes, [id]: { kind, link: 0, state } } });
  const group = model.getActiveTabset() ?? model.getFirstTabSet()!;
  const place = { tab: DockLocation.CENTER, right: DockLocation.RIGHT, below: DockLocation.BOTTOM }[where];
  act(Actions.addTab({ type: 'tab', id, name: kind, component: kind }, group.getId(), place, -1, true));
  showPane(id, takesFocus);
  return id;
}

function matching(kind: PaneKind, state: PaneState): string | undefined {
  const { panes, history } = useLayout.getState();
  const order = [...history, ...Object.keys(panes).filter((id) => !history.includes(id))];
  const ofKind = order.filter((id) => panes[id]?.kind === kind);
  if (kind === 'result') {
    const same = ofKind.find((id) => panes[id]!.state.runId === state.runId);
    // A result that nobody has kept makes room for the next one.
    return same ?? ofKind.find((id) => panes[id]!.state.isKept !== true);
  }
  return ofKind[0];
}

function freeNumber(kind: PaneKind, panes: Layout['panes']): number {
  for (let number = 1; ; number++) if (!(`${kind}-${number}` in panes)) return number;
}

/** Changes what a pane keeps. */
export function patchPane(id: string, change: PaneState): void {
  const { panes, version } = useLayout.getState();
  const pane = panes[id];
  if (pane === undefined) return;
  if (Object.entries(change).every(([key, value]) => Object.is(pane.state[key], value))) return;
  useLayout.setState({
    panes: { ...panes, [id]: { ...pane, state: { ...pane.state, ...change } } },
    version: version + 1,
  });
}

export function setPaneLink(id: string, link: number): void {
  const { panes, version } = useLayout.getState();
  const pane = panes[id];
  if (pane !== undefined)
    useLayout.setState({ panes: { ...panes, [id]: { ...pane, link } }, version: version + 1 });
}

export function closePane(id: string): void {
  if (useLayout.getState().model.getNodeById(id) === undefined) return;
  act(Actions.deleteTab(id));
  const { activePane } = useLayout.getState();
  if (activePane !== null) focusPane(activePane);
}

export function reopenPane(): void {
  const pane = closed.pop();
  if (pane === undefined) return;
  openPane(pane.kind, pane.state, { isNew: !SINGLE.includes(pane.kind) });
}

export const renamePane = (id: string, name: string): void => {
  const node = useLayout.getState().model.getNodeById(id);
  if (node instanceof TabNode && node.getName() !== name)
    useLayout.getState().model.doAction(Actions.renameTab(id, name));
};

const groupsOf = (model: Model): TabSetNode[] => {
  const groups: TabSetNode[] = [];
  model.visitNodes((node) => {
    if (node instanceof TabSetNode) groups.push(node);
  });
  return groups;
};

/** The next (1) or previous (-1) tab of the group in front. */
export function stepTab(by: 1 | -1): void {
  const group = useLayout.getState().model.getActiveTabset();
  const tabs = group?.getTabNodes() ?? [];
  if (tabs.length === 0) return;
  showPane(tabs[(group!.getSelected() + by + tabs.length) % tabs.length]!.getId());
}

/** On to the next group. */
export function stepGroup(): void {
  const { model } = useLayout.getState();
  const groups = groupsOf(model).filter((group) => group.getSelectedNode() !== undefined);
  const active = model.getActiveTabset();
  const at = active === undefined ? -1 : groups.indexOf(active);
  const next = groups[(at + 1) % groups.length]?.getSelectedNode();
  if (next !== undefined) showPane(next.getId());
}

/** Moves the pane in front into a group of its own beside or below. */
export function splitPane(where: 'right' | 'below'): void {
  const { model, activePane } = useLayout.getState();
  const group = model.getActiveTabset();
  if (activePane === null || group === undefined) return;
  if (group.getTabNodes().length < 2) {
    // Alone in its group: a chart is doubled, as there is nothing to move away from.
    const pane = useLayout.getState().panes[activePane]!;
    if (!SINGLE.includes(pane.kind)) openPane(pane.kind, pane.state, { isNew: true, where });
    return;
  }
  const place = where === 'right' ? DockLocation.RIGHT : DockLocation.BOTTOM;
  act(Actions.moveNode(activePane, group.getId(), place, -1, true));
  showPane(activePane);
}

export function toggleMaximised(): void {
  const group = useLayout.getState().model.getActiveTabset();
  if (group !== undefined) act(Actions.maximizeToggle(group.getId()));
}

/** In a window too narrow for panes side by side, only the group in front shows. */
export function setNarrow(isNarrow: boolean): void {
  narrow = isNarrow;
  const { model } = useLayout.getState();
  const group = model.getActiveTabset() ?? model.getFirstTabSet();
  if (group === undefined) return;
  const isEnlarged = model.getMaximizedTabset() !== undefined;
  if (isNarrow && !isEnlarged && groupsOf(model).length > 1) {
    forced = true;
    act(Actions.maximizeToggle(group.getId()));
  } else if (!isNarrow && isEnlarged && forced) {
    forced = false;
    act(Actions.maximizeToggle(model.getMaximizedTabset()!.getId()));
  }
}
let narrow = false;
let forced = false;

export const setRail = (rail: boolean): void =>
  useLayout.setState(({ version }) => ({ rail, version: version + 1 }));
export const setInspector = (change: Partial<Layout['inspector']>): void =>
  useLayout.setState(({ inspector, version }) => ({
    inspector: { ...inspector, ...change },
    version: version + 1,
  }));

/** Sizes of columns and splits, kept with the workspace. */
export const keptSizes: Kept = {
  read: (key) => useLayout.getState().sizes[key],
  write: (key, value) =>
    useLayout.setState(({ sizes, version }) => ({
      sizes: { ...sizes, [key]: numbersOf(value) },
      version: version + 1,
    })),
};

/** The window as it is arranged now. */
export function currentWorkspace(): Workspace {
  const { model, panes, rail, inspector, sizes, screens } = useLayout.getState();
  return {
    version: 1,
    layout: layoutOf(model.toJson(), !forced) as Workspace['layout'],
    panes,
    rail,
    inspector,
    sizes,
    screens,
    links: linkStates(),
  };
}

export function showWorkspace(workspace: Workspace): void {
  const model = modelOf(workspace);
  const activePane = activeOf(model);
  forced = false;
  setLinkStates(workspace.links);
  useLayout.setState(({ version }) => ({
    model,
    panes: workspace.panes,
    activePane,
    history: activePane === null ? [] : [activePane],
    rail: workspace.rail,
    inspector: workspace.inspector,
    sizes: workspace.sizes,
    screens: workspace.screens,
    version: version + 1,
  }));
  if (narrow) setNarrow(true);
}
