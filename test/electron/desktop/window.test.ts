import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openWindow } from '../../../electron/desktop/window.ts';
import { readBounds, type WindowBounds, writeBounds } from '../../../electron/desktop/window-bounds.ts';
import { app, BrowserWindow, dialog } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const folder = mkdtempSync(join(tmpdir(), 'hindsight-window-'));
const file = join(folder, 'window.json');
app.getPath.mockImplementation(() => folder);
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  rmSync(file, { force: true });
  app.isPackaged = false;
  dialog.showErrorBox.mockClear();
});

function open(): BrowserWindow {
  openWindow('/out/preload/preload.cjs');
  return BrowserWindow.opened.at(-1)!;
}

describe('the window', () => {
  test('gives its page nothing of Node and nothing beyond the web platform', () => {
    app.isPackaged = true;
    expect(open().options).toEqual({
      width: 1280,
      height: 800,
      minWidth: 400,
      minHeight: 400,
      title: 'Hindsight',
      show: false,
      backgroundColor: '#0f1318',
      webPreferences: {
        preload: '/out/preload/preload.cjs',
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
        devTools: false,
      },
    });
  });

  test('has developer tools only where it is developed', () => {
    expect(open().options.webPreferences!.devTools).toBe(true);
  });

  test('loads the page, and shows itself when there is something to see', () => {
    const window = open();
    expect(window.loadURL.mock.calls).toEqual([['app://hindsight/']]);
    expect(window.show).not.toHaveBeenCalled();
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalledOnce();
  });

  test('comes back where it was', () => {
    const first = open();
    first.maximized = true;
    first.emit('close');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      x: 10,
      y: 30,
      width: 1300,
      height: 700,
      maximized: true,
    });
    const second = open();
    expect(second.options).toMatchObject({ x: 10, y: 30, width: 1300, height: 700 });
    expect(second.maximize).toHaveBeenCalledOnce();
    expect(second.options).not.toHaveProperty('maximized');
  });
});

describe('a page that crashes', () => {
  test('is loaded again, but not for ever', () => {
    const window = open();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 });
    expect(window.webContents.reload).toHaveBeenCalledOnce();
    window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
    expect(window.webContents.reload).toHaveBeenCalledOnce();
    expect(dialog.showErrorBox.mock.calls[0]![1]).toContain('oom');
    expect(window.destroy).toHaveBeenCalledOnce();
  });

  test('is left alone when it ended in good order', () => {
    const window = open();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(window.webContents.reload).not.toHaveBeenCalled();
  });
});

describe('remembered bounds', () => {
  const display = { x: 0, y: 0, width: 1920, height: 1080 };
  const bounds: WindowBounds = { x: 100, y: 100, width: 1200, height: 800, maximized: false };

  test('are read back', () => {
    writeBounds(file, bounds);
    expect(readBounds(file, [display])).toEqual(bounds);
  });

  test.each([
    ['to the right of every display', { x: 1900 }],
    ['above every display', { y: -780 }],
    ['on a second display that is gone', { x: -1500 }],
  ])('are forgotten %s', (_, change) => {
    writeBounds(file, { ...bounds, ...change });
    expect(readBounds(file, [display])).toBeNull();
    expect(readBounds(file, [display, { x: -1920, y: -1080, width: 5760, height: 3240 }])).not.toBeNull();
  });

  test.each(['', 'null', '{}', '{"x":1}', '{"x":0,"y":0,"width":1e9,"height":"1","maximized":false}', '\0'])(
    'a damaged file (%j) is none',
    (text) => {
      writeFileSync(file, text);
      expect(readBounds(file, [display])).toBeNull();
    },
  );

  test('cannot keep a window from closing', () => {
    expect(() => writeBounds(join(folder, 'no', 'such', 'folder'), bounds)).not.toThrow();
  });
});
