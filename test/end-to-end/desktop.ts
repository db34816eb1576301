import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { describe } from 'vitest';
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
const present: readonly DesktopFace[] = [
  ...(noStandIn === null ? (['desktop (stand-in)'] as const) : []),
  ...(noElectron === null ? (['desktop (Electron)'] as const) : []),
];

/** HINDSIGHT_FACE is a part of a face's name, as `stand-in`: then everything runs there and nowhere else. */
export const isWanted = (face: string) => face.includes(process.env.HINDSIGHT_FACE ?? '');
export const desktopFaces = present.filter(isWanted);

/** A suite for each desktop face, `%s` in its name; a skipped one where there is none. */
export function describeDesktop(name: string, suite: (face: DesktopFace) => void): void {
  const isNone = desktopFaces.length === 0;
  describe.skipIf(isNone).each(isNone ? (['desktop (stand-in)'] as const) : desktopFaces)(name, suite);
}

export interface LaunchOptions {
  readonly args: readonly string[];
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

/** Starts a program in Electron or its stand-in, driven by Playwright. */
export async function launchDesktop(
  face: DesktopFace,
  { args, colorScheme = 'dark' }: LaunchOptions,
): Promise<OpenDesktop> {
  const app = await _electron.launch({
    ...(face === 'desktop (stand-in)' ? { executablePath: standIn } : {}),
    args: [...args],
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

/** Starts a program undriven, as a user does who starts it twice, and waits for its end. */
export function startProgram(face: DesktopFace, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const program = face === 'desktop (stand-in)' ? standIn : findElectron(root)!;
    const child = spawn(program, [...args], { env: env(), stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** Hindsight as `npm start` starts it. */
export const hindsightArguments = (libraryPath: string, ...more: readonly string[]) => [
  root,
  `--library=${libraryPath}`,
  ...more,
];
