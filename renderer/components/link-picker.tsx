import { useKeys } from '../commands/key-map.ts';
import { Menu, MenuGroup, MenuItem } from '../design/index.ts';
import { LINK_GROUPS, linkName } from '../state/links.ts';
import { usePaneLink } from '../state/pane.tsx';
import './link-picker.css';

/** The sign of a colour group: its colour and its letter. */
export function LinkDot({ group }: { readonly group: number }) {
  return (
    <span
      className={`link-dot link-${group}`}
      role="img"
      aria-label={group === 0 ? 'not linked' : `group ${linkName(group)}`}
    >
      {group === 0 ? '' : linkName(group)}
    </span>
  );
}

/** The colour group of the pane it lies in, as a button with the six to choose from. */
export function LinkPicker() {
  const [link, setLink] = usePaneLink();
  const keys = useKeys('link-group');
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="button icon quiet"
          data-testid="link-picker"
          data-link={link}
          aria-label={`Linked with ${link === 0 ? 'nobody' : `group ${linkName(link)}`}`}
          title={`Panes of a colour share symbol, range and crosshair${keys === undefined ? '' : ` (${keys})`}`}
        >
          <LinkDot group={link} />
        </button>
      }
    >
      <MenuGroup label="Shares symbol, range and crosshair with">
        {[0, ...LINK_GROUPS].map((group) => (
          <MenuItem key={group} icon={<LinkDot group={group} />} onSelect={() => setLink(group)}>
            {group === 0 ? 'nobody' : `group ${linkName(group)}`}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
