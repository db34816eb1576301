// What Electron's program does: reads its command line, runs the application's main module with `electron` in its
// place, and says that it is ready once that module has run.
import { readFileSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from './chromium/chromium.ts';
import { app, identity, lifecycle } from './main/app.ts';
import { countOpenPorts } from './main/message-ports.ts';
import { world } from './main/world.ts';

declare global {
  /** Called by Playwright's driver once it watches the windows; until then the application waits. */
  var __playwright_run: (() => void) | undefined;
  /** What only the stand-in can tell a test. */
  var electronStandIn: { readonly openPorts: () => number };
}

let isEnding = false;
const DRIVER_PORT = '--remote-debugging-port=0';

/** `browser` is the path of a Chromium; null where there is none. */
export async function start(browser: string | null): Promise<void> {
  if (browser === null)
    throw new Error('The stand-in for Electron needs Chrome, Chromium or Edge; HINDSIGHT_BROWSER names one');
  const args = process.argv.slice(2);
  const hasDriver = args.includes(DRIVER_PORT);
  // As Playwright's own loader does, so that the application sees what a user would have typed.
  if (hasDriver) args.splice(0, args.indexOf(DRIVER_PORT) + 1);
  const path = args.find((argument) => !argument.startsWith('-'));
  if (path === undefined) throw new Error('The stand-in for Electron needs the path of an application');
  const main = identify(resolve(path));
  process.argv = [process.argv[1]!, ...args];
  pretend();
  if (hasDriver) inspector.open(0);
  const driven = hasDriver ? waitForDriver() : Promise.resolve();
  globalThis.electronStandIn = { openPorts: countOpenPorts };
  process.on('uncaughtException', fail);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

  app.once('quit', () => {
    isEnding = true;
  });
  await import(pathToFileURL(main).href);
  if (isEnding) return;
  world.chromium = await launchChromium(browser, join(app.getPath('sessionData'), 'chromium'), hasDriver);
  Object.defineProperty(process.versions, 'chrome', { value: world.chromium.product.replace(/^.*\//, '') });
  void world.chromium.ended.then(() => fail(new Error('Chromium ended by itself')));
  closeStrangers();
  await driven;
  lifecycle.becomeReady();
}

/** The main module of a folder with package.json, or a module by itself. */
function identify(path: string): string {
  const { version } = JSON.parse(
    readFileSync(new URL('../../node_modules/electron/package.json', import.meta.url), 'utf8'),
  );
  Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
  if (!statSync(path).isDirectory()) {
    Object.assign(identity, { version, path: resolve(path, '..') });
    return path;
  }
  const {
    name,
    productName = name,
    version: own,
    main = 'index.js',
  } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  Object.assign(identity, { name: productName, version: own, path });
  return join(path, main);
}

/** What the application sees of where it runs. */
function pretend(): void {
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: identity.path });
  const standIn = new URL('electron.ts', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      /^electron(\/(main|common))?$/.test(specifier)
        ? { url: standIn, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
}

function waitForDriver(): Promise<void> {
  return new Promise((resolve) => {
    globalThis.__playwright_run = resolve;
  });
}

/** A page that no window of ours holds has got past the wall. */
function closeStrangers(): void {
  const { connection } = world.chromium!;
  connection.listen((event) => {
    if (event.method !== 'Target.targetCreated') return;
    const { type, openerId, targetId, url } = event.params.targetInfo;
    if (type !== 'page' || openerId === undefined) return;
    void connection.send('Target.closeTarget', { targetId });
    fail(new Error(`A page opened a window of its own: ${url}`));
  });
}

/** What goes wrong while everything is being taken down, because something is gone already, is nothing. */
function fail(thrown: unknown): void {
  if (isEnding) return;
  process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
  app.exit(1);
}
