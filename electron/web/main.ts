import type { ServedApp } from '../services/served-app.ts';
import { openBrowser } from './open-browser.ts';
import { startServer } from './server.ts';

export interface BrowserFaceOptions {
  readonly app: ServedApp;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The folder of the built renderer. */
  readonly rendererPath: string;
  /** Whether to open a browser window. */
  readonly open: boolean;
}

export interface BrowserFace {
  /** The page with its token: whoever has this address has the library. */
  readonly url: string;
  /** Whether a browser window could be opened. */
  readonly opened: boolean;
  close(): Promise<void>;
}

/** Serves the workstation to this machine's browser until closed. Throws an AppError when the port is taken. */
export async function serveBrowserFace(options: BrowserFaceOptions): Promise<BrowserFace> {
  const { app, port = 0, rendererPath, open } = options;
  const server = await startServer({ app, port, rendererPath, reportBug: console.error });
  const origin = `http://127.0.0.1:${server.port}`;
  const opened = open && (await openBrowser(origin + server.issueEntry()));
  return { url: `${origin}/#token=${server.token}`, opened, close: server.close };
}
