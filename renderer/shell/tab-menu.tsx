import { useKeys } from '../commands/key-map.ts';
import { LinkDot } from '../components/link-picker.tsx';
import { MenuAt, MenuGroup, MenuItem, MenuLine } from '../design/index.ts';
import {
  closePane,
  patchPane,
  setPaneLink,
  showPane,
  splitPane,
  toggleMaximised,
  useLayout,
} from '../state/layout.ts';
import { LINK_GROUPS, linkName } from '../state/links.ts';

export interface TabMenuPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** What can be done with a tab, at the pointer or at the tab with the menu key. */
export function TabMenu({
  place,
  onClose,
}: {
  readonly place: TabMenuPlace | null;
  readonly onClose: () => void;
}) {
  const pane = useLayout(({ panes }) => (place === null ? undefined : panes[place.id]));
  const keys = {
    close: useKeys('close-tab'),
    right: useKeys('split-right'),
    below: useKeys('split-down'),
    enlarge: useKeys('maximise-pane'),
    link: useKeys('link-group'),
  };
  const id = place?.id ?? '';
  const inFront = (act: () => void) => () => {
    showPane(id);
    act();
  };
  const closeOthers = () => {
    const group = useLayout.getState().model.getNodeById(id)?.getParent();
    for (const other of group?.getChildren() ?? []) if (other.getId() !== id) closePane(other.getId());
  };
  return (
    <MenuAt place={place} onClose={onClose}>
      <MenuItem onSelect={() => closePane(id)} keys={keys.close}>
        Close
      </MenuItem>
      <MenuItem onSelect={closeOthers}>Close the others</MenuItem>
      {pane?.kind === 'result' && pane.state.isKept !== true && (
        <MenuItem onSelect={() => patchPane(id, { isKept: true })}>Keep open</MenuItem>
      )}
      <MenuLine />
      <MenuItem onSelect={inFront(() => splitPane('right'))} keys={keys.right}>
        Move to the right
      </MenuItem>
      <MenuItem onSelect={inFront(() => splitPane('below'))} keys={keys.below}>
        Move below
      </MenuItem>
      <MenuItem onSelect={inFront(toggleMaximised)} keys={keys.enlarge}>
        Enlarge or put back
      </MenuItem>
      {pane?.kind === 'chart' && (
        <>
          <MenuLine />
          <MenuGroup label="Shares symbol, range and crosshair with">
            {[0, ...LINK_GROUPS].map((group) => (
              <MenuItem
                key={group}
                icon={<LinkDot group={group} />}
                onSelect={() => setPaneLink(id, group)}
                hint={pane.link === group ? 'now' : ''}
              >
                {group === 0 ? 'nobody' : `group ${linkName(group)}`}
              </MenuItem>
            ))}
          </MenuGroup>
        </>
      )}
    </MenuAt>
  );
}
