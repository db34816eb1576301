import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Connection } from './connection.ts';

/** The one display that there is. */
export const DISPLAY = { width: 1920, height: 1080 } as const;

export interface Chromium {
  readonly connection: Connection;
  /** What Chromium calls itself: Chrome/1.2.3.4. */
  readonly product: string;
  /** Settles when it is gone, however that came about. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Starts the system's Chromium without a window. It ends with this process, whose pipe it listens on. */
export async function launchChromium(
  browser: string,
  profile: string,
  hasDriver: boolean,
): Promise<Chromium> {
  const child = spawn(
    browser,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--no-startup-window',
      '--disable-background-networking',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--disable-back-forward-cache',
      '--disable-component-update',
      '--disable-default-apps',
      '--disable-extensions',
      '--disable-sync',
      '--disable-breakpad',
      '--password-store=basic',
      '--use-mock-keychain',
      '--unsafely-disable-devtools-self-xss-warnings',
      // Nothing is ever looked up: what the application does not answer itself fails.
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--screen-info={${DISPLAY.width}x${DISPLAY.height}}`,
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      ...(hasDriver ? ['--remote-debugging-port=0'] : []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  announce(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const connection = new Connection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const { product } = await Promise.race([connection.send('Browser.getVersion', {}), failed]);
  await connection.send('Target.setDiscoverTargets', { discover: true });
  return {
    connection,
    product,
    ended,
    close: async () => {
      await connection.send('Browser.close', {}).catch(() => {}); // it may be gone before it answers
      await ended;
    },
  };
}

/** A driver reads this line, as it does of Electron; the rest of what Chromium says is about machines without a screen. */
function announce(child: ChildProcess): void {
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`);
  });
}
