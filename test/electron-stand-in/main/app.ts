import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { type Fits, preventable, refusingEmitter, refusingObject } from '../refusal.ts';
import { lockInstance } from './single-instance.ts';
import { windows } from './windows.ts';
import { world } from './world.ts';

type PathName = Parameters<Electron.App['getPath']>[0];

/** What package.json or the command line said about the application; set before it runs. */
export const identity = { name: 'Electron', version: '', path: '' };

const appData =
  process.platform === 'darwin'
    ? join(homedir(), 'Library', 'Application Support')
    : (process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'));

class App extends refusingEmitter('App', {
  emitted: [
    'activate',
    'before-quit',
    'browser-window-blur',
    'browser-window-created',
    'browser-window-focus',
    'quit',
    'ready',
    'render-process-gone',
    'second-instance',
    'web-contents-created',
    'will-quit',
    'window-all-closed',
  ],
  silent: ['open-file', 'open-url', 'child-process-gone', 'will-finish-launching'],
}) {
  readonly isPackaged = false;
  readonly dock = undefined;
  readonly commandLine = refusingObject('CommandLine', {
    hasSwitch: (name: string) => switchOf(name) !== null,
    getSwitchValue: (name: string) => switchOf(name) ?? '',
    appendSwitch: (name: string, value = '') => void added.set(name, value),
  }) as unknown as Electron.CommandLine;
  readonly #paths = new Map<string, string>();
  #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isQuitting = false;
  #hasLock = false;

  // When it is ready.

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return this.#isReady;
  }

  // What it is and where.

  get name(): string {
    return identity.name;
  }
  getName(): string {
    return identity.name;
  }
  setName(name: string): void {
    identity.name = name;
  }
  getVersion(): string {
    return identity.version;
  }
  getAppPath(): string {
    return identity.path;
  }
  getLocale(): string {
    return 'en-US';
  }
  getSystemLocale(): string {
    return 'en-US';
  }
  getPath(name: PathName): string {
    const own = this.#paths.get(name);
    if (own !== undefined) return own;
    const userData = this.#paths.get('userData') ?? join(appData, identity.name);
    const found: Partial<Record<PathName, string>> = {
      home: homedir(),
      appData,
      userData,
      sessionData: userData,
      logs: join(userData, 'logs'),
      crashDumps: join(userData, 'Crashpad'),
      temp: tmpdir(),
      exe: process.execPath,
      desktop: join(homedir(), 'Desktop'),
      documents: join(homedir(), 'Documents'),
      downloads: join(homedir(), 'Downloads'),
    };
    const path = found[name];
    if (path === undefined) throw new Error(`The stand-in has no path "${name}"`);
    return path;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  // What it asks of the system, which a rehearsal has no use for.

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  disableHardwareAcceleration(): void {}
  setAboutPanelOptions(_options: Electron.AboutPanelOptionsOptions): void {}
  showAboutPanel(): void {
    process.stderr.write('Electron would show the About panel\n');
  }
  setAppUserModelId(_id: string): void {}
  addRecentDocument(_path: string): void {}
  clearRecentDocuments(): void {}
  focus(_options?: Electron.FocusOptions): void {
    [...windows.open].at(-1)?.focus();
  }

  // One of it at a time.

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const request = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    this.#hasLock ||= lockInstance(this.getPath('userData'), request, (second) => {
      void this.whenReady().then(() =>
        this.emit(
          'second-instance',
          preventable({}),
          second.argv,
          second.workingDirectory,
          second.additionalData,
        ),
      );
    });
    return this.#hasLock;
  }
  hasSingleInstanceLock(): boolean {
    return this.#hasLock;
  }

  // How it ends.

  quit(): void {
    if (this.#isQuitting) return;
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#isQuitting = true;
    if (windows.open.size === 0) this.#end();
    else for (const window of [...windows.open]) window.close();
  }

  exit(code = 0): void {
    this.emit('quit', preventable({}), code);
    const ending = world.chromium?.close() ?? Promise.resolve();
    // What the caller still does in this turn is done, as in Electron.
    void ending.finally(() => setImmediate(() => process.exit(code)));
  }

  #end(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.#isQuitting = false;
    else this.exit(0);
  }

  static becomeReady(app: App): void {
    app.#isReady = true;
    app.emit('ready', preventable({}), {});
    app.#ready.resolve();
  }
  /** A window has refused to close: nothing ends. */
  static stay(app: App): void {
    app.#isQuitting = false;
  }
  static windowClosed(app: App): void {
    if (windows.open.size > 0) return;
    if (app.#isQuitting) app.#end();
    else if (!app.emit('window-all-closed')) app.quit();
  }
}
export type _App = Fits<Omit<App, keyof NodeJS.EventEmitter | 'dock' | 'getPath'>, Electron.App>;

const own = new App();
export const app = own as unknown as Electron.App;
export const lifecycle = {
  becomeReady: () => App.becomeReady(own),
  stay: () => App.stay(own),
  windowClosed: () => App.windowClosed(own),
};

/** Switches that the application added; those of the command line come first, as Chromium reads them. */
const added = new Map<string, string>();
function switchOf(name: string): string | null {
  for (const argument of process.argv) {
    if (argument === `--${name}`) return '';
    if (argument.startsWith(`--${name}=`)) return argument.slice(name.length + 3);
  }
  return added.get(name) ?? null;
}
