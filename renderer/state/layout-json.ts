import type { IJsonModel, IJsonRowNode, IJsonTabSetNode } from 'flexlayout-react';
import type {
  LayoutGroup,
  LayoutNode,
  LayoutSplit,
  PaneKind,
  PaneRecord,
} from '../../shared/contract/schemas.ts';

// The docking library's own form of a layout and the one that workspaces keep, so that a file says what it means and
// outlives the library.

type Panes = Readonly<Record<string, PaneRecord>>;

export const PANE_TITLES: Readonly<Record<PaneKind, string>> = {
  welcome: 'Welcome',
  data: 'Data',
  chart: 'Chart',
  strategy: 'Strategy',
  runs: 'Runs',
  result: 'Result',
  jobs: 'Jobs',
  settings: 'Settings',
};

const GLOBAL: IJsonModel['global'] = {
  splitterSize: 1,
  splitterExtra: 7,
  tabEnableRename: false,
  tabSetEnableMaximize: true,
  tabSetEnableTabScrollbar: false,
  tabSetMinWidth: 220,
  tabSetMinHeight: 140,
  tabSetEnableDeleteWhenEmpty: true,
  enableEdgeDock: true,
} as IJsonModel['global'];

/** A kept layout for the docking library. */
export function modelJsonOf(layout: LayoutSplit, panes: Panes): IJsonModel {
  const tab = (id: string) => {
    const kind = panes[id]?.kind ?? 'welcome';
    return { type: 'tab', id, name: PANE_TITLES[kind], component: kind };
  };
  const node = (of: LayoutNode): IJsonRowNode | IJsonTabSetNode =>
    of.type === 'split'
      ? { type: 'row', weight: of.weight, children: of.children.map(node) }
      : {
          type: 'tabset',
          weight: of.weight,
          selected: Math.min(of.selected, of.panes.length - 1),
          active: of.isActive === true,
          maximized: of.isMaximised === true,
          children: of.panes.map(tab),
        };
  return { global: { ...GLOBAL }, borders: [], layout: node(layout) as IJsonRowNode };
}

/** The layout as the docking library has it now, to be kept. `keepMaximised` false leaves out what a narrow window forced. */
export function layoutOf({ layout }: IJsonModel, keepMaximised = true): LayoutSplit {
  const node = (of: IJsonRowNode | IJsonTabSetNode): LayoutNode => {
    const weight = Math.max(1e-3, of.weight ?? 100);
    if (of.type === 'row')
      return {
        type: 'split',
        weight,
        children: (of.children as (IJsonRowNode | IJsonTabSetNode)[]).map(node),
      };
    const { children = [], selected, active, maximized } = of as IJsonTabSetNode;
    const group: LayoutGroup = {
      type: 'group',
      weight,
      panes: children.map(({ id }) => id ?? '').filter((id) => id !== ''),
      selected: children.length === 0 ? -1 : (selected ?? 0),
      ...(active === true ? { isActive: true } : {}),
      ...(maximized === true && keepMaximised ? { isMaximised: true } : {}),
    };
    return group;
  };
  const root = node(layout);
  return root.type === 'split' ? root : { type: 'split', weight: 100, children: [root] };
}
