import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws'; // the WebSocket server of the Node world: MIT, no dependencies
import { rpcOptions } from '../services/rpc-errors.ts';
import { isRpcMessage, MAX_REQUEST_BYTES } from '../services/rpc-message.ts';

/** What the page's socket must ask for, and gets. */
const SUBPROTOCOL = 'hindsight';
const POLICY_VIOLATION = 1008;

export interface SocketDoor {
  /** Makes an upgrade request that was let in a connection to the router. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends all connections; running calls are aborted. */
  close(): void;
}

export function createSocketDoor(router: AnyRouter, reportBug: (thrown: unknown) => void): SocketDoor {
  const handler = new RPCHandler(router, rpcOptions(reportBug));
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_REQUEST_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  return {
    accept: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (connection) => {
        // ws reports a broken or oversized frame here and closes by itself; unheard, it would end the process.
        connection.on('error', () => {});
        void handler.upgrade(checked(connection), { context: {} });
      }),
    close: () => {
      for (const connection of server.clients) connection.terminate();
      server.close();
    },
  };
}

/**
 * The connection as the handler sees it: `send` waits until the bytes have left, so a slow page slows its streams
 * down instead of filling memory, and a malformed request ends the connection.
 */
function checked(connection: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> {
  const send = (data: string | Uint8Array) =>
    // An error means that the connection is closing, which aborts its calls anyway.
    new Promise<void>((resolve) => connection.send(data, () => resolve()));
  const addEventListener = (type: string, listener: (event: never) => void) => {
    if (type !== 'message') {
      connection.addEventListener(type as 'close', listener as () => void);
      return;
    }
    connection.addEventListener('message', (event) => {
      if (isRpcMessage(event.data)) listener(event as never);
      else connection.close(POLICY_VIOLATION, 'malformed request');
    });
  };
  return { send, addEventListener } as Pick<WebSocket, 'addEventListener' | 'send'>;
}
