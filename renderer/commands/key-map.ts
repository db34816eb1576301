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

/**
 * Listens for the keys of all commands. Combinations with Ctrl or Alt go before whatever has the focus, so that they
 * hold on buttons and lists, too; single keys come after it, and what it has taken (preventDefault) is left alone.
 */
export function listenToKeys(): () => void {
  const onCapture = (event: KeyboardEvent) => {
    if (isCombination(event)) answer(event);
  };
  const onBubble = (event: KeyboardEvent) => {
    if (!isCombination(event) && !event.defaultPrevented && !closest(event, OWN_KEYS)) answer(event);
  };
  window.addEventListener('keydown', onCapture, true);
  window.addEventListener('keydown', onBubble);
  return () => {
    window.removeEventListener('keydown', onCapture, true);
    window.removeEventListener('keydown', onBubble);
  };
}

/** What lies over everything and has the keys to itself; a notification is a dialog, too, but does not. */
const OWN_WINDOW = '.sheet, .dialog, .palette, [data-keys=raw]';

const isCombination = ({ ctrlKey, metaKey, altKey, key }: KeyboardEvent) =>
  ctrlKey || metaKey || altKey || /^F\d+$/.test(key);
const closest = ({ target }: KeyboardEvent, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;

function answer(event: KeyboardEvent): void {
  if (event.isComposing || closest(event, OWN_WINDOW)) return;
  const keys = keysOf(event);
  if (keys === null || (keys === 'Ctrl+Z' && closest(event, TYPING))) return;
  const { values } = useSettings.getState();
  const command = COMMAND_LIST.find(
    ({ id }) => keysOfCommand(id, values.keys).includes(keys) && isOffered(id),
  );
  if (command === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  runCommand(command.id);
}
