import type Electron from 'electron';
import { DISPLAY } from '../chromium/chromium.ts';
import { type Fits, preventable, refusingEmitter } from '../refusal.ts';
import { app, lifecycle } from './app.ts';
import { innerOf, WebContents } from './web-contents.ts';
import { windows } from './windows.ts';
import { chromium } from './world.ts';

/** Options that mean something here; `null` is any value, a list the values that the stand-in can keep its word on. */
const OPTIONS: Readonly<Record<string, readonly unknown[] | null>> = {
  x: null,
  y: null,
  width: null,
  height: null,
  minWidth: null,
  minHeight: null,
  center: null,
  title: null,
  icon: null,
  show: null,
  backgroundColor: null,
  autoHideMenuBar: null,
  useContentSize: null,
  paintWhenInitiallyHidden: null,
  webPreferences: null,
};
const PREFERENCES: typeof OPTIONS = {
  preload: null,
  contextIsolation: [true],
  sandbox: [true],
  nodeIntegration: [false],
  nodeIntegrationInWorker: [false],
  nodeIntegrationInSubFrames: [false],
  webSecurity: [true],
  allowRunningInsecureContent: [false],
  experimentalFeatures: [false],
  webviewTag: [false],
  navigateOnDragDrop: [false],
  spellcheck: null,
  devTools: null,
  backgroundThrottling: null,
};

function checkOptions(given: object, known: typeof OPTIONS, what: string): void {
  for (const [name, value] of Object.entries(given)) {
    const values = known[name];
    if (values === undefined) throw new Error(`The stand-in does nothing with ${what} ${name}`);
    if (values !== null && value !== undefined && !values.includes(value))
      throw new Error(`The stand-in cannot be without ${what} ${name}: ${values[0]}`);
  }
}

type State = 'normal' | 'maximized' | 'minimized' | 'fullscreen';
let nextId = 1;

