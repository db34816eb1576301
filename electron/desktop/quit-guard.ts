import { app, BrowserWindow, dialog, type Event } from 'electron';

const BUTTONS = ['Keep working', 'Quit'] as const;
const QUIT = BUTTONS.indexOf('Quit');
/** Titles beyond these are only counted. */
const MOST_TITLES = 5;

/**
 * Asks before quitting throws work away. `running` gives the titles of what is under way. Where closing the last
 * window quits, closing it asks as well, while there still is a window to ask in.
 */
export function guardQuit(running: () => readonly string[]): void {
  let isAgreed = false;
  let isAsking = false;

  async function guard(event: Event): Promise<void> {
    const titles = running();
    if (isAgreed || titles.length === 0) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    try {
      const [window] = BrowserWindow.getAllWindows();
      const options = question(titles);
      const { response } = await (window === undefined
        ? dialog.showMessageBox(options)
        : dialog.showMessageBox(window, options));
      isAgreed = response === QUIT;
    } finally {
      isAsking = false;
    }
    if (isAgreed) app.quit();
  }

  app.on('before-quit', (event) => guard(event).catch(console.error));
  if (process.platform === 'darwin') return; // there the application outlives its windows, and so does its work
  app.on('browser-window-created', (_event, window) =>
    window.on('close', (event) => guard(event).catch(console.error)),
  );
}

function question(titles: readonly string[]): Electron.MessageBoxOptions {
  const named = titles.slice(0, MOST_TITLES);
  const more = titles.length - named.length;
  return {
    type: 'question',
    message: titles.length === 1 ? 'A job is still running' : `${titles.length} jobs are still running`,
    detail: `${[...named, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')}\n\nQuitting stops them. What is stored stays; a stopped import stores nothing.`,
    buttons: [...BUTTONS],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}
