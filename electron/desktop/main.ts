import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, Menu, session } from 'electron';
import { AppError, toPlainError } from '../../shared/contract/errors.ts';
import { VERSION } from '../../shared/version.ts';
import { createApp } from '../services/create-app.ts';
import { defaultLibraryPath } from '../services/library-path.ts';
import { COMMAND_CHANNEL } from './channels.ts';
import { menuTemplate } from './menu.ts';
import { declareAppScheme, serveAppScheme } from './protocol.ts';
import { guardQuit } from './quit-guard.ts';
import { listenToPages } from './rpc.ts';
import { systemSecrets } from './secret-store.ts';
import { restrictContents, restrictSession } from './security.ts';
import { openWindow } from './window.ts';

// Places as seen from the build, out/main.
const RENDERER = fileURLToPath(new URL('../renderer', import.meta.url));
const PRELOAD = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));
const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url));

const libraryPath = resolve(libraryArgument(process.argv) ?? defaultLibraryPath());

// Everything up to `run` must happen before Electron is ready, which waits for this module: so nothing is awaited.
try {
  app.setPath('userData', makeUserData());
  app.enableSandbox();
  declareAppScheme();
  if (app.requestSingleInstanceLock()) run().catch(fail);
  else app.quit();
} catch (thrown) {
  fail(thrown);
}

/** `--library=DIR` or `--library DIR`; Chromium, which reads the same line, knows the first form only. */
function libraryArgument(argv: readonly string[]): string | undefined {
  const index = argv.findIndex((argument) => /^--library(=|$)/.test(argument));
  return argv[index]?.match(/=(.+)/s)?.[1] ?? (index < 0 ? undefined : argv[index + 1]);
}

/** Electron's own files lie with the library they belong to, so that the instance lock is one per library, too. */
function makeUserData(): string {
  const userData = join(libraryPath, 'desktop');
  try {
    mkdirSync(userData, { recursive: true });
  } catch (thrown) {
    throw new AppError('disk', `Cannot use the library folder ${libraryPath}: ${(thrown as Error).message}`, {
      hint: 'Choose another with --library=FOLDER, or correct its permissions.',
    });
  }
  return userData;
}

async function run(): Promise<void> {
  let window: BrowserWindow | null = null;
  const show = () => {
    if (window === null || window.isDestroyed()) window = openWindow(PRELOAD);
    else if (window.isMinimized()) window.restore();
    window.focus();
  };
  app.on('web-contents-created', (_event, contents) => restrictContents(contents));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.setAboutPanelOptions({ applicationName: 'Hindsight', applicationVersion: VERSION });

  await app.whenReady();
  const secrets = systemSecrets(join(app.getPath('userData'), 'secrets.json'));
  const core = await createApp({ libraryPath, resourcesPath: RESOURCES, face: 'desktop', secrets });
  app.once('will-quit', () => core.close());
  guardQuit(() =>
    core.jobs
      .list()
      .flatMap(({ state, title }) => (state === 'waiting' || state === 'running' ? [title] : [])),
  );
  restrictSession(session.defaultSession);
  serveAppScheme(RENDERER);
  listenToPages(core, console.error);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform === 'darwin', app.isPackaged, (command) => {
        show();
        window?.webContents.send(COMMAND_CHANNEL, command);
      }),
    ),
  );
  // `npm start` asks for it: a first start shows a backtest instead of an empty window.
  if (process.argv.includes('--sample')) core.sample.openIfEmpty().catch(console.error);
  app.on('second-instance', show);
  app.on('activate', show);
  show();
}

function fail(thrown: unknown): void {
  const { message, detail } = toPlainError(thrown);
  dialog.showErrorBox('Hindsight cannot start', [message, detail.hint ?? ''].join('\n\n').trim());
  app.exit(1);
}
