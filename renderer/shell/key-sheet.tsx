import { create } from 'zustand';
import { COMMAND_GROUPS, COMMAND_LIST } from '../../shared/commands/commands.ts';
import { keysOfCommand } from '../../shared/commands/keys.ts';
import { Kbd, Sheet } from '../design/index.ts';
import { useSettings } from '../state/settings.ts';
import './key-sheet.css';

const useKeySheet = create(() => ({ isOpen: false }));
export const showKeySheet = (): void => useKeySheet.setState({ isOpen: true });

/** Keys that belong to a kind of control wherever it is, and cannot be set. */
const EVERYWHERE: readonly (readonly [string, readonly string[]])[] = [
  ['On to the next control, or back', ['Tab', 'Shift+Tab']],
  ['Move in a table, menu or list', ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']],
  ['Open the chosen row', ['Enter']],
  ['Menu of the chosen row', ['Shift+F10']],
  ['Widen or narrow a column, on its heading', ['Alt+ArrowRight', 'Alt+ArrowLeft']],
  ['Move a splitter', ['ArrowLeft', 'ArrowRight', 'Home', 'End']],
  ['Close a tab that has the focus', ['Delete']],
  ['To the notifications', ['F6']],
  ['Leave a sheet, a menu or a search', ['Escape']],
];

/** All keys that hold now, by subject. */
export function KeySheet() {
  const isOpen = useKeySheet(({ isOpen }) => isOpen);
  const overrides = useSettings(({ values }) => values.keys);
  return (
    <Sheet
      open={isOpen}
      title="Keys"
      onClose={() => useKeySheet.setState({ isOpen: false })}
      size="wide"
      testId="key-sheet"
    >
      <div className="key-sheet">
        {COMMAND_GROUPS.map((group) => {
          const commands = COMMAND_LIST.filter((command) => command.group === group)
            .map(({ id, title }) => ({ id, title, keys: keysOfCommand(id, overrides) }))
            .filter(({ keys }) => keys.length > 0);
          if (commands.length === 0) return null;
          return (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {commands.map(({ id, title, keys }) => (
                  <Line key={id} title={title} keys={keys} />
                ))}
              </dl>
            </section>
          );
        })}
        <section>
          <h3>Everywhere</h3>
          <dl>
            {EVERYWHERE.map(([title, keys]) => (
              <Line key={title} title={title} keys={keys} />
            ))}
          </dl>
        </section>
      </div>
    </Sheet>
  );
}

function Line({ title, keys }: { readonly title: string; readonly keys: readonly string[] }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {keys.map((one) => (
          <Kbd key={one} keys={one} />
        ))}
      </dd>
    </div>
  );
}
