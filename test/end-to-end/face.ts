import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';
import {
  type DesktopFace,
  desktopFaces,
  hindsightArguments,
  isWanted,
  launchDesktop,
  noElectron,
  noStandIn,
} from './desktop.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Path of the browser that run-tests.mjs found; empty when there is none. */
export const browserPath = process.env.HINDSIGHT_BROWSER ?? '';

export interface OpenFace {
  readonly page: Page;
  readonly libraryPath: string;
  /** Everything the page, its console or the main process complained about. */
  readonly complaints: string[];
  close(): Promise<void>;
}

type Face = 'browser' | DesktopFace;
const present: readonly Face[] = [...(browserPath === '' ? [] : (['browser'] as const)), ...desktopFaces];
/**
 * Where the suite runs: a browser, the desktop application in Electron's stand-in, and in Electron. The first is the
 * one for what is the same in all.
 */
export const faces = present.filter(isWanted);
if (faces.length === 0 && present.length > 0)
  throw new Error(`HINDSIGHT_FACE names none of ${present.join(', ')}`);

/** A suite for each face, `%s` in its name; a skipped one where there is none. */
export function describeFaces(name: string, suite: (face: Face) => void): void {
  const isNone = faces.length === 0;
  describe.skipIf(isNone).each(isNone ? (['browser'] as const) : faces)(name, suite);
}

console.info(`Faces: ${faces.join(', ') || 'none'}`);
if (noStandIn !== null) console.warn(`SKIPPED: desktop (stand-in), because ${noStandIn}`);
if (noElectron !== null) console.warn(`SKIPPED: desktop (Electron), because ${noElectron}`);

/** Opens a face on an empty library in a temporary folder, in a window of 1280 x 800. */
export async function openFace(face: Face, colorScheme: 'dark' | 'light' = 'dark'): Promise<OpenFace> {
  const libraryPath = await mkdtemp(join(tmpdir(), 'hindsight-e2e-'));
  const { page, close, complaints } =
    face === 'browser'
      ? await openBrowserFace(libraryPath, colorScheme)
      : await openDesktopFace(face, libraryPath, colorScheme);
  return {
    page,
    libraryPath,
    complaints,
    close: async () => {
      await close();
      await rm(libraryPath, { recursive: true, force: true });
    },
  };
}

/** Writes down what a page complains about. */
function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
}

async function openBrowserFace(libraryPath: string, colorScheme: 'dark' | 'light') {
  const server = spawn(
    process.execPath,
    [join(root, 'out/main/cli.js'), 'serve', '--no-open', '--json', '--library', libraryPath],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await addressOf(server);
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  watch(page, complaints);
  await page.goto(url);
  return {
    page,
    complaints,
    close: async () => {
      await browser.close();
      server.kill('SIGINT');
      await new Promise((resolve) => server.once('exit', resolve));
    },
  };
}

async function openDesktopFace(face: DesktopFace, libraryPath: string, colorScheme: 'dark' | 'light') {
  const { app, page, complaints, ended } = await launchDesktop(face, {
    args: hindsightArguments(libraryPath),
    colorScheme,
  });
  watch(page, complaints);
  return {
    page,
    complaints,
    close: async () => {
      await app.close();
      await ended;
    },
  };
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /"url": "([^"]+)"/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    server.once('exit', (code) =>
      reject(new Error(`the server ended with code ${code} before it was ready`)),
    );
  });
}
