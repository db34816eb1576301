import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { findElectron, obstacle } from '../../electron/launch/electron.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const standIn = join(root, 'test/electron-stand-in/electron.mjs');

/** Why Electron itself cannot run here; null where it can. */
export const noElectron = findElectron(root) === null ? 'its program is not installed' : obstacle();
/** Why its stand-in cannot. */
export const noStandIn =
  process.platform === 'win32'
    ? 'Windows starts no scripts as programs'
    : (process.env.HINDSIGHT_BROWSER ?? '') === ''
      ? 'there is no browser'
      : null;

export type DesktopFace = 'desktop (stand-in)' | 'desktop (Electron)';
export const desktopFaces: readonly DesktopFace[] = [
  ...(noStandIn === null ? (['desktop (stand-in)'] as const) : []),
  ...(noElectron === null ? (['desktop (Electron)'] as const) : []),
];

export interface DesktopOptions {
  readonly libraryPath: string;
  readonly args?: readonly string[];
  readonly colorScheme?: 'dark' | 'light';
}

export interface OpenDesktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the main process complained about. */
  readonly complaints: string[];
  /** The exit code of the main process; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** The stand-in is a script that needs the Node that runs the tests. */
const env = () => ({
  ...(process.env as Record<string, string>),
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
});

/** Starts the desktop application as `npm start` does, driven by Playwright. */
export async function openDesktop(
  face: DesktopFace,
  { libraryPath, args = [], colorScheme = 'dark' }: DesktopOptions,
): Promise<OpenDesktop> {
  const app = await _electron.launch({
    ...(face === 'desktop (stand-in)' ? { executablePath: standIn } : {}),
    args: [root, `--library=${libraryPath}`, ...args],
    env: env(),
    acceptDownloads: true,
    colorScheme,
  });
  const complaints: string[] = [];
  app.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`main: ${message.text()}`);
  });
  const child = app.process();
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { app, page: await app.firstWindow(), complaints, ended };
}

/** Starts another process of the application, undriven, and waits for its end. */
export function startAgain(face: DesktopFace, libraryPath: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const program = face === 'desktop (stand-in)' ? standIn : findElectron(root)!;
    const child = spawn(program, [root, `--library=${libraryPath}`], { env: env(), stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