export class BrowserWindow extends refusingEmitter('BrowserWindow', {
  emitted: [
    'blur',
    'close',
    'closed',
    'enter-full-screen',
    'focus',
    'hide',
    'leave-full-screen',
    'maximize',
    'minimize',
    'move',
    'ready-to-show',
    'resize',
    'restore',
    'show',
    'unmaximize',
  ],
  silent: ['page-title-updated', 'responsive', 'unresponsive', 'session-end', 'query-session-end'],
}) {
  readonly id = nextId++;
  readonly webContents: Electron.WebContents;
  readonly #contents: WebContents;
  readonly #minimum: Electron.Size;
  #bounds: Electron.Rectangle;
  #state: State = 'normal';
  /** Chromium's own frame above the page, which Electron's windows do not have. */
  #frameHeight = 0;
  #isVisible: boolean;
  #isDestroyed = false;
  #title: string;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    const { webPreferences = {} } = options;
    checkOptions(options, OPTIONS, 'the window option');
    checkOptions(webPreferences, PREFERENCES, 'the web preference');
    if (webPreferences.preload === undefined)
      throw new Error('The stand-in opens no window without a preload');
    const { width = 800, height = 600, minWidth = 0, minHeight = 0, show = true, title = app.name } = options;
    this.#minimum = { width: minWidth, height: minHeight };
    const { x = (DISPLAY.width - width) / 2, y = (DISPLAY.height - height) / 2 } = options;
    this.#bounds = this.#clamp({ x, y, width, height });
    this.#isVisible = show;
    this.#title = title;
    windows.open.add(this.#self);
    this.#contents = new WebContents(
      {
        window: this.#self,
        bounds: () => this.getBounds(),
        closed: () => this.#onClosed(),
        painted: () => this.emit('ready-to-show'),
      },
      webPreferences.preload,
    );
    this.webContents = this.#contents as unknown as Electron.WebContents;
    this.#contents.on('render-process-gone', (event, details) =>
      app.emit('render-process-gone', event, this.webContents, details),
    );
    app.emit('web-contents-created', preventable({}), this.webContents);
    app.emit('browser-window-created', preventable({}), this.#self);
    this.#fitFrame().catch(() => {}); // the window is gone
  }

  get #self(): Electron.BrowserWindow {
    return this as unknown as Electron.BrowserWindow;
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url);
  }
  reload(): void {
    this.#contents.reload();
  }

  // Whether it is seen.

  show(): void {
    this.#isVisible = true;
    this.emit('show');
    this.focus();
  }
  showInactive(): void {
    this.#isVisible = true;
    this.emit('show');
  }
  hide(): void {
    this.#isVisible = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#isVisible && this.#state !== 'minimized';
  }
  focus(): void {
    const before = windows.focused;
    if (before === this.#self) return;
    windows.focused = this.#self;
    before?.emit('blur');
    this.emit('focus');
    app.emit('browser-window-focus', preventable({}), this.#self);
  }
  blur(): void {
    if (windows.focused !== this.#self) return;
    windows.focused = null;
    this.emit('blur');
    app.emit('browser-window-blur', preventable({}), this.#self);
  }
  isFocused(): boolean {
    return windows.focused === this.#self;
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  setBackgroundColor(_color: string): void {}

  // Where it is.

  getBounds(): Electron.Rectangle {
    const isWhole = this.#state === 'maximized' || this.#state === 'fullscreen';
    return isWhole ? { x: 0, y: 0, ...DISPLAY } : { ...this.#bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = this.#clamp({ ...before, ...bounds });
    const { x, y, width, height } = this.#bounds;
    this.#place();
    if (x !== before.x || y !== before.y) this.emit('move');
    if (width !== before.width || height !== before.height) this.emit('resize');
  }
  getSize(): number[] {
    const { width, height } = this.getBounds();
    return [width, height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): number[] {
    const { x, y } = this.getBounds();
    return [x, y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    const { width, height } = this.#bounds;
    this.setBounds({ x: (DISPLAY.width - width) / 2, y: (DISPLAY.height - height) / 2 });
  }

  maximize(): void {
    this.#enter('maximized', 'maximize');
  }
  unmaximize(): void {
    if (this.#state === 'maximized') this.#enter('normal', 'unmaximize');
  }
  isMaximized(): boolean {
    return this.#state === 'maximized';
  }
  minimize(): void {
    this.#enter('minimized', 'minimize');
    this.blur();
  }
  restore(): void {
    if (this.#state === 'minimized') this.#enter('normal', 'restore');
  }
  isMinimized(): boolean {
    return this.#state === 'minimized';
  }
  setFullScreen(isFull: boolean): void {
    if (isFull !== this.isFullScreen())
      this.#enter(isFull ? 'fullscreen' : 'normal', isFull ? 'enter-full-screen' : 'leave-full-screen');
  }
  isFullScreen(): boolean {
    return this.#state === 'fullscreen';
  }

  // How it ends.

  close(): void {
    if (this.#isDestroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) lifecycle.stay();
    else this.destroy();
  }
  destroy(): void {
    if (!this.#isDestroyed) innerOf(this.#contents).destroy();
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  #clamp({ x, y, width, height }: Electron.Rectangle): Electron.Rectangle {
    return {
      x: Math.round(x),
      y: Math.round(y),
      width: Math.max(width, this.#minimum.width),
      height: Math.max(height, this.#minimum.height),
    };
  }

  #enter(state: State, event: string): void {
    this.#state = state;
    this.#place();
    this.emit(event);
  }

  /** Electron's bounds are those of the page here; Chromium's have its frame around them. */
  async #fitFrame(): Promise<void> {
    const tab = await innerOf(this.#contents).tab;
    const { cssLayoutViewport } = await tab.send('Page.getLayoutMetrics', {});
    this.#frameHeight = this.getBounds().height - cssLayoutViewport.clientHeight;
    await this.#placeNow();
  }

  #place(): void {
    this.#placeNow().catch(() => {}); // the window is gone
  }
  async #placeNow(): Promise<void> {
    const { connection } = chromium();
    const { targetId } = await innerOf(this.#contents).tab;
    const { windowId } = await connection.send('Browser.getWindowForTarget', { targetId });
    const { x: left, y: top, width, height } = this.getBounds();
    await connection.send('Browser.setWindowBounds', {
      windowId,
      bounds: { left, top, width, height: height + this.#frameHeight },
    });
  }

  #onClosed(): void {
    this.#isDestroyed = true;
    windows.open.delete(this.#self);
    this.blur();
    this.emit('closed');
    lifecycle.windowClosed();
  }

  // The class's own functions.

  static getAllWindows(): Electron.BrowserWindow[] {
    return [...windows.open];
  }
  static getFocusedWindow(): Electron.BrowserWindow | null {
    return windows.focused;
  }
  static fromId(id: number): Electron.BrowserWindow | null {
    return [...windows.open].find((window) => window.id === id) ?? null;
  }
  static fromWebContents(contents: Electron.WebContents): Electron.BrowserWindow | null {
    return [...windows.open].find((window) => window.webContents === contents) ?? null;
  }
}
export type _BrowserWindow = Fits<Omit<BrowserWindow, keyof NodeJS.EventEmitter>, Electron.BrowserWindow>;
