import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_GROUPS, COMMAND_LIST, type CommandSpec } from '../../../shared/commands/commands.ts';
import {
  acceleratorOf,
  type KeyStroke,
  keyConflicts,
  keysOf,
  keysOfCommand,
  keyWarning,
  normalizeKeys,
} from '../../../shared/commands/keys.ts';

const stroke = (change: Partial<KeyStroke>): KeyStroke => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('the list of commands', () => {
  test('names each once, in a known group', () => {
    const ids = COMMAND_LIST.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { group, title } of COMMAND_LIST) {
      expect(COMMAND_GROUPS).toContain(group);
      expect(title.trim()).not.toBe('');
    }
  });

  test('has default keys that are spelt the one way, free of conflicts and of what browsers keep', () => {
    for (const keys of COMMAND_LIST.flatMap(({ keys: all }) => all as readonly string[])) {
      expect(normalizeKeys(keys)).toBe(keys);
      expect(keyWarning(keys)).toBeNull();
    }
    expect(keyConflicts()).toEqual([]);
  });

  test('goes to the screens by the numbers of the rail', () => {
    const keys = Object.fromEntries(COMMAND_LIST.map((command) => [command.id, command.keys]));
    expect(keys['go-data']).toContain('Ctrl+1');
    expect(keys['go-runs']).toContain('Ctrl+4');
    expect(keys['go-jobs']).toContain('Ctrl+8');
    expect(keys['go-settings']).toContain('Ctrl+9');
  });
});

describe('a stroke', () => {
  test.each([
    ['a letter', { key: 'k', code: 'KeyK', ctrlKey: true }, 'Ctrl+K'],
    ['with Shift', { key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+K'],
    ['on a Mac', { key: 'k', code: 'KeyK', metaKey: true }, 'Ctrl+K'],
    ['Alt on a Mac, which writes another letter', { key: '¬', code: 'KeyL', altKey: true }, 'Alt+L'],
    ['a digit on a French keyboard', { key: '&', code: 'Digit1', ctrlKey: true }, 'Ctrl+1'],
    ['a character that needs Shift', { key: '?', code: 'Slash', shiftKey: true }, '?'],
    ['a bracket', { key: '[', code: 'BracketLeft' }, '['],
    [
      'a backslash with Shift',
      { key: '|', code: 'Backslash', ctrlKey: true, shiftKey: true },
      'Ctrl+Shift+\\',
    ],
    ['an arrow', { key: 'ArrowLeft', code: 'ArrowLeft', shiftKey: true }, 'Shift+ArrowLeft'],
    ['a function key', { key: 'F6', code: 'F6' }, 'F6'],
    ['Enter', { key: 'Enter', code: 'Enter', ctrlKey: true }, 'Ctrl+Enter'],
    ['plus', { key: '+', code: 'Equal', shiftKey: true }, '+'],
  ])('%s', (_, given, expected) => expect(keysOf(stroke(given))).toBe(expected));

  test.each(['Control', 'Shift', 'Alt', 'Meta', 'Dead'])('of %s alone is none', (key) =>
    expect(keysOf(stroke({ key }))).toBeNull(),
  );
});

describe('spelling', () => {
  test.each([
    ['ctrl+k', 'Ctrl+K'],
    ['Shift+Ctrl+k', 'Ctrl+Shift+K'],
    [' alt + ArrowUp ', 'Alt+ArrowUp'],
    ['Ctrl++', 'Ctrl++'],
    ['?', '?'],
  ])('%s', (given, expected) => expect(normalizeKeys(given)).toBe(expected));

  test.each(['', 'Ctrl+', 'Hyper+K', 'Ctrl+Ctrl+K', 'Ctrl+kk'])('"%s" is no combination', (given) =>
    expect(normalizeKeys(given)).toBeNull(),
  );

  test('is the same when it is spelt again, and every stroke is spelt that way', () => {
    const key = fc.constantFrom(...'abz09[]?+-.,;\\', 'Enter', 'ArrowLeft', 'F6', 'Delete');
    fc.assert(
      fc.property(key, fc.boolean(), fc.boolean(), fc.boolean(), (one, ctrlKey, altKey, shiftKey) => {
        const keys = keysOf(stroke({ key: one, ctrlKey, altKey, shiftKey }))!;
        expect(normalizeKeys(keys)).toBe(keys);
        expect(normalizeKeys(keys.toLowerCase().replace(/\+/g, '+'))).not.toBe('');
      }),
    );
  });

  test('for Electron', () => {
    expect(acceleratorOf('Ctrl+Shift+K')).toBe('CommandOrControl+Shift+K');
    expect(acceleratorOf('Alt+W')).toBe('Alt+W');
  });
});

describe('conflicts', () => {
  test('two commands with the same keys are both named', () => {
    expect(keyConflicts({ 'close-tab': ['Ctrl+K'] })).toEqual([
      { keys: 'Ctrl+K', commands: ['palette', 'close-tab'] },
    ]);
  });

  test('keys that were taken away clash with nothing', () => {
    expect(keyConflicts({ palette: [], 'close-tab': ['Ctrl+K'] })).toEqual([]);
    expect(keysOfCommand('palette', { palette: [] })).toEqual([]);
  });

  test('the same keys in other spelling clash, too', () => {
    expect(keyConflicts({ 'close-tab': ['ctrl+k'] })).toHaveLength(1);
  });

  test('keys of two kinds of pane do not clash; those that hold everywhere clash with both', () => {
    const command = (id: string, keys: string[], scope?: 'chart'): CommandSpec & { id: never } => ({
      id: id as never,
      title: id,
      group: 'Chart',
      keys,
      ...(scope === undefined ? {} : { scope }),
    });
    const chart = command('pan', ['G'], 'chart');
    const other = { ...command('go', ['G']), scope: 'table' as never };
    expect(keyConflicts({}, [chart, other])).toEqual([]);
    expect(keyConflicts({}, [chart, command('everywhere', ['G'])])).toHaveLength(1);
    expect(keyConflicts({}, [chart, command('zoom', ['G'], 'chart')])).toHaveLength(1);
  });
});

describe('warnings', () => {
  test('name what browsers keep and what is needed to write', () => {
    expect(keyWarning('Ctrl+W')).toMatch(/Browsers/);
    expect(keyWarning('Ctrl+C')).toMatch(/needed/);
    expect(keyWarning('Ctrl+K')).toBeNull();
  });
});
