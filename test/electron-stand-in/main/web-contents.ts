import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type Electron from 'electron';
import type { CdpEvent } from '../chromium/connection.ts';
import { type PageRequest, type RequestOutcome, Tab } from '../chromium/tab.ts';
import type { FromPage, Question } from '../page/messages.ts';
import { declaredNames, type Fits, preventable, refusingEmitter } from '../refusal.ts';
import { answerInvoke, receive, receiveSync, type Sender } from './ipc-main.ts';
import { toInput } from './keyboard.ts';
import { pressMenuKey } from './menu.ts';
import { PagePorts } from './page-ports.ts';
import { answerRequest } from './protocol.ts';
import { announceDownload, mayRequest, session, settlePermissions } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';
import { chromium, world } from './world.ts';

const ABORTED = -3;
const FAILED = -2;
const all = new Set<WebContents>();
const inner = new WeakMap<WebContents, Inner>();
let nextId = 1;

interface Load {
  readonly url: string;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  /** Which document it is; unknown until Chromium has begun. */
  loaderId: string | null;
}

/** What only the window around it may do with contents. */
interface Inner {
  readonly tab: Promise<Tab>;
  /** Ends it at once, whatever the page says. */
  readonly destroy: () => void;
}
export const innerOf = (contents: WebContents): Inner => inner.get(contents)!;

/** What a window does for its contents. */
export interface Owner {
  readonly window: Electron.BrowserWindow;
  bounds(): Electron.Rectangle;
  closed(): void;
  painted(): void;
}

