import type Electron from 'electron';
import { makeClone } from '../page/clone.ts';
import { type Fits, refusingClass, refusingEmitter } from '../refusal.ts';

/** Values to and from pages, on this side. */
export const clone = makeClone(
  (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  (text) => new Uint8Array(Buffer.from(text, 'base64')),
);

/** Where what is posted goes, encoded. */
export interface Wire {
  post(message: unknown): void;
  close(): void;
}

interface State {
  wire: Wire;
  isStarted: boolean;
  isClosed: boolean;
  readonly waiting: unknown[];
}
const states = new WeakMap<MessagePortMain, State>();
const open = new Set<MessagePortMain>();

/** Ports of the main process that are neither closed nor given away. */
export const countOpenPorts = (): number => open.size;

/** Electron's port of the main process. */
export class MessagePortMain extends refusingEmitter('MessagePortMain', { emitted: ['message', 'close'] }) {
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('The stand-in passes no ports over ports');
    const { wire, isClosed } = states.get(this)!;
    const encoded = clone.encode(message);
    if (!isClosed) wire.post(encoded);
  }

  start(): void {
    const state = states.get(this)!;
    state.isStarted = true;
    for (const message of state.waiting.splice(0)) emitMessage(this, message);
  }

  close(): void {
    if (states.get(this)!.isClosed) return;
    states.get(this)!.wire.close();
    closePort(this);
  }
}
export type _MessagePortMain = Fits<
  Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>,
  Electron.MessagePortMain
>;

export function openPort(wire: Wire): MessagePortMain {
  const port = new MessagePortMain();
  states.set(port, { wire, isStarted: false, isClosed: false, waiting: [] });
  open.add(port);
  return port;
}

/** Something arrives at a port; before `start` it waits. */
export function deliver(port: MessagePortMain, message: unknown): void {
  const state = states.get(port)!;
  if (state.isStarted) emitMessage(port, message);
  else state.waiting.push(message);
}

/** The other end of a port is gone. */
export function closePort(port: MessagePortMain): void {
  const state = states.get(port)!;
  if (state.isClosed) return;
  state.isClosed = true;
  open.delete(port);
  setImmediate(() => port.emit('close'));
}

/** Gives a port away: what it would have received goes to `receiver`, and it posts what the receiver's end posts. */
export function transferPort(port: MessagePortMain, receiver: Wire): Wire {
  const state = states.get(port);
  if (state === undefined || state.isClosed)
    throw new Error('A port that is closed or given away cannot be transferred');
  open.delete(port);
  for (const message of state.waiting.splice(0)) receiver.post(message);
  receivers.set(port, receiver);
  return state.wire;
}
const receivers = new WeakMap<MessagePortMain, Wire>();

function emitMessage(port: MessagePortMain, message: unknown): void {
  port.emit('message', { data: clone.decode(message), ports: [] });
}

/** Two ends of the main process; either may be given to a page. */
export class MessageChannelMain extends refusingClass('MessageChannelMain') {
  readonly port1: Electron.MessagePortMain;
  readonly port2: Electron.MessagePortMain;

  constructor() {
    super();
    const to = (peer: () => MessagePortMain): Wire => ({
      post: (message) =>
        setImmediate(() => (receivers.get(peer())?.post ?? ((text) => deliver(peer(), text)))(message)),
      close: () => setImmediate(() => (receivers.get(peer())?.close ?? (() => closePort(peer())))()),
    });
    const port1: MessagePortMain = openPort(to(() => port2));
    const port2: MessagePortMain = openPort(to(() => port1));
    this.port1 = port1 as unknown as Electron.MessagePortMain;
    this.port2 = port2 as unknown as Electron.MessagePortMain;
  }
}
export type _MessageChannelMain = Fits<MessageChannelMain, Electron.MessageChannelMain>;
