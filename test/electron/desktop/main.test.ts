import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => import('./fake-electron.ts'));
vi.mock('../../../electron/services/create-app.ts', () => ({ createApp }));

const close = vi.fn();
const createApp = vi.hoisted(() => vi.fn<(options: object) => Promise<object>>());

let folder: string;
let electron: typeof import('./fake-electron.ts');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-main-'));
  vi.resetModules();
  electron = (await import('electron')) as unknown as typeof electron; // the same stand-in for every run
  electron.app.removeAllListeners();
  electron.BrowserWindow.opened.length = 0;
  createApp.mockResolvedValue({ router: {}, files: {}, close });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs main.ts as Electron would, on a library of its own. */
async function launch(...argv: string[]): Promise<void> {
  const given = process.argv;
  process.argv = ['electron', '.', ...argv];
  try {
    await import('../../../electron/desktop/main.ts');
  } finally {
    process.argv = given;
  }
}
const order = (mock: { mock: { invocationCallOrder: number[] } }) => mock.mock.invocationCallOrder[0]!;

describe('starting', () => {
  test('everything that confines the page is in place before there is one', async () => {
    await launch(`--library=${folder}`);
    const { app, BrowserWindow, protocol, session, ipcMain } = electron;
    await vi.waitFor(() => expect(BrowserWindow.opened).toHaveLength(1));
    expect(app.setPath.mock.calls).toEqual([['userData', join(folder, 'desktop')]]);
    for (const early of [app.setPath, app.enableSandbox, protocol.registerSchemesAsPrivileged]) {
      expect(order(early)).toBeLessThan(order(app.whenReady));
    }
    expect(order(app.setPath)).toBeLessThan(order(app.requestSingleInstanceLock));
    const window = BrowserWindow.opened[0]!;
    const { setPermissionRequestHandler, webRequest } = session.defaultSession;
    for (const wall of [
      setPermissionRequestHandler,
      webRequest.onBeforeRequest,
      protocol.handle,
      ipcMain.on,
    ]) {
      expect(order(wall)).toBeLessThan(order(window.loadURL));
    }
    expect(createApp.mock.calls).toEqual([
      [
        {
          libraryPath: folder,
          face: 'desktop',
          resourcesPath: expect.stringMatching(/resources$/),
          secrets: expect.anything(),
        },
      ],
    ]);
    const contents = electron.fakeContents();
    app.emit('web-contents-created', {}, contents);
    expect(contents.setWindowOpenHandler).toHaveBeenCalledOnce();
  });

  test('the library may stand apart from its option', async () => {
    await launch('--library', folder);
    await vi.waitFor(() => expect(createApp.mock.calls[0]![0]).toMatchObject({ libraryPath: folder }));
  });

  test('a second start shows the first one’s window', async () => {
    await launch(`--library=${folder}`);
    const { app, BrowserWindow } = electron;
    await vi.waitFor(() => expect(BrowserWindow.opened).toHaveLength(1));
    const window = BrowserWindow.opened[0]!;
    window.isMinimized.mockReturnValue(true);
    app.emit('second-instance', {}, [], '/');
    expect(window.restore).toHaveBeenCalledOnce();
    expect(window.focus).toHaveBeenCalledTimes(2);
    expect(BrowserWindow.opened).toHaveLength(1);
    window.destroyed = true;
    app.emit('activate');
    expect(BrowserWindow.opened).toHaveLength(2);
  });

  test('the second one opens nothing', async () => {
    electron.app.requestSingleInstanceLock.mockReturnValueOnce(false);
    await launch(`--library=${folder}`);
    expect(electron.app.quit).toHaveBeenCalledOnce();
    expect(electron.app.whenReady).not.toHaveBeenCalled();
    expect(createApp).not.toHaveBeenCalled();
  });

  test('quitting asks about jobs that are not over, by their titles', async () => {
    const jobs = [
      { state: 'running', title: 'Import long.csv' },
      { state: 'waiting', title: 'Backtest SMA cross' },
      { state: 'done', title: 'Backtest RSI' },
    ];
    createApp.mockResolvedValue({ router: {}, files: {}, close, jobs: { list: () => jobs } });
    await launch(`--library=${folder}`);
    const { app, BrowserWindow, dialog } = electron;
    await vi.waitFor(() => expect(BrowserWindow.opened).toHaveLength(1));
    dialog.showMessageBox.mockResolvedValue({ response: 0, checkboxChecked: false });
    const preventDefault = vi.fn<() => void>();
    app.emit('before-quit', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(dialog.showMessageBox.mock.calls[0]!.at(-1)).toMatchObject({
      message: '2 jobs are still running',
      detail: expect.stringMatching(/^Import long\.csv\nBacktest SMA cross\n\n/),
    });
  });

  test('quitting closes the library once', async () => {
    await launch(`--library=${folder}`);
    await vi.waitFor(() => expect(electron.BrowserWindow.opened).toHaveLength(1));
    electron.app.emit('window-all-closed');
    expect(electron.app.quit).toHaveBeenCalledTimes(process.platform === 'darwin' ? 0 : 1);
    electron.app.emit('will-quit');
    electron.app.emit('will-quit');
    expect(close).toHaveBeenCalledOnce();
  });
});

describe('a start that fails', () => {
  const failure = async () => {
    const { app, dialog } = electron;
    await vi.waitFor(() => expect(app.exit.mock.calls).toEqual([[1]]));
    expect(electron.BrowserWindow.opened).toHaveLength(0);
    return dialog.showErrorBox.mock.calls[0]![1];
  };

  test('says what is wrong with the library, and what to do', async () => {
    const { AppError } = await import('../../../shared/contract/errors.ts');
    createApp.mockRejectedValueOnce(
      new AppError('library-newer', 'The library was written by a later version', {
        hint: 'Update Hindsight.',
      }),
    );
    await launch(`--library=${folder}`);
    expect(await failure()).toBe('The library was written by a later version\n\nUpdate Hindsight.');
  });

  test('says so when the folder cannot be used', async () => {
    const notAFolder = join(folder, 'file');
    writeFileSync(notAFolder, '');
    await launch(`--library=${notAFolder}`);
    expect(await failure()).toMatch(/^Cannot use the library folder .*--library/s);
    expect(createApp).not.toHaveBeenCalled();
  });
});
