import type Electron from 'electron';
import { app } from './app.ts';

type Template = Electron.MenuItemConstructorOptions;

interface Role {
  readonly label: string;
  readonly accelerator?: string;
  /** Whether the page does it by itself when the keys are pressed, so that the menu only shows them. */
  readonly isPages?: boolean;
  readonly act?: (window: Electron.BrowserWindow | undefined) => void;
  readonly submenu?: readonly Template[];
}

const isMac = process.platform === 'darwin';
const separator: Template = { type: 'separator' };
const contentsOf = (window: Electron.BrowserWindow | undefined) => window?.webContents;

/** What Electron's roles are called, which keys they have and what they do: lib/browser/api/menu-item-roles.ts. */
export const ROLES: Readonly<Record<string, Role>> = {
  about: { label: 'About', act: () => app.showAboutPanel() },
  quit: {
    label: 'Quit',
    ...(process.platform === 'win32' ? {} : { accelerator: 'CommandOrControl+Q' }),
    act: () => app.quit(),
  },
  close: { label: 'Close', accelerator: 'CommandOrControl+W', act: (window) => window?.close() },
  minimize: { label: 'Minimize', accelerator: 'CommandOrControl+M', act: (window) => window?.minimize() },
  zoom: { label: 'Zoom', act: (window) => window?.maximize() },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: isMac ? 'Control+Command+F' : 'F11',
    act: (window) => window?.setFullScreen(!window.isFullScreen()),
  },
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', act: (window) => window?.reload() },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CmdOrCtrl+R',
    act: (window) => contentsOf(window)?.reloadIgnoringCache(),
  },
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: isMac ? 'Alt+Command+I' : 'Ctrl+Shift+I',
    act: () => process.stderr.write('There are no developer tools in the stand-in for Electron\n'),
  },
  resetzoom: {
    label: 'Actual Size',
    accelerator: 'CommandOrControl+0',
    act: (window) => contentsOf(window)?.setZoomLevel(0),
  },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', act: (window) => zoom(window, 0.5) },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', act: (window) => zoom(window, -0.5) },
  undo: {
    label: 'Undo',
    accelerator: 'CommandOrControl+Z',
    isPages: true,
    act: (w) => contentsOf(w)?.undo(),
  },
  redo: {
    label: 'Redo',
    accelerator: 'Shift+CommandOrControl+Z',
    isPages: true,
    act: (w) => contentsOf(w)?.redo(),
  },
  cut: { label: 'Cut', accelerator: 'CommandOrControl+X', isPages: true, act: (w) => contentsOf(w)?.cut() },
  copy: {
    label: 'Copy',
    accelerator: 'CommandOrControl+C',
    isPages: true,
    act: (w) => contentsOf(w)?.copy(),
  },
  paste: {
    label: 'Paste',
    accelerator: 'CommandOrControl+V',
    isPages: true,
    act: (w) => contentsOf(w)?.paste(),
  },
  delete: { label: 'Delete', isPages: true, act: (w) => contentsOf(w)?.delete() },
  selectall: {
    label: 'Select All',
    accelerator: 'CommandOrControl+A',
    isPages: true,
    act: (w) => contentsOf(w)?.selectAll(),
  },
  help: { label: 'Help' },
  appmenu: { label: 'Hindsight', submenu: [{ role: 'about' }, separator, { role: 'quit' }] },
  filemenu: { label: 'File', submenu: [isMac ? { role: 'close' } : { role: 'quit' }] },
  editmenu: {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      separator,
      { role: 'selectAll' },
    ],
  },
  windowmenu: {
    label: 'Window',
    submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...(isMac ? [] : [{ role: 'close' } as const])],
  },
};

function zoom(window: Electron.BrowserWindow | undefined, by: number): void {
  const contents = contentsOf(window);
  contents?.setZoomLevel(contents.getZoomLevel() + by);
}
