import type { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { preventable, refusingEmitter } from '../refusal.ts';
import { clone } from './message-ports.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

class IpcMain extends refusingEmitter('IpcMain', 'any') {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

const main = new IpcMain();
export const ipcMain = main as unknown as Electron.IpcMain;

export type Sender = Pick<Electron.IpcMainEvent, 'sender' | 'senderFrame' | 'reply'>;

/** A message of a page without an answer. */
export function receive(
  sender: Sender,
  channel: string,
  args: readonly unknown[],
  ports: readonly unknown[],
): void {
  (main as EventEmitter).emit(channel, preventable({ type: 'frame', ports, ...sender }), ...args);
}

/** A message of a page that stands still until it has its answer. */
export function receiveSync(sender: Sender, channel: string, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve) => {
    const event = preventable({ type: 'frame', ports: [], ...sender });
    Object.defineProperty(event, 'returnValue', { set: (value) => resolve(clone.encode(value)) });
    (main as EventEmitter).emit(channel, event, ...args);
  });
}

/** A call of a page. Rejects with the message that Electron gives to the page. */
export async function answerInvoke(
  sender: Sender,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  try {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return clone.encode(
      await handler({ type: 'frame', ...sender } as unknown as Electron.IpcMainInvokeEvent, ...args),
    );
  } catch (thrown) {
    throw new Error(`Error invoking remote method '${channel}': ${thrown}`);
  }
}
