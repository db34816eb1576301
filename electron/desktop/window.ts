import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { DARK_PALETTE, LIGHT_PALETTE } from '../../shared/charts/palette.ts';
import { APP_URL } from './app-origin.ts';
import { readBounds, writeBounds } from './window-bounds.ts';

/** A page that crashes again this soon after being loaded anew would go on doing so. */
const RELOAD_GUARD_MILLISECONDS = 10_000;

/** Opens the application's window where it was last. `preloadPath` is the built preload. */
export function openWindow(preloadPath: string): BrowserWindow {
  const boundsFile = join(app.getPath('userData'), 'window.json');
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { maximized = false, ...bounds } = readBounds(boundsFile, displays) ?? { width: 1280, height: 800 };
  const window = new BrowserWindow({
    ...bounds,
    // Rail, tabs and panes give way: a narrow window beside an editor is of use, too.
    minWidth: 400,
    minHeight: 400,
    title: 'Hindsight',
    show: false,
    backgroundColor: (nativeTheme.shouldUseDarkColors ? DARK_PALETTE : LIGHT_PALETTE).background,
    webPreferences: {
      preload: preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    writeBounds(boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  reloadAfterCrash(window);
  void window.loadURL(APP_URL);
  return window;
}

/** A crashed page comes back by itself; what the core was doing went on meanwhile. */
function reloadAfterCrash(window: BrowserWindow): void {
  let lastReload = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = performance.now();
    if (now - lastReload < RELOAD_GUARD_MILLISECONDS) {
      dialog.showErrorBox('Hindsight cannot show its window', `The page crashed repeatedly (${reason}).`);
      window.destroy();
      return;
    }
    lastReload = now;
    window.webContents.reload();
  });
}
