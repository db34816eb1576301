// Finding a browser for the end-to-end tests, or getting one by the means the machine allows.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'msedge',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Path of a Chromium-based browser, or null. HINDSIGHT_BROWSER names one explicitly.
 * @returns {string | null}
 */
export function findBrowser() {
  const named = process.env.HINDSIGHT_BROWSER;
  if (named) return existsSync(named) ? named : null;
  const inPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...inPath, ...PLACES].find((path) => existsSync(path)) ?? null;
}

/**
 * Tries Playwright's own download, then Debian's package as root. Null when neither is possible.
 * @returns {Promise<string | null>}
 */
export async function installBrowser() {
  console.error('No Chrome, Chromium or Edge found; trying to get one …');
  const quiet = /** @type {const} */ ({ stdio: 'ignore', timeout: 180_000 });
  const cli = fileURLToPath(new URL('../../node_modules/playwright-core/cli.js', import.meta.url));
  spawnSync(process.execPath, [cli, 'install', 'chromium'], quiet);
  const downloaded = chromium.executablePath();
  if (existsSync(downloaded)) return downloaded;
  if (process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      quiet,
    );
  }
  return findBrowser();
}
