import { Actions, type ITabRenderValues, Layout, type Node, TabNode } from 'flexlayout-react';
import 'flexlayout-react/style/light.css';
import { ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PaneKind } from '../../shared/contract/schemas.ts';
import { LinkDot } from '../components/link-picker.tsx';
import { EmptyState } from '../design/index.ts';
import { layoutChanged, patchPane, setNarrow, useLayout } from '../state/layout.ts';
import { NewTabActions } from './new-tab-actions.tsx';
import { PaneContent } from './pane-content.tsx';
import { PaneIcon } from './pane-icons.tsx';
import { TabMenu, type TabMenuPlace } from './tab-menu.tsx';
import { usePaneTitles } from './use-pane-titles.ts';
import './dock.css';

const NARROW = '(max-width: 700px)';

/** Tabs and splits: panes can be dragged to any edge, enlarged, and put beside each other. */
export function Dock() {
  const model = useLayout(({ model }) => model);
  const [menu, setMenu] = useState<TabMenuPlace | null>(null);
  usePaneTitles();
  useEffect(() => {
    const narrow = window.matchMedia(NARROW);
    const apply = () => setNarrow(narrow.matches);
    apply();
    narrow.addEventListener('change', apply);
    return () => narrow.removeEventListener('change', apply);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what double click does, the tab's menu does by keyboard
    <div
      className="dock"
      onDoubleClick={({ target }) => {
        const id = (target as HTMLElement).closest<HTMLElement>('.dock-tab')?.dataset.tab;
        if (id !== undefined) patchPane(id, { isKept: true });
      }}
    >
      <Layout
        model={model}
        factory={(node) => <PaneContent id={node.getId()} kind={node.getComponent() as PaneKind} />}
        onModelChange={layoutChanged}
        onRenderTab={renderTab}
        onTabSetPlaceHolder={() => (
          <EmptyState title="Nothing is open here" actions={<NewTabActions />}>
            Open a screen from the rail, or search for anything.
          </EmptyState>
        )}
        onContextMenu={(node: Node, event) => {
          if (!(node instanceof TabNode)) return;
          event.preventDefault();
          event.stopPropagation();
          setMenu({ id: node.getId(), x: event.clientX, y: event.clientY });
        }}
        onAuxMouseClick={(node: Node, event) => {
          if (node instanceof TabNode && event.button === 1) model.doAction(Actions.deleteTab(node.getId()));
        }}
        keyMap={{ closeTab: 'Delete', renameTab: undefined as never }}
        icons={{ more: () => <ChevronDown size={14} aria-hidden /> }}
        realtimeResize
        invalidateTabContentOnParentRender={false}
        supportsPopout={false}
        tabDragSpeed={0.12}
      />
      <TabMenu place={menu} onClose={() => setMenu(null)} />
    </div>
  );
}

function renderTab(node: TabNode, values: ITabRenderValues): void {
  values.leading = <TabLeading id={node.getId()} kind={node.getComponent() as PaneKind} />;
  values.content = <TabTitle id={node.getId()} name={node.getName()} />;
}

function TabLeading({ id, kind }: { readonly id: string; readonly kind: PaneKind }) {
  const link = useLayout(({ panes }) => panes[id]?.link ?? 0);
  return link === 0 ? <PaneIcon kind={kind} size={13} /> : <LinkDot group={link} />;
}

/** A result that makes room for the next one is in italics, until it is kept. */
function TabTitle({ id, name }: { readonly id: string; readonly name: string }) {
  const isPassing = useLayout(
    ({ panes }) => panes[id]?.kind === 'result' && panes[id]?.state.isKept !== true,
  );
  return (
    <span className={`dock-tab ${isPassing ? 'is-passing' : ''}`} data-tab={id}>
      {name}
    </span>
  );
}
