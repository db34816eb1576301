import './kbd.css';

const isMac = typeof navigator !== 'undefined' && /^Mac/.test(navigator.platform);
const MAC_NAMES: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' };
const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ' ': 'Space',
  '-': '−',
};

/** The keys of `Ctrl+Shift+K` one by one, in the platform's names; chords are parted by a space. */
export function keyCaps(keys: string): string[] {
  return keys
    .split(/(?<=.) (?=.)/)
    .flatMap((chord) => chord.split(/(?<!^|\+)\+/))
    .map((key) => (isMac ? MAC_NAMES[key] : undefined) ?? NAMES[key] ?? key);
}

/** A key or a combination as one reads it on the keyboard. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="keys">
      {keyCaps(keys).map((cap, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one combination never change places
        <kbd key={index}>{cap}</kbd>
      ))}
    </span>
  );
}
