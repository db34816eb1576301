import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { Addresses } from '../../electron-stand-in/chromium/addresses.ts';
import { isAccelerator } from '../../electron-stand-in/main/keyboard.ts';
import { clone } from '../../electron-stand-in/main/message-ports.ts';
import { readTypings } from '../../electron-stand-in/read-typings.ts';

// The parts of Electron's stand-in that need no browser; the rest is tested by running it, in test/end-to-end.

const TYPINGS = fileURLToPath(new URL('../../../node_modules/electron/electron.d.ts', import.meta.url));
let lines: ReadonlyMap<string, readonly string[]>;
let standIn: Record<string, object>;
beforeAll(async () => {
  const text = readTypings(TYPINGS);
  lines = new Map(
    text
      .trimEnd()
      .split('\n')
      .map((line) => [line.split(':')[0]!, line.split(': ')[1]!.split(' ')]),
  );
  standIn = await import('../../electron-stand-in/electron.ts');
});

describe('the stand-in and Electron’s typings', () => {
  test('agree on the names: `vitest -u` writes them anew for another Electron', async () => {
    await expect(readTypings(TYPINGS)).toMatchFileSnapshot('../../electron-stand-in/typings.txt');
  });

  test('export the same', () => {
    expect(Object.keys(standIn).sort()).toEqual([...lines.get('exports')!].sort());
  });

  test.each([
    ['app', 'App'],
    ['BrowserWindow', 'BrowserWindow'],
    ['dialog', 'Dialog'],
    ['ipcMain', 'IpcMain'],
    ['Menu', 'Menu'],
    ['MenuItem', 'MenuItem'],
    ['nativeTheme', 'NativeTheme'],
    ['protocol', 'Protocol'],
    ['safeStorage', 'SafeStorage'],
    ['screen', 'Screen'],
    ['shell', 'Shell'],
    ['webContents', 'WebContents'],
  ])('%s has no member that Electron’s has not', (name, subject) => {
    const exported = standIn[name]!;
    const emitter = /^(_|constructor$)/;
    const of = (object: object) =>
      Object.getOwnPropertyNames(object).filter((member) => !emitter.test(member));
    if (typeof exported === 'function') {
      const own = ['length', 'name', 'prototype'];
      expect(lines.get(`${subject} statics`) ?? []).toEqual(
        expect.arrayContaining(of(exported).filter((member) => !own.includes(member))),
      );
      expect([...lines.get(subject)!, 'on']).toEqual(expect.arrayContaining(of(exported.prototype)));
    } else {
      const prototype = Object.getPrototypeOf(exported);
      const members =
        exported instanceof Object && 'on' in exported ? [...of(prototype), ...of(exported)] : of(exported);
      expect(lines.get(subject)!).toEqual(expect.arrayContaining(members));
    }
  });
});

describe('what is refused', () => {
  const read = (object: object | undefined, name: string) => () => (object as Record<string, unknown>)[name];

  test('a name that Electron has not', () => {
    expect(read(standIn.app, 'quitNow')).toThrow("Electron's typings have no App.quitNow");
    expect(read(standIn.BrowserWindow, 'getAll')).toThrow('no BrowserWindow.getAll');
    expect(read(standIn.session, 'default')).toThrow('no Session statics.default');
    const menu = (standIn.Menu as unknown as { buildFromTemplate(of: []): object }).buildFromTemplate([]);
    expect(read(menu, 'show')).toThrow("Electron's typings have no Menu.show");
  });

  test('a name that only Electron has', () => {
    expect(read(standIn.app, 'getFileIcon')).toThrow(
      'Electron has App.getFileIcon, but its stand-in does not',
    );
    expect(read(standIn.shell, 'trashItem')).toThrow('Electron has Shell.trashItem');
    expect(read(standIn.Menu, 'setHighlightColors')).toThrow('Electron has Menu.setHighlightColors');
  });

  test('a module that only Electron has, whatever is done with it', () => {
    const Tray = standIn.Tray as unknown as new (icon: string) => object;
    expect(() => new Tray('icon.png')).toThrow('Electron has Tray, but its stand-in does not');
    expect(read(standIn.powerMonitor, 'getSystemIdleTime')).toThrow('Electron has powerMonitor');
    expect(read(standIn.ipcRenderer, 'send')).toThrow('Electron has ipcRenderer');
  });

  test('an event that never comes', () => {
    const app = standIn.app as unknown as NodeJS.EventEmitter;
    expect(() => app.on('all-windows-closed', () => {})).toThrow("Electron's typings have no event");
    expect(() => app.once('gpu-info-update', () => {})).toThrow(/event "gpu-info-update" of App/);
    expect(() => app.on('will-quit', () => {})).not.toThrow();
  });
});

