import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/contract.ts';
import { AppError, fromPlainError, type PlainError } from '../../shared/contract/errors.ts';

export type Client = ContractRouterClient<Contract>;

export interface FileTicket {
  readonly fileId: string;
  readonly name: string;
}

/** The way to the core, the same in a desktop window and in a browser. */
export interface Door {
  readonly client: Client;
  /** Hands a file the user chose to the core; pages never name paths. */
  readonly giveFile: (file: File, signal?: AbortSignal) => Promise<FileTicket>;
  /** Settles when the connection is gone. */
  readonly closed: Promise<void>;
}

interface DesktopBridge {
  readonly face: 'desktop';
  registerFile(file: File): Promise<FileTicket>;
  /** Calls back with the id of each command that is chosen from the window's menu. */
  onCommand(listener: (command: string) => void): void;
}
declare global {
  interface Window {
    readonly hindsight?: DesktopBridge;
  }
}

export function openDoor(): Promise<Door> {
  return window.hindsight === undefined
    ? openBrowserDoor()
    : Promise.resolve(openDesktopDoor(window.hindsight));
}

function openDesktopDoor(bridge: DesktopBridge): Door {
  const { port1, port2 } = new MessageChannel();
  window.postMessage({ type: 'hindsight:connect' }, window.location.origin, [port2]);
  port1.start();
  return {
    client: createORPCClient(new MessagePortLink({ port: port1 })),
    giveFile: (file) => bridge.registerFile(file),
    closed: new Promise(() => {}), // a window does not outlive its main process
  };
}

function openBrowserDoor(): Promise<Door> {
  const token = takeToken();
  const socket = new WebSocket(`ws://${window.location.host}/rpc`, ['hindsight', `token.${token}`]);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<void>((resolve) =>
    socket.addEventListener('close', () => resolve(), { once: true }),
  );
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('no connection')), { once: true });
    socket.addEventListener(
      'open',
      () =>
        resolve({
          client: createORPCClient(new WebSocketLink({ websocket: socket })),
          giveFile: (file, signal) => upload(file, token, signal),
          closed,
        }),
      { once: true },
    );
  });
}

const TOKEN_KEY = 'hindsight.token';

/** The token comes in the address once; it is kept for this tab and taken out of sight. */
function takeToken(): string {
  const given = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (given !== null) {
    sessionStorage.setItem(TOKEN_KEY, given);
    window.history.replaceState(null, '', window.location.pathname);
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? '';
}

async function upload(file: File, token: string, signal?: AbortSignal): Promise<FileTicket> {
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    headers: { authorization: `Bearer ${token}` },
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.ok) return response.json();
  const error: PlainError | null = await response.json().catch(() => null);
  throw error === null
    ? new AppError('file-unreadable', `${file.name} could not be handed over`, {
        file: file.name,
        hint: 'Drop it again.',
      })
    : fromPlainError(error);
}
