import type { MessageBoxReturnValue } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { guardQuit } from '../../../electron/desktop/quit-guard.ts';
import { app, BrowserWindow, dialog } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const KEEP = 0;
const QUIT = 1;
let titles: string[];
let answer: (value: MessageBoxReturnValue) => void;

beforeEach(() => {
  app.removeAllListeners();
  BrowserWindow.opened.length = 0;
  titles = [];
  app.quit.mockReset();
  dialog.showMessageBox.mockReset();
  dialog.showMessageBox.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  guardQuit(() => titles);
});

const reply = async (response: number) => {
  answer({ response, checkboxChecked: false });
  await new Promise(setImmediate);
};
/** Whether the application may go on with what it was about to do. */
function goesOn(emitter: { emit(name: string, event: object): boolean }, name: string): boolean {
  const preventDefault = vi.fn<() => void>();
  emitter.emit(name, { preventDefault });
  return preventDefault.mock.calls.length === 0;
}
function openWindow(): BrowserWindow {
  const window = new BrowserWindow({});
  app.emit('browser-window-created', {}, window);
  return window;
}
const asked = () => dialog.showMessageBox.mock.calls.map((args) => args.at(-1) as Electron.MessageBoxOptions);

describe('quitting', () => {
  test('without work is not asked about', () => {
    const window = openWindow();
    expect(goesOn(app, 'before-quit')).toBe(true);
    expect(goesOn(window, 'close')).toBe(true);
    expect(asked()).toEqual([]);
  });

  test('with work is asked about once, naming it, in the window; the answer decides', async () => {
    const window = openWindow();
    titles = ['Import long.csv'];
    expect(goesOn(app, 'before-quit')).toBe(false);
    expect(goesOn(app, 'before-quit')).toBe(false);
    expect(asked()).toHaveLength(1);
    expect(dialog.showMessageBox.mock.calls[0]![0]).toBe(window);
    expect(asked()[0]).toMatchObject({
      message: 'A job is still running',
      detail: expect.stringMatching(/^Import long\.csv\n/),
      buttons: ['Keep working', 'Quit'],
      defaultId: KEEP,
      cancelId: KEEP,
    });
    await reply(KEEP);
    expect(app.quit).not.toHaveBeenCalled();
    expect(goesOn(app, 'before-quit')).toBe(false);
    await reply(QUIT);
    expect(app.quit).toHaveBeenCalledOnce();
    expect(goesOn(app, 'before-quit')).toBe(true);
    expect(goesOn(window, 'close')).toBe(true);
    expect(asked()).toHaveLength(2);
  });

  test('many jobs are counted beyond the first few', () => {
    titles = Array.from({ length: 8 }, (_, i) => `Backtest ${i}`);
    goesOn(app, 'before-quit');
    expect(asked()[0]!.message).toBe('8 jobs are still running');
    expect(asked()[0]!.detail).toMatch(/Backtest 4\nand 3 more\n/);
  });

  test('a question that cannot be shown keeps the application', async () => {
    titles = ['Backtest'];
    dialog.showMessageBox.mockRejectedValueOnce(new Error('no display'));
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(goesOn(app, 'before-quit')).toBe(false);
    await vi.waitFor(() => expect(log).toHaveBeenCalledOnce());
    expect(app.quit).not.toHaveBeenCalled();
  });
});

test.skipIf(process.platform === 'darwin')('closing the window quits, so it asks as well', async () => {
  const window = openWindow();
  titles = ['Backtest'];
  expect(goesOn(window, 'close')).toBe(false);
  await reply(QUIT);
  expect(app.quit).toHaveBeenCalledOnce();
});
