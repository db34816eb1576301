import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '../../shared/contract/errors.ts';
import { pageHeaders } from '../services/page-headers.ts';
import type { ServedApp } from '../services/served-app.ts';
import { readStaticFile } from '../services/static-files.ts';
import { bearerToken, createToken, isSameSecret, refusal, subprotocolToken } from './access.ts';
import { createSocketDoor } from './socket.ts';
import { MAX_UPLOAD_BYTES, receiveUpload } from './upload.ts';

export interface ServerOptions {
  readonly app: ServedApp;
  /** 0 takes a free one. */
  readonly port: number;
  /** The folder of the built renderer. */
  readonly rendererPath: string;
  readonly maxUploadBytes?: number;
  /** Gets what is not an AppError: a bug of ours. */
  readonly reportBug: (thrown: unknown) => void;
}

export interface BrowserServer {
  readonly port: number;
  readonly token: string;
  /** A path that leads to the page with its token, once: command lines of browsers are readable by all users. */
  issueEntry(): string;
  close(): Promise<void>;
}

/**
 * Serves one renderer, one socket and one upload door, on loopback alone. Throws an AppError when the port is taken.
 */
export async function startServer(options: ServerOptions): Promise<BrowserServer> {
  const { app, rendererPath, reportBug, maxUploadBytes = MAX_UPLOAD_BYTES } = options;
  const token = createToken();
  const entries = new Set<string>();
  const sockets = createSocketDoor(app.router, reportBug);
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 0 });
  const port = await listen(server, options.port);
  const headers = pageHeaders([`ws://127.0.0.1:${port}`]);

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(request, response).catch((thrown: unknown) => {
      reportBug(thrown);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'internal error');
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const reason =
      request.url !== '/rpc'
        ? 'no such socket'
        : (refusal(request.headers, port, true) ??
          (isSameSecret(subprotocolToken(request.headers), token) ? null : 'no valid token'));
    if (reason === null) sockets.accept(request, socket, head);
    else socket.end(`HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query] = (request.url ?? '').split('?', 2);
    const isUpload = path === '/upload';
    const allowed = isUpload ? ['POST'] : ['GET', 'HEAD'];
    if (!allowed.includes(request.method ?? '')) {
      response.setHeader('Allow', allowed.join(', '));
      return refuse(response, 405, 'method not allowed');
    }
    const reason = refusal(request.headers, port, isUpload);
    if (reason !== null) return refuse(response, 403, reason);
    if (isUpload) {
      if (!isSameSecret(bearerToken(request.headers), token)) return refuse(response, 401, 'no valid token');
      return receiveUpload(app.files, request, response, maxUploadBytes);
    }
    if (path === '/open' && request.method === 'GET') {
      if (!entries.delete(query ?? '')) return refuse(response, 410, 'this address was used already');
      response.writeHead(302, { Location: `/#token=${token}`, 'Cache-Control': 'no-store' }).end();
      return;
    }
    const file = await readStaticFile(rendererPath, path);
    if (file === null) return refuse(response, 404, 'not found');
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': file.bytes.length,
      'Cache-Control': file.cache,
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  }

  return {
    port,
    token,
    issueEntry: () => {
      const ticket = createToken();
      entries.add(ticket);
      return `/open?${ticket}`;
    },
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(`${reason}\n`);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        new AppError('bad-request', `Cannot listen on port ${port}: ${error.message}`, {
          field: 'port',
          hint: 'Name another port, or none to take a free one.',
        }),
      ),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  return (server.address() as AddressInfo).port;
}
