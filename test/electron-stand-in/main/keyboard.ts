import type Electron from 'electron';
import type { KeyPress } from '../page/messages.ts';

/** A key press as Electron hands it out. */
export function toInput(press: KeyPress): Electron.Input {
  return { ...press, modifiers: [] };
}

const NAMED: Readonly<Record<string, string>> = {
  plus: '+',
  space: ' ',
  esc: 'escape',
  return: 'enter',
  del: 'delete',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
};

/** Whether a press is the one that an accelerator names: `CmdOrCtrl+Shift+P`, `F11`, `Alt+Left`. */
export function isAccelerator(accelerator: string, press: KeyPress, isMac: boolean): boolean {
  // A plus at the end is the key.
  const parts = accelerator.toLowerCase().replace(/\+\+$/, '+plus').split('+');
  const named = parts.pop()!;
  const wanted = { control: false, meta: false, alt: false, shift: false };
  for (const part of parts) {
    if (/^(cmdorctrl|commandorcontrol)$/.test(part)) wanted[isMac ? 'meta' : 'control'] = true;
    else if (/^(ctrl|control)$/.test(part)) wanted.control = true;
    else if (/^(cmd|command|super|meta)$/.test(part)) wanted.meta = true;
    else if (/^(alt|option|altgr)$/.test(part)) wanted.alt = true;
    else if (part === 'shift') wanted.shift = true;
    else throw new Error(`The accelerator ${accelerator} has no modifier "${part}"`);
  }
  const key = NAMED[named] ?? named;
  const isSymbol = !/^([a-z0-9]|.{2,})$/.test(key);
  const isKey =
    press.key.toLowerCase() === key ||
    press.code.toLowerCase() === `key${key}` ||
    press.code.toLowerCase() === `digit${key}`;
  // A symbol may need Shift on one keyboard and not on another.
  const isShift = isSymbol || press.shift === wanted.shift;
  return (
    isKey &&
    isShift &&
    press.control === wanted.control &&
    press.meta === wanted.meta &&
    press.alt === wanted.alt
  );
}
