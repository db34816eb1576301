import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { contextBridge, ipcRenderer } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

type OnMessage = (event: { source: unknown; data: unknown; ports: unknown[] }) => void;
const page = { addEventListener: vi.fn<(type: string, listener: OnMessage) => void>() };
let bridge: {
  face: string;
  registerFile: (file: object) => Promise<unknown>;
  onCommand: (listener: (command: string) => void) => void;
};
let onMessage: OnMessage;
let exposed: string[];

beforeAll(async () => {
  vi.stubGlobal('window', page);
  await import('../../../electron/desktop/preload.ts');
  exposed = contextBridge.exposeInMainWorld.mock.calls.map(([name]) => name);
  bridge = contextBridge.exposeInMainWorld.mock.calls[0]![1];
  onMessage = page.addEventListener.mock.calls[0]![1];
});

describe('the preload', () => {
  test('exposes one object with three members, and nothing of Electron', () => {
    expect(exposed).toEqual(['hindsight']);
    expect(Object.keys(bridge).sort()).toEqual(['face', 'onCommand', 'registerFile']);
    expect(bridge.face).toBe('desktop');
  });

  test('names a dropped file by its native path', async () => {
    ipcRenderer.invoke.mockResolvedValueOnce({ fileId: 'ticket', name: 'bars.csv' });
    expect(await bridge.registerFile({ name: 'bars.csv' })).toEqual({ fileId: 'ticket', name: 'bars.csv' });
    expect(ipcRenderer.invoke.mock.calls[0]).toEqual([
      'hindsight:register-file',
      { path: '/home/me/bars.csv', name: 'bars.csv' },
    ]);
  });

  test('says why a file was refused', async () => {
    ipcRenderer.invoke.mockResolvedValueOnce({
      code: 'file-unreadable',
      message: 'x is not a file',
      detail: {},
    });
    await expect(bridge.registerFile({ name: 'x' })).rejects.toThrow(/^x is not a file$/);
  });

  test('tells the page which command was chosen, and nothing of the event', () => {
    const told = vi.fn();
    bridge.onCommand(told);
    const [channel, listener] = ipcRenderer.on.mock.calls[0]!;
    expect(channel).toBe('hindsight:command');
    listener({} as never, 'go-data');
    expect(told.mock.calls).toEqual([['go-data']]);
  });

  test('passes on a port of its own page, and nothing else', () => {
    const port = {};
    onMessage({ source: page, data: { type: 'hindsight:connect' }, ports: [port] });
    expect(ipcRenderer.postMessage.mock.calls).toEqual([['hindsight:connect', null, [port]]]);
    onMessage({ source: {}, data: { type: 'hindsight:connect' }, ports: [port] });
    onMessage({ source: null, data: { type: 'hindsight:connect' }, ports: [port] });
    onMessage({ source: page, data: { type: 'other' }, ports: [port] });
    onMessage({ source: page, data: null, ports: [] });
    onMessage({ source: page, data: 'hindsight:connect', ports: [port] });
    expect(ipcRenderer.postMessage).toHaveBeenCalledOnce();
  });
});

describe('the built preload', () => {
  const folder = new URL('../../../out/preload/', import.meta.url);

  test.skipIf(!existsSync(folder))('is one small CommonJS file that needs Electron alone', () => {
    expect(readdirSync(folder)).toEqual(['preload.cjs']);
    const code = readFileSync(new URL('preload.cjs', folder), 'utf8');
    expect(Buffer.byteLength(code)).toBeLessThan(2048);
    expect([...code.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
    expect(code).not.toMatch(/^\s*(import|export)\b/m);
  });
});
