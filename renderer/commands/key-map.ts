import { COMMAND_LIST, type CommandId } from '../../shared/commands/commands.ts';
import { keysOf, keysOfCommand } from '../../shared/commands/keys.ts';
import { useSettings } from '../state/settings.ts';
import { isOffered, runCommand } from './handlers.ts';

/** The first key combination of a command as it is set now; undefined when it has none. */
export const useKeys = (id: CommandId): string | undefined =>
  useSettings(({ values }) => keysOfCommand(id, values.keys)[0]);

const TYPING =
  'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable]';
/** Inside these single keys choose by first letter, or are about to be written. */
const OWN_KEYS = `${TYPING}, [role=menu], [role=listbox], [role=combobox]`;

/** Listens for the keys of all commands. What a component has taken (preventDefault) is left alone. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = keysOf(event);
    if (keys === null) return;
    const target = event.target instanceof Element ? event.target : null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d+$/.test(event.key);
    if (isPlain && target?.closest(OWN_KEYS)) return;
    if (keys === 'Ctrl+Z' && target?.closest(TYPING)) return;
    const { values } = useSettings.getState();
    const command = COMMAND_LIST.find(
      ({ id }) => keysOfCommand(id, values.keys).includes(keys) && isOffered(id),
    );
    if (command === undefined) return;
    event.preventDefault();
    runCommand(command.id);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
