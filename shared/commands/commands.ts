/**
 * Everything one can tell the app to do, with its default keys: the one list that menu, palette, key sheet, tooltips
 * and the key map of the settings read. What a command does is said where it is done (renderer/commands/handlers.ts).
 */
export const COMMAND_GROUPS = ['Go to', 'View', 'Tabs', 'File', 'Run', 'Chart', 'Help'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Menus of the desktop window, in order of appearance. */
export type CommandMenu = 'file' | 'view' | 'go' | 'run' | 'help';

export interface CommandSpec {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Combinations that do it, e.g. `Ctrl+Shift+K`; `Ctrl` is the command key on a Mac. */
  readonly keys: readonly string[];
  readonly menu?: CommandMenu;
  /**
   * Which pane must be in front for its keys to hold; left out: any. Keys of different scopes may be the same, keys
   * without a scope must be free everywhere.
   */
  readonly scope?: 'chart';
}

export const COMMANDS = [
  { id: 'palette', title: 'Search everything', group: 'Go to', keys: ['Ctrl+K'], menu: 'go' },
  { id: 'quick-open', title: 'Open by name', group: 'Go to', keys: ['Ctrl+P'], menu: 'go' },
  { id: 'go-data', title: 'Data', group: 'Go to', keys: ['Ctrl+1'], menu: 'go' },
  { id: 'go-chart', title: 'Chart', group: 'Go to', keys: ['Ctrl+2'], menu: 'go' },
  { id: 'go-strategy', title: 'Strategy', group: 'Go to', keys: ['Ctrl+3'], menu: 'go' },
  { id: 'go-runs', title: 'Runs', group: 'Go to', keys: ['Ctrl+4'], menu: 'go' },
  { id: 'go-jobs', title: 'Jobs', group: 'Go to', keys: ['Ctrl+8'], menu: 'go' },
  { id: 'go-settings', title: 'Settings', group: 'Go to', keys: ['Ctrl+9', 'Ctrl+,'], menu: 'go' },

  { id: 'toggle-rail', title: 'Show or hide the rail', group: 'View', keys: ['Ctrl+B'], menu: 'view' },
  {
    id: 'toggle-inspector',
    title: 'Show or hide the inspector',
    group: 'View',
    keys: ['Ctrl+Alt+B'],
    menu: 'view',
  },
  { id: 'toggle-theme', title: 'Dark or light', group: 'View', keys: [], menu: 'view' },
  { id: 'toggle-density', title: 'Compact or comfortable rows', group: 'View', keys: [], menu: 'view' },
  { id: 'next-zone', title: 'Change the time zone on screen', group: 'View', keys: [], menu: 'view' },

  { id: 'new-chart', title: 'New chart', group: 'Tabs', keys: ['Ctrl+Alt+N'], menu: 'file' },
  { id: 'close-tab', title: 'Close the tab', group: 'Tabs', keys: ['Alt+W'], menu: 'file' },
  {
    id: 'reopen-tab',
    title: 'Open the last closed tab again',
    group: 'Tabs',
    keys: ['Alt+Shift+W'],
    menu: 'file',
  },
  { id: 'next-tab', title: 'Next tab', group: 'Tabs', keys: ['Alt+.'], menu: 'view' },
  { id: 'previous-tab', title: 'Previous tab', group: 'Tabs', keys: ['Alt+,'], menu: 'view' },
  { id: 'next-pane', title: 'Next pane', group: 'Tabs', keys: ['Alt+;'], menu: 'view' },
  { id: 'split-right', title: 'Move the tab to the right', group: 'Tabs', keys: ['Ctrl+\\'], menu: 'view' },
  { id: 'split-down', title: 'Move the tab below', group: 'Tabs', keys: ['Ctrl+Shift+\\'], menu: 'view' },
  {
    id: 'maximise-pane',
    title: 'Enlarge the pane or put it back',
    group: 'Tabs',
    keys: ['Alt+M'],
    menu: 'view',
  },
  { id: 'link-group', title: 'Link the tab to a colour group', group: 'Tabs', keys: ['Alt+L'], menu: 'view' },

  { id: 'import', title: 'Import files …', group: 'File', keys: ['Ctrl+O'], menu: 'file' },
  { id: 'add-strategy', title: 'Add a strategy file …', group: 'File', keys: [], menu: 'file' },
  { id: 'open-sample', title: 'Open the sample', group: 'File', keys: [], menu: 'file' },
  {
    id: 'save-workspace',
    title: 'Save the workspace as …',
    group: 'File',
    keys: ['Ctrl+Shift+S'],
    menu: 'file',
  },
  { id: 'open-workspace', title: 'Open a workspace …', group: 'File', keys: ['Ctrl+Shift+O'], menu: 'file' },
  {
    id: 'reset-workspace',
    title: 'Put the layout back to the default',
    group: 'File',
    keys: [],
    menu: 'file',
  },

  { id: 'run', title: 'Run the backtest', group: 'Run', keys: ['Ctrl+Enter'], menu: 'run' },
  {
    id: 'cancel-run',
    title: 'Cancel what is running',
    group: 'Run',
    keys: ['Ctrl+Shift+Backspace'],
    menu: 'run',
  },
  { id: 'undo', title: 'Undo the last removal', group: 'Run', keys: ['Ctrl+Z'], menu: 'run' },

  { id: 'show-keys', title: 'Keys', group: 'Help', keys: ['?'], menu: 'help' },
  { id: 'show-privacy', title: 'What leaves this machine', group: 'Help', keys: [], menu: 'help' },
] as const satisfies readonly CommandSpec[];

export type CommandId = (typeof COMMANDS)[number]['id'];

/** The same list, where the literal types are in the way. */
export const COMMAND_LIST: readonly (CommandSpec & { readonly id: CommandId })[] = COMMANDS;
