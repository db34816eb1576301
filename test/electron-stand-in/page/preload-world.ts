import type { Bridge } from './bridge.ts';
import type { Clone } from './clone.ts';
import type { Disposition, FromPage, KeyPress, Question, ToPage } from './messages.ts';

// The world a preload runs in: a sandboxed one, as Electron makes it, in the page's frame but not in the page's world.
// Sent into it as source, so it uses nothing from outside itself.

/** The binding that leads out of the world, and the function that leads in. */
declare const standIn: (message: string) => void;
declare global {
  var standInReceive: (message: string) => void;
}

/** What the main process finds in the frame that stands still, answers, and lets go on. */
interface Call {
  readonly question: Question;
  readonly file?: File;
  answer: unknown;
  isAnswered: boolean;
}

type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;

export interface PreloadOptions {
  readonly secret: string;
  readonly platform: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Members that Electron's typings give to a preload's modules, to tell a wrong name from a missing one. */
  readonly declared: Readonly<Record<string, readonly string[]>>;
}

export function preloadWorld(options: PreloadOptions, clone: Clone, bridge: Bridge, preload: Preload): void {
  if (window !== window.top) return; // a preload runs in sub-frames only where nodeIntegrationInSubFrames asks for it
  const { secret } = options;
  const tell = (message: FromPage) => standIn(JSON.stringify(message));

  /** Stands still in the debugger until the main process has written an answer. The name is how it is recognised. */
  function standInAsk(question: Question, file?: File): unknown {
    const call: Call = {
      question,
      ...(file === undefined ? {} : { file }),
      answer: undefined,
      isAnswered: false,
    };
    // biome-ignore lint/suspicious/noDebugger: the only way in which a page can wait for another process
    debugger;
    // Chromium does not stop a page that is about to leave.
    if (!call.isAnswered) throw new Error(`The page could not wait for an answer: ${question.kind}`);
    return call.answer;
  }

  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Set<Listener>>();
  const replies = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const ports = new Map<number, MessagePort>();
  let lastId = 0;
  let isInputWatched = false;

  /**
   * Listens to a port for the main process, which knows it by its number from now on. A page that closes its end of it
   * is not heard of, because Chromium tells no one; that the page is gone is.
   */
  function adopt(port: MessagePort, id: number): number {
    ports.set(id, port);
    port.addEventListener('message', ({ data, ports: transferred }) => {
      if (transferred.length > 0) throw new Error('The stand-in passes no ports over ports');
      tell({ kind: 'port', id, message: clone.encode(data) });
    });
    port.start();
    return id;
  }

  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => tell({ kind: 'send', channel, args: clone.encode(args) }),
    sendSync: (channel: string, ...args: unknown[]) =>
      clone.decode(standInAsk({ kind: 'send-sync', channel, args: clone.encode(args) })),
    invoke(channel: string, ...args: unknown[]) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        replies.set(id, { resolve, reject });
        tell({ kind: 'invoke', id, channel, args: clone.encode(args) });
      });
    },
    postMessage(channel: string, message: unknown, transfer: readonly MessagePort[] = []) {
      if (!transfer.every((port) => port instanceof MessagePort))
        throw new Error('An object could not be transferred: only ports can');
      // Odd numbers are the page's, even ones the main process's.
      const numbers = transfer.map((port) => adopt(port, 2 * ++lastId + 1));
      tell({ kind: 'post', channel, message: clone.encode(message), ports: numbers });
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    once(channel: string, listener: Listener) {
      const only: Listener = (...args) => {
        ipcRenderer.off(channel, only);
        listener(...args);
      };
      return ipcRenderer.on(channel, only);
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    addListener: (channel: string, listener: Listener) => ipcRenderer.on(channel, listener),
    removeListener: (channel: string, listener: Listener) => ipcRenderer.off(channel, listener),
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  globalThis.standInReceive = (text) => {
    const message = JSON.parse(text) as ToPage;
    switch (message.kind) {
      case 'reply': {
        const reply = replies.get(message.id);
        replies.delete(message.id);
        if (message.ok) reply?.resolve(clone.decode(message.value));
        else reply?.reject(new Error(message.value as string));
        return;
      }
      case 'message': {
        const opened = message.ports.map((id) => {
          const { port1, port2 } = new MessageChannel();
          adopt(port1, id);
          return port2;
        });
        const args = clone.decode(message.args) as unknown[];
        for (const listener of listeners.get(message.channel) ?? [])
          listener({ sender: ipcRenderer, ports: opened }, ...args);
        return;
      }
      case 'port':
        ports.get(message.id)?.postMessage(clone.decode(message.message));
        return;
      case 'port-close':
        ports.get(message.id)?.close();
        ports.delete(message.id);
        return;
      case 'watch-input':
        isInputWatched = true;
    }
  };

  watchKeys();
  watchLinks();
  start();

  function watchKeys(): void {
    const press = (event: KeyboardEvent): KeyPress => ({
      type: event.type === 'keydown' ? 'keyDown' : 'keyUp',
      key: event.key,
      code: event.code,
      isAutoRepeat: event.repeat,
      isComposing: event.isComposing,
      shift: event.shiftKey,
      control: event.ctrlKey,
      alt: event.altKey,
      meta: event.metaKey,
      location: event.location,
    });
    const onKey = (event: KeyboardEvent) => {
      if (!event.isTrusted) return;
      if (isInputWatched && standInAsk({ kind: 'before-input', key: press(event) }) === true) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      // As in Electron the menu gets what the page has not taken, and the page's own listeners come after this one.
      setTimeout(() => event.defaultPrevented || tell({ kind: 'key', key: press(event) }), 0);
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('keyup', onKey, true);
  }

  /** What would open a window never does; the main process is told, and sees that the application denies it. */
  function watchLinks(): void {
    const report = (url: string, frameName: string, features: string, disposition: Disposition) =>
      tell({ kind: 'window-open', url, frameName, features, disposition });
    window.addEventListener(`${secret} open`, (event) => {
      const { url, frameName, features } = (event as CustomEvent<Record<string, string>>).detail;
      report(url!, frameName!, features!, features === '' ? 'foreground-tab' : 'new-window');
    });
    const onClick = (event: MouseEvent) => {
      const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
      if (event.defaultPrevented || link === undefined || link.href === '') return;
      const isAside = event.ctrlKey || event.metaKey || event.button === 1;
      const isNamed = link.target !== '' && !['_self', '_top', '_parent'].includes(link.target);
      if (!isAside && !event.shiftKey && !isNamed) return;
      event.preventDefault();
      const disposition = isAside ? 'background-tab' : event.shiftKey ? 'new-window' : 'foreground-tab';
      report(link.href, link.target, '', disposition);
    };
    window.addEventListener('click', onClick);
    window.addEventListener('auxclick', (event) => event.button === 1 && onClick(event));
  }

  function start(): void {
    /** A module that refuses what it has not. */
    const refusing = (name: string, subject: string, members: object): object =>
      new Proxy(members, {
        get(found, member) {
          if (typeof member === 'symbol' || member in found || member === 'then')
            return Reflect.get(found, member);
          const isDeclared = options.declared[subject]?.includes(member) ?? false;
          throw new Error(
            isDeclared
              ? `Electron has ${name}.${member} in a preload, but its stand-in does not`
              : `Electron's typings have no ${name}.${member} in a preload`,
          );
        },
      });
    const electron = refusing('electron', 'exports', {
      ipcRenderer: refusing('ipcRenderer', 'IpcRenderer', ipcRenderer),
      contextBridge: refusing('contextBridge', 'ContextBridge', {
        exposeInMainWorld: (name: string, api: unknown) => bridge.expose(name, api),
      }),
      webUtils: refusing('webUtils', 'WebUtils', {
        getPathForFile(file: File): string {
          if (!(file instanceof File)) throw new TypeError('The argument must be a File');
          return standInAsk({ kind: 'file-path' }, file) as string;
        },
      }),
    });
    const require = (name: string): unknown => {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error(`module not found: ${name}`);
    };
    const { platform, versions, env } = options;
    const process = { platform, versions, env, type: 'renderer', sandboxed: true, contextIsolated: true };
    const module = { exports: {} };
    try {
      preload(require, module, module.exports, process);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      tell({ kind: 'preload-failed', error: clone.encode(error) });
    }
  }
}