export class WebContents extends refusingEmitter('WebContents', {
  emitted: [
    'before-input-event',
    'console-message',
    'destroyed',
    'did-fail-load',
    'did-finish-load',
    'did-navigate',
    'did-navigate-in-page',
    'did-start-loading',
    'did-start-navigation',
    'did-stop-loading',
    'dom-ready',
    'page-title-updated',
    'preload-error',
    'render-process-gone',
    'will-frame-navigate',
    'will-navigate',
    'will-redirect',
  ],
  // Pages of the stand-in cannot embed others, hang for the operating system, or show a menu of their own.
  silent: [
    'context-menu',
    'did-create-window',
    'responsive',
    'unresponsive',
    'will-attach-webview',
    'will-prevent-unload',
  ],
}) {
  readonly id = nextId++;
  readonly mainFrame: Electron.WebFrameMain;
  readonly session = session.defaultSession;
  readonly #owner: Owner;
  readonly #preload: string;
  readonly #tab: Promise<Tab>;
  readonly #ports = new PagePorts((message, inWorld) => this.#opened?.tell(message, inWorld));
  #opened: Tab | null = null;
  #url = '';
  /** The application's document that is shown; null for Chromium's own, empty or telling of an error. */
  #documentId: string | null = null;
  #title = '';
  #isLoading = false;
  #isCrashed = false;
  #isDestroyed = false;
  #zoomLevel = 0;
  #load: Load | null = null;
  /** The document that this side asked for; any other was asked for by the page. */
  #isExpected = false;
  #openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;

  constructor(owner: Owner, preload: string) {
    super();
    this.#owner = owner;
    this.#preload = preload;
    this.mainFrame = new WebFrameMain(
      () => this.#url,
      (code, userGesture) => this.executeJavaScript(code, userGesture),
    ) as unknown as Electron.WebFrameMain;
    all.add(this);
    this.#tab = this.#open();
    this.#tab.catch(() => {}); // whoever uses it hears of it
    inner.set(this, {
      tab: this.#tab,
      destroy: () => {
        this.#onClosed();
        this.close();
      },
    });
  }

  async #open(): Promise<Tab> {
    const { x: left, y: top, width, height } = this.#owner.bounds();
    const { versions } = process;
    const options = {
      secret: randomBytes(16).toString('hex'),
      platform: process.platform,
      versions: { electron: versions.electron!, chrome: versions.chrome!, node: versions.node },
      env: {},
      declared: Object.fromEntries(
        ['exports', 'IpcRenderer', 'ContextBridge', 'WebUtils'].map((name) => [
          name,
          [...declaredNames(name)],
        ]),
      ),
    };
    const preload = { source: readFileSync(this.#preload, 'utf8'), options };
    const tab = await Tab.open(chromium().connection, { left, top, width, height }, preload, {
      request: (request) => this.#onRequest(request),
      message: (message, from) => this.#onMessage(message, from),
      question: (question, path) => this.#onQuestion(question, path),
      worldOpened: () => {
        if (this.listenerCount('before-input-event') > 0) this.#opened?.tell({ kind: 'watch-input' });
      },
      worldClosed: () => this.#ports.closeAll(),
      event: (event) => this.#onEvent(event),
      closed: () => this.#onClosed(),
    });
    this.#opened = tab;
    return tab;
  }

  /** Wants something of the page that nobody waits for; one that is gone does not do it. */
  #ask(action: (tab: Tab) => Promise<unknown>): void {
    this.#tab.then(action).catch(() => {});
  }

  // What the application asks.

  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#title;
  }
  isLoading(): boolean {
    return this.#isLoading;
  }
  isCrashed(): boolean {
    return this.#isCrashed;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  isFocused(): boolean {
    return this.#owner.window.isFocused();
  }
  focus(): void {
    this.#owner.window.focus();
  }
  getType(): 'window' {
    return 'window';
  }

  // What the application wants.

  async loadURL(url: string): Promise<void> {
    const tab = await this.#tab;
    const loaded = new Promise<void>((resolve, reject) => {
      this.#load?.reject(new Error(`ERR_ABORTED (${ABORTED}) loading '${this.#load.url}'`));
      this.#load = { url, resolve, reject, loaderId: null };
    });
    this.#isExpected = true;
    const { errorText, loaderId } = await tab.send('Page.navigate', { url: world.addresses.toChromium(url) });
    if (errorText !== undefined) this.#onFailed(errorText.replace('net::', ''), url);
    else if (this.#load?.url === url) this.#load.loaderId = loaderId ?? null;
    return loaded;
  }

  reload(): void {
    this.#reload(false);
  }
  reloadIgnoringCache(): void {
    this.#reload(true);
  }
  #reload(ignoreCache: boolean): void {
    this.#isExpected = true;
    this.#ask((tab) => tab.send('Page.reload', { ignoreCache }));
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return (await this.#tab).evaluate(code, userGesture);
  }

  send(channel: string, ...args: unknown[]): void {
    this.#ports.send(channel, args, []);
  }
  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    this.#ports.send(channel, [message], transfer);
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#openHandler = handler;
  }

  override on(event: string | symbol, listener: (...args: never[]) => void): this {
    if (event === 'before-input-event') this.#opened?.tell({ kind: 'watch-input' });
    return super.on(event, listener as () => void);
  }

  get zoomLevel(): number {
    return this.#zoomLevel;
  }
  set zoomLevel(level: number) {
    this.setZoomLevel(level);
  }
  getZoomLevel(): number {
    return this.#zoomLevel;
  }
  /** Electron's steps: each is a fifth more. The page has fewer and larger CSS pixels, as in a zoomed window. */
  setZoomLevel(level: number): void {
    this.#zoomLevel = level;
    const factor = 1.2 ** level;
    const { width, height } = this.#owner.bounds();
    const metrics = { deviceScaleFactor: factor, mobile: false };
    const size = { width: Math.round(width / factor), height: Math.round(height / factor) };
    this.#ask((tab) =>
      level === 0
        ? tab.send('Emulation.clearDeviceMetricsOverride', {})
        : tab.send('Emulation.setDeviceMetricsOverride', { ...metrics, ...size }),
    );
  }

  undo = () => this.#edit('undo');
  redo = () => this.#edit('redo');
  cut = () => this.#edit('cut');
  copy = () => this.#edit('copy');
  paste = () => this.#edit('paste');
  delete = () => this.#edit('delete');
  selectAll = () => this.#edit('selectAll');
  #edit(command: string): void {
    void this.executeJavaScript(`document.execCommand(${JSON.stringify(command)})`, true);
  }

  forcefullyCrashRenderer(): void {
    this.#ask((tab) => tab.send('Page.crash', {}));
  }

  close(_options?: Electron.CloseOpts): void {
    this.#ask(({ targetId }) => chromium().connection.send('Target.closeTarget', { targetId }));
  }

  // What Chromium and the page say.

  get #details() {
    return {
      url: this.#url,
      isMainFrame: true,
      isSameDocument: false,
      frame: this.mainFrame,
      initiator: this.mainFrame,
    };
  }

  async #onRequest(request: PageRequest): Promise<RequestOutcome> {
    const { frameId, isRedirect, type } = request;
    const url = world.addresses.toElectron(request.url);
    const isMainFrame = frameId === this.#opened?.targetId;
    if (type === 'Document' && !(await this.#mayNavigate(url, isMainFrame, isRedirect)))
      return { error: 'Aborted' };
    const details = {
      id: 0,
      url,
      method: request.method,
      webContentsId: this.id,
      resourceType: type === 'Document' ? (isMainFrame ? 'mainFrame' : 'subFrame') : type.toLowerCase(),
      referrer: '',
      timestamp: Date.now(),
      uploadData: [],
    } as unknown as Electron.OnBeforeRequestListenerDetails;
    if (!(await mayRequest(details))) return { error: 'BlockedByClient' };
    if (type === 'Document' && isMainFrame)
      await settlePermissions(this as unknown as Electron.WebContents, url);
    const outcome = await answerRequest(url, request);
    if (outcome !== null) return outcome;
    process.stderr.write(`Electron would have sent a request to ${url}; its stand-in has no network\n`);
    return { error: 'InternetDisconnected' };
  }

  async #mayNavigate(url: string, isMainFrame: boolean, isRedirect: boolean): Promise<boolean> {
    const event = preventable({ ...this.#details, url, isMainFrame });
    if (isRedirect) this.emit('will-redirect', event, url, false, isMainFrame);
    else if (this.#isExpected && isMainFrame) this.#isExpected = false;
    else {
      this.emit('will-frame-navigate', event);
      if (isMainFrame) this.emit('will-navigate', event, url);
    }
    return !event.defaultPrevented;
  }

  #sender(from: string): Sender {
    return {
      sender: this as unknown as Electron.WebContents,
      senderFrame: this.mainFrame,
      reply: (channel: string, ...args: unknown[]) => this.#ports.send(channel, args, [], from),
    };
  }

  #onMessage(message: FromPage, from: string): void {
    const tell = this.#opened!;
    switch (message.kind) {
      case 'send':
        receive(this.#sender(from), message.channel, this.#ports.decode(message.args), []);
        return;
      case 'invoke':
        answerInvoke(this.#sender(from), message.channel, this.#ports.decode(message.args)).then(
          (value) => tell.tell({ kind: 'reply', id: message.id, ok: true, value }, from),
          ({ message: value }) => tell.tell({ kind: 'reply', id: message.id, ok: false, value }, from),
        );
        return;
      case 'post': {
        const ports = message.ports.map((id) => this.#ports.adopt(id, from));
        receive(this.#sender(from), message.channel, [this.#ports.decodeOne(message.message)], ports);
        return;
      }
      case 'port':
        this.#ports.deliver(message.id, message.message);
        return;
      case 'key':
        if (message.key.type === 'keyDown') pressMenuKey(message.key, this.#owner.window);
        return;
      case 'window-open':
        this.#onWindowOpen(message);
        return;
      case 'preload-failed': {
        const error = this.#ports.decodeOne(message.error) as Error;
        process.stderr.write(`Unable to load preload script: ${this.#preload}\n${error.stack}\n`);
        this.emit('preload-error', preventable({}), this.#preload, error);
      }
    }
  }

  #onWindowOpen(wish: Extract<FromPage, { kind: 'window-open' }>): void {
    const { frameName, features, disposition } = wish;
    const url = world.addresses.toElectron(wish.url);
    const referrer = { url: this.#url, policy: 'no-referrer' as const };
    const answer = this.#openHandler?.({ url, frameName, features, disposition, referrer });
    if (answer?.action !== 'deny')
      throw new Error(`The stand-in cannot open the second window that ${url} would get: deny it`);
  }

  async #onQuestion(question: Question, path: string | null): Promise<unknown> {
    switch (question.kind) {
      case 'file-path':
        return path;
      case 'send-sync':
        return receiveSync(this.#sender(''), question.channel, this.#ports.decode(question.args));
      case 'before-input': {
        const event = preventable({});
        this.emit('before-input-event', event, toInput(question.key));
        return event.defaultPrevented;
      }
    }
  }

  #onEvent(event: CdpEvent): void {
    switch (event.method) {
      case 'Page.frameStartedLoading':
        this.#isLoading = true;
        this.emit('did-start-loading');
        return;
      case 'Page.frameStoppedLoading':
        this.#isLoading = false;
        this.emit('did-stop-loading');
        return;
      case 'Page.frameStartedNavigating': {
        const url = world.addresses.toElectron(event.params.url);
        this.emit('did-start-navigation', preventable({ ...this.#details, url }), url, false, true);
        return;
      }
      case 'Page.frameNavigated': {
        const { frame } = event.params;
        const isOurs = frame.unreachableUrl === undefined && frame.url !== 'about:blank';
        if (frame.parentId !== undefined) return;
        this.#documentId = isOurs ? frame.loaderId : null;
        if (!isOurs) return;
        this.#url = world.addresses.toElectron(frame.url);
        this.#isCrashed = false;
        this.emit('did-navigate', preventable({}), this.#url, 200, 'OK');
        return;
      }
      case 'Page.navigatedWithinDocument':
        this.#url = world.addresses.toElectron(event.params.url);
        this.emit('did-navigate-in-page', preventable({}), this.#url, true);
        return;
      case 'Page.domContentEventFired':
        this.emit('dom-ready');
        this.mainFrame.emit('dom-ready');
        return;
      case 'Page.lifecycleEvent': {
        const { name, loaderId } = event.params;
        if (loaderId !== this.#documentId) return;
        if (name === 'firstPaint') this.#owner.painted();
        if (name !== 'load') return;
        if (this.#load?.loaderId === loaderId) {
          this.#load.resolve();
          this.#load = null;
        }
        this.emit('did-finish-load');
        return;
      }
      case 'Page.downloadWillBegin':
        announceDownload(this as unknown as Electron.WebContents, event.params);
        return;
      case 'Runtime.exceptionThrown':
        this.#say('error', event.params.exceptionDetails.exception?.description ?? '');
        return;
      case 'Runtime.consoleAPICalled':
        this.#say(
          event.params.type,
          event.params.args.map(({ value, description }) => String(value ?? description)).join(' '),
        );
        return;
      case 'Target.targetInfoChanged': {
        const { title } = event.params.targetInfo;
        if (title === this.#title) return;
        this.#title = title;
        this.emit('page-title-updated', preventable({}), title, true);
        return;
      }
      case 'Target.targetCrashed':
        this.#isCrashed = true;
        this.emit('render-process-gone', preventable({}), {
          reason:
            event.params.status === 'oom' || event.params.status === 'killed'
              ? event.params.status
              : 'crashed',
          exitCode: event.params.errorCode,
        });
    }
  }

  #say(type: string, message: string): void {
    const level =
      type === 'error' ? 'error' : type === 'warning' ? 'warning' : type === 'debug' ? 'debug' : 'info';
    this.emit(
      'console-message',
      preventable({ message, level, lineNumber: 0, sourceId: '', frame: this.mainFrame }),
    );
  }

  #onFailed(description: string, url: string): void {
    const code = description === 'ERR_ABORTED' ? ABORTED : FAILED;
    this.emit('did-fail-load', preventable({}), code, description, url, true, 0, 0);
    this.#load?.reject(new Error(`${description} (${code}) loading '${url}'`));
    this.#load = null;
  }

  #onClosed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    all.delete(this);
    this.#ports.closeAll();
    this.emit('destroyed');
    this.#owner.closed();
  }

  // The module's own functions.

  static getAllWebContents(): Electron.WebContents[] {
    return [...all] as unknown as Electron.WebContents[];
  }
  static fromId(id: number): Electron.WebContents | undefined {
    return WebContents.getAllWebContents().find((contents) => contents.id === id);
  }
  static fromDevToolsTargetId(targetId: string): Electron.WebContents | undefined {
    return [...all].find(
      (contents) => contents.#opened?.targetId === targetId,
    ) as unknown as Electron.WebContents;
  }
  static getFocusedWebContents(): Electron.WebContents | null {
    return WebContents.getAllWebContents().find((contents) => contents.isFocused()) ?? null;
  }
}
export type _WebContents = Fits<Omit<WebContents, 'on' | keyof NodeJS.EventEmitter>, Electron.WebContents>;
