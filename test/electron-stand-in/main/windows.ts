import type Electron from 'electron';

/** The open windows, oldest first, and the one that has the focus. */
export const windows = {
  open: new Set<Electron.BrowserWindow>(),
  focused: null as Electron.BrowserWindow | null,
};
