import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, chromium, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Path of the browser that run-tests.mjs found; empty when there is none. */
export const browserPath = process.env.HINDSIGHT_BROWSER ?? '';

/** Electron's binary where one is installed: then the same suite runs in the product itself. */
export const electronIsHere = existsSync(join(root, 'node_modules/electron/dist'));

export interface OpenFace {
  readonly page: Page;
  readonly libraryPath: string;
  /** Everything the page or the console complained about. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export const faces = [
  ...(browserPath === '' ? [] : (['browser'] as const)),
  ...(electronIsHere ? (['desktop'] as const) : []),
];

/** Opens a face on an empty library in a temporary folder, in a window of 1280 x 800. */
export async function openFace(
  face: (typeof faces)[number],
  colorScheme: 'dark' | 'light' = 'dark',
): Promise<OpenFace> {
  const libraryPath = await mkdtemp(join(tmpdir(), 'hindsight-e2e-'));
  const complaints: string[] = [];
  const { page, close } =
    face === 'browser' ? await openBrowserFace(libraryPath, colorScheme) : await openDesktopFace(libraryPath);
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
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
  await page.goto(url);
  return {
    page,
    close: async () => {
      await browser.close();
      server.kill('SIGINT');
      await new Promise((resolve) => server.once('exit', resolve));
    },
  };
}

async function openDesktopFace(libraryPath: string) {
  const app = await _electron.launch({
    args: [join(root, 'out/main/desktop.js'), `--library=${libraryPath}`],
  });
  return { page: await app.firstWindow(), close: () => app.close() };
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
