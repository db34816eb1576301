import { COMMAND_LIST, type CommandId, type CommandSpec } from './commands.ts';

/** What of a keyboard event tells a combination; the DOM's KeyboardEvent is one. */
export interface KeyStroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const;
/** Keys that are only ever part of a combination. */
const LONE = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]);

/**
 * The combination of a stroke in its one spelling, or null for a modifier alone. Letters and digits are those on the
 * keys where the layout or a modifier would make something else of them (`Alt+L` on a Mac, `Ctrl+1` on a French
 * keyboard); Shift is named only where the character does not already tell it (`?`, not `Shift+?`).
 */
export function keysOf(stroke: KeyStroke): string | null {
  if (LONE.has(stroke.key)) return null;
  const hasModifier = stroke.ctrlKey || stroke.metaKey || stroke.altKey;
  const physical = /^(?:Key([A-Z])|Digit(\d))$/.exec(stroke.code);
  let key = stroke.key;
  if (/^[a-z]$/i.test(key)) key = key.toUpperCase();
  else if (hasModifier && physical !== null) key = physical[1] ?? physical[2]!;
  else if (hasModifier && stroke.shiftKey && stroke.code === 'Backslash') key = '\\';
  const isCharacter = key.length === 1 && !/[A-Z0-9\\ ]/.test(key);
  const parts = [
    (stroke.ctrlKey || stroke.metaKey) && 'Ctrl',
    stroke.altKey && 'Alt',
    stroke.shiftKey && !isCharacter && 'Shift',
    key,
  ];
  return parts.filter((part) => part !== false).join('+');
}

/** A combination in its one spelling, or null where it is none: `shift+ctrl+k` is `Ctrl+Shift+K`. */
export function normalizeKeys(text: string): string | null {
  const parts = text
    .trim()
    .split(/(?<!^|\+)\+/)
    .map((part) => part.trim());
  const last = parts.pop() ?? '';
  const known = parts.map((part) => MODIFIERS.find((name) => name.toLowerCase() === part.toLowerCase()));
  if (last === '' || known.some((name) => name === undefined) || new Set(known).size < known.length)
    return null;
  if (last.length > 1 && !/^([A-Z][A-Za-z]+|F\d{1,2})$/.test(last)) return null;
  const key = /^[a-z]$/.test(last) ? last.toUpperCase() : last;
  return [...MODIFIERS.filter((name) => known.includes(name)), key].join('+');
}

/** Keys of commands that differ from the defaults. An empty list takes a command's keys away. */
export type KeyOverrides = Readonly<Partial<Record<CommandId, readonly string[]>>>;

/** The keys in force of a command. */
export function keysOfCommand(id: CommandId, overrides: KeyOverrides): readonly string[] {
  return overrides[id] ?? COMMAND_LIST.find((command) => command.id === id)!.keys;
}

export interface KeyConflict {
  readonly keys: string;
  readonly commands: readonly CommandId[];
}

/** Combinations that more than one command of the same reach would answer. */
export function keyConflicts(
  overrides: KeyOverrides = {},
  commands: readonly (CommandSpec & { readonly id: CommandId })[] = COMMAND_LIST,
): KeyConflict[] {
  const users = new Map<string, (CommandSpec & { readonly id: CommandId })[]>();
  for (const command of commands) {
    for (const keys of overrides[command.id] ?? command.keys) {
      const spelt = normalizeKeys(keys) ?? keys;
      users.set(spelt, [...(users.get(spelt) ?? []), command]);
    }
  }
  const clash = (one: CommandSpec, other: CommandSpec) =>
    one.scope === undefined || other.scope === undefined || one.scope === other.scope;
  return [...users].flatMap(([keys, all]) => {
    const clashing = all.filter((one) => all.some((other) => other !== one && clash(one, other)));
    return clashing.length > 1 ? [{ keys, commands: clashing.map(({ id }) => id) }] : [];
  });
}

/** What browsers keep to themselves or is everyone's: a command must not depend on it. */
const RESERVED = [
  'Ctrl+W',
  'Ctrl+N',
  'Ctrl+T',
  'Ctrl+Shift+W',
  'Ctrl+Shift+N',
  'Ctrl+Shift+T',
  'Ctrl+Tab',
  'F5',
  'F11',
  'F12',
];
const EDITING = ['Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+A', 'Tab', 'Shift+Tab', 'Enter', 'Escape', 'Space'];

/** Why a combination had better not be used, or null. */
export function keyWarning(keys: string): string | null {
  if (RESERVED.includes(keys))
    return 'Browsers keep this combination to themselves; it works in the desktop window only.';
  if (EDITING.includes(keys)) return 'This key is needed for writing and moving about.';
  return null;
}

/** Electron's spelling: `Ctrl+Shift+K` is `CommandOrControl+Shift+K`. */
export const acceleratorOf = (keys: string): string => keys.replace(/^Ctrl(?=\+)/, 'CommandOrControl');