describe('what crosses between processes', () => {
  test.each([
    [undefined],
    [null],
    ['text'],
    [Number.NaN],
    [Number.NEGATIVE_INFINITY],
    [-0],
    [12n ** 30n],
    [new Date(0)],
    [[1, [undefined, { a: 'b' }]]],
    [{ type: ['array', 1], nested: { list: [] } }],
    [new Map<unknown, unknown>([['a', new Set([1])]])],
    [Float64Array.of(1.5, Number.NaN, -0)],
    [Uint8Array.from({ length: 300 }, (_, i) => i).subarray(7, 290)],
    [BigInt64Array.of(-1n)],
    [new ArrayBuffer(3)],
  ])('%o arrives as it was', (value) => {
    expect(clone.decode(JSON.parse(JSON.stringify(clone.encode(value))))).toEqual(value);
  });

  test.each([[() => {}], [Symbol('s')], [new Blob([])], [Promise.resolve()], [{ deep: [() => {}] }]])(
    '%o cannot cross',
    (value) => {
      expect(() => clone.encode(value)).toThrow('An object could not be cloned.');
    },
  );

  test('nor can what contains itself', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => clone.encode(circle)).toThrow('could not be cloned');
  });
});

describe('addresses', () => {
  const addresses = new Addresses();
  addresses.add({ scheme: 'app', secure: true });

  test.each([
    ['app://hindsight/', 'https://hindsight.app.stand-in.invalid/'],
    ['app://hindsight/a/b.js?c#d', 'https://hindsight.app.stand-in.invalid/a/b.js?c#d'],
    ['app://hindsight', 'https://hindsight.app.stand-in.invalid/'],
    ['app://me@hindsight:8080/x', 'https://me@hindsight.app.stand-in.invalid:8080/x'],
    ['blob:app://hindsight/1-2', 'blob:https://hindsight.app.stand-in.invalid/1-2'],
    ['https://example.com/app://hindsight/', 'https://example.com/app://hindsight/'],
    ['about:blank', 'about:blank'],
  ])('%s is %s to Chromium', (url, chromium) => {
    expect(addresses.toChromium(url)).toBe(chromium);
    if (url !== 'app://hindsight') expect(addresses.toElectron(chromium)).toBe(url);
  });

  test.each([
    'https://hindsight.app.example/',
    'https://stand-in.invalid/',
    'https://app.stand-in.invalid.example/',
  ])('%s stays what it is', (url) => expect(addresses.toElectron(url)).toBe(url));
});

describe('accelerators', () => {
  const press = (
    key: string,
    held: Partial<Record<'control' | 'shift' | 'alt' | 'meta', boolean>>,
    code = '',
  ) => ({
    type: 'keyDown' as const,
    key,
    code,
    isAutoRepeat: false,
    isComposing: false,
    location: 0,
    shift: false,
    control: false,
    alt: false,
    meta: false,
    ...held,
  });

  test.each([
    ['CmdOrCtrl+R', press('r', { control: true }), true],
    ['CmdOrCtrl+R', press('R', { control: true, shift: true }), false],
    ['Shift+CmdOrCtrl+R', press('R', { control: true, shift: true }), true],
    ['CommandOrControl+Plus', press('+', { control: true, shift: true }), true],
    ['CommandOrControl++', press('+', { control: true }), true],
    ['CommandOrControl+-', press('-', { control: true }), true],
    ['CommandOrControl+0', press('0', { control: true }), true],
    ['Alt+Left', press('ArrowLeft', { alt: true }), true],
    ['F11', press('F11', {}), true],
    ['F1', press('F11', {}), false],
    ['CmdOrCtrl+1', press('&', { control: true }, 'Digit1'), true],
    ['CmdOrCtrl+R', press('r', {}), false],
  ])('%s', (accelerator, key, expected) => {
    expect(isAccelerator(accelerator, key, false)).toBe(expected);
    const onMac = { ...key, control: key.meta, meta: key.control };
    if (/cmdor|commandor/i.test(accelerator)) expect(isAccelerator(accelerator, onMac, true)).toBe(expected);
  });

  test('a modifier that there is not', () => {
    expect(() => isAccelerator('Strg+R', press('r', {}), false)).toThrow('no modifier "strg"');
  });
});
