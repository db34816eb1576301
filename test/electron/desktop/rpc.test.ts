import { EventEmitter } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { os } from '@orpc/server';
import type { IpcMainEvent, MessagePortMain } from 'electron';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAppUrl } from '../../../electron/desktop/app-origin.ts';
import { CONNECT_CHANNEL, REGISTER_FILE_CHANNEL } from '../../../electron/desktop/channels.ts';
import { listenToPages } from '../../../electron/desktop/rpc.ts';
import { ipcMain } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const register = vi.fn((_path: string, name: string) => ({ fileId: 'ticket', name }));
const receive = vi.fn();
const router = { ping: os.handler(() => 'pong') };
listenToPages({ router, files: { register, receive } }, console.error);

// Taken down here: the runner clears what mocks have seen before every test.
const listeners = new Map(ipcMain.on.mock.calls);
const handlers = new Map(ipcMain.handle.mock.calls);
const onConnect = listeners.get(CONNECT_CHANNEL)!;
const onRegister = handlers.get(REGISTER_FILE_CHANNEL)!;

function fakePort() {
  return Object.assign(new EventEmitter(), {
    postMessage: vi.fn<MessagePortMain['postMessage']>(),
    start: vi.fn<MessagePortMain['start']>(),
    close: vi.fn<MessagePortMain['close']>(),
  } satisfies Partial<MessagePortMain>);
}

/** An event as Electron gives it, from our page unless changed. */
function eventFrom(
  change: { url?: string; parent?: object; frame?: null; otherMain?: true } = {},
  ports: readonly object[] = [],
) {
  const senderFrame =
    change.frame === null ? null : { url: change.url ?? 'app://hindsight/', parent: change.parent ?? null };
  const mainFrame = change.otherMain ? {} : senderFrame;
  return { senderFrame, sender: { mainFrame }, ports } as unknown as IpcMainEvent;
}

const FOREIGN = [
  ['another host', { url: 'app://other/' }],
  ['a web page', { url: 'https://evil.example/' }],
  ['a host that begins like ours', { url: 'app://hindsight.evil.example/' }],
  ['a user name like our host', { url: 'app://hindsight@evil.example/' }],
  ['a file', { url: 'file:///home/me/index.html' }],
  ['a blob of our page', { url: 'blob:app://hindsight/1' }],
  ['an empty page', { url: 'about:blank' }],
  ['a frame inside our page', { parent: {} }],
  ['a frame that is not its window’s main one', { otherMain: true }],
  ['a frame that is gone', { frame: null }],
] as const;

test('no channel but the two exists', () => {
  expect([...listeners.keys()]).toEqual(['hindsight:connect']);
  expect([...handlers.keys()]).toEqual(['hindsight:register-file']);
});

describe('connecting', () => {
  test('our page gets its calls answered over the port', async () => {
    const port = fakePort();
    onConnect(eventFrom({}, [port]));
    expect(port.start).toHaveBeenCalledOnce();
    port.emit('message', { data: '{"i":"1","p":{"u":"/ping"}}', ports: [] });
    await vi.waitFor(() => expect(port.postMessage).toHaveBeenCalledOnce());
    expect(JSON.parse(port.postMessage.mock.calls[0]![0])).toEqual({ i: '1', p: { b: { json: 'pong' } } });
  });

  test.each(FOREIGN)('%s is turned away', (_, change) => {
    const port = fakePort();
    onConnect(eventFrom(change, [port]));
    expect(port.close).toHaveBeenCalledOnce();
    expect(port.start).not.toHaveBeenCalled();
    expect(port.listenerCount('message')).toBe(0);
  });

  test('no port, or several, connects nothing', () => {
    expect(() => onConnect(eventFrom())).not.toThrow();
    const ports = [fakePort(), fakePort()];
    onConnect(eventFrom({}, ports));
    for (const port of ports) {
      expect(port.close).toHaveBeenCalledOnce();
      expect(port.listenerCount('message')).toBe(0);
    }
  });
});

describe('naming a file', () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hindsight-files-'));
    path = join(folder, 'bars.csv');
    await writeFile(path, 'bucket,ticker\n');
    await symlink(folder, join(folder, 'loop'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(() => register.mockClear());

  test('a file the user chose gets a ticket', async () => {
    expect(await onRegister(eventFrom(), { path, name: 'bars.csv' })).toEqual({
      fileId: 'ticket',
      name: 'bars.csv',
    });
    expect(register.mock.calls).toEqual([[path, 'bars.csv']]);
  });

  test.each(FOREIGN)('%s may not', async (_, change) => {
    expect(await onRegister(eventFrom(change), { path, name: 'bars.csv' })).toMatchObject({
      code: 'bad-request',
    });
    expect(register).not.toHaveBeenCalled();
  });

  test.each([
    undefined,
    null,
    'bars.csv',
    42,
    [],
    {},
    { path: 'x' },
    { name: 'x' },
    { path: 1, name: 'x' },
    { path: 'x', name: '' },
    { path: 'x', name: 'n'.repeat(256) },
    { path: 'x', name: 'x', mode: 'w' },
    { path: ['x'], name: 'x' },
  ])('%j is no request', async (request) => {
    expect(await onRegister(eventFrom(), request)).toMatchObject({ code: 'bad-request' });
    expect(register).not.toHaveBeenCalled();
  });

  test.each([
    ['nothing', () => ''],
    ['a relative path', () => 'bars.csv'],
    ['a missing file', () => join(folder, 'gone.csv')],
    ['a folder', () => folder],
    ['a link to a folder', () => join(folder, 'loop')],
    ['a path cut off by NUL', () => `${path}\0.png`],
    ['a device', () => '/dev/null'],
    ['an address', () => `file://${path}`],
  ])('%s is no file', async (_, pathOf) => {
    const answer = await onRegister(eventFrom(), { path: pathOf(), name: 'bars.csv' });
    expect(answer).toMatchObject({ code: 'file-unreadable', detail: { file: 'bars.csv' } });
    expect(register).not.toHaveBeenCalled();
  });
});

test.each([
  ['app://hindsight/', true],
  ['app://hindsight/index.html#trades', true],
  ['app://hindsight', false],
  ['APP://HINDSIGHT/', false],
  ['app://hindsight:1/', false],
  ['app://a:b@hindsight/', false],
  ['apps://hindsight/', false],
  ['', false],
])('%s is ours: %s', (url, expected) => expect(isAppUrl(url)).toBe(expected));
