import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { vi } from 'vitest';

// Stand-ins for the parts of Electron that the desktop folder uses, typed against Electron's own declarations, so that
// a call with wrong names or shapes fails in the type check. Electron itself cannot be loaded by the test runner.

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false as boolean,
  setPath: vi.fn<Electron.App['setPath']>(),
  getPath: vi.fn<Electron.App['getPath']>(() => '/library/desktop'),
  enableSandbox: vi.fn<Electron.App['enableSandbox']>(),
  requestSingleInstanceLock: vi.fn<Electron.App['requestSingleInstanceLock']>(() => true),
  whenReady: vi.fn<Electron.App['whenReady']>(async () => {}),
  setAboutPanelOptions: vi.fn<Electron.App['setAboutPanelOptions']>(),
  quit: vi.fn<Electron.App['quit']>(),
  exit: vi.fn<Electron.App['exit']>(),
} satisfies Partial<Electron.App>);

export const protocol = {
  registerSchemesAsPrivileged: vi.fn<Electron.Protocol['registerSchemesAsPrivileged']>(),
  handle: vi.fn<Electron.Protocol['handle']>(),
} satisfies Partial<Electron.Protocol>;

export const ipcMain = {
  on: vi.fn<Electron.IpcMain['on']>(),
  handle: vi.fn<Electron.IpcMain['handle']>(),
} satisfies Partial<Electron.IpcMain>;

export const dialog = {
  showErrorBox: vi.fn<Electron.Dialog['showErrorBox']>(),
  showMessageBox: vi.fn<(...args: unknown[]) => Promise<Electron.MessageBoxReturnValue>>(),
} satisfies Partial<Electron.Dialog>;

export const Menu = {
  buildFromTemplate: vi.fn<typeof Electron.Menu.buildFromTemplate>(() => ({}) as Electron.Menu),
  setApplicationMenu: vi.fn<typeof Electron.Menu.setApplicationMenu>(),
} satisfies Partial<typeof Electron.Menu>;

export const nativeTheme = { shouldUseDarkColors: true } satisfies Partial<Electron.NativeTheme>;

/** As a system whose key store is unlocked: what is encrypted here says so and is not the text. */
export const safeStorage = {
  isAsyncEncryptionAvailable: vi.fn<Electron.SafeStorage['isAsyncEncryptionAvailable']>(async () => true),
  getSelectedStorageBackend: vi.fn<Electron.SafeStorage['getSelectedStorageBackend']>(
    () => 'gnome_libsecret',
  ),
  encryptStringAsync: vi.fn<Electron.SafeStorage['encryptStringAsync']>(
    async (text) => Buffer.from(text, 'utf8').map((byte) => byte ^ 0x5a) as Buffer,
  ),
  decryptStringAsync: vi.fn<Electron.SafeStorage['decryptStringAsync']>(async (bytes) => ({
    result: Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString('utf8'),
    shouldReEncrypt: false,
  })),
} satisfies Partial<Electron.SafeStorage>;

const workArea = { x: 0, y: 25, width: 1440, height: 875 };
export const screen = {
  getAllDisplays: vi.fn<Electron.Screen['getAllDisplays']>(() => [{ workArea } as Electron.Display]),
} satisfies Partial<Electron.Screen>;

export function fakeSession() {
  return Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: vi.fn<Electron.Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Electron.Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Electron.Session['setDevicePermissionHandler']>(),
    webRequest: { onBeforeRequest: vi.fn<(listener: BeforeRequest) => void>() },
  });
}
export type BeforeRequest = (
  details: Pick<Electron.OnBeforeRequestListenerDetails, 'url'>,
  decide: (response: Electron.CallbackResponse) => void,
) => void;
export const session = { defaultSession: fakeSession() };

export function fakeContents() {
  return Object.assign(new EventEmitter(), {
    reload: vi.fn<Electron.WebContents['reload']>(),
    setWindowOpenHandler: vi.fn<Electron.WebContents['setWindowOpenHandler']>(),
  } satisfies Partial<Electron.WebContents>);
}

export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = [];
  static getAllWindows = () => BrowserWindow.opened as unknown as Electron.BrowserWindow[];
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = fakeContents();
  maximized = false;
  destroyed = false;
  readonly show = vi.fn<Electron.BrowserWindow['show']>();
  readonly focus = vi.fn<Electron.BrowserWindow['focus']>();
  readonly restore = vi.fn<Electron.BrowserWindow['restore']>();
  readonly loadURL = vi.fn<Electron.BrowserWindow['loadURL']>(async () => {});
  readonly getNormalBounds = vi.fn<Electron.BrowserWindow['getNormalBounds']>(() => ({
    x: 10,
    y: 30,
    width: 1300,
    height: 700,
  }));
  readonly maximize = vi.fn<Electron.BrowserWindow['maximize']>(() => void (this.maximized = true));
  readonly isMaximized = vi.fn<Electron.BrowserWindow['isMaximized']>(() => this.maximized);
  readonly isMinimized = vi.fn<Electron.BrowserWindow['isMinimized']>(() => false);
  readonly isDestroyed = vi.fn<Electron.BrowserWindow['isDestroyed']>(() => this.destroyed);
  readonly destroy = vi.fn<Electron.BrowserWindow['destroy']>(() => void (this.destroyed = true));

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
  }
}

export const contextBridge = {
  exposeInMainWorld: vi.fn<Electron.ContextBridge['exposeInMainWorld']>(),
} satisfies Partial<Electron.ContextBridge>;
export const ipcRenderer = {
  invoke: vi.fn<Electron.IpcRenderer['invoke']>(),
  postMessage: vi.fn<Electron.IpcRenderer['postMessage']>(),
  on: vi.fn<Electron.IpcRenderer['on']>(),
} satisfies Partial<Electron.IpcRenderer>;
export const webUtils = {
  getPathForFile: vi.fn<Electron.WebUtils['getPathForFile']>(() => '/home/me/bars.csv'),
} satisfies Partial<Electron.WebUtils>;
