// Whether Electron can run here, decided without loading its package: that would start a download and throw.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isRoot
 * @property {(path: string) => string | null} read the text of a file, or null
 * @property {(path: string) => boolean} exists
 */

/** @returns {Machine} */
const thisMachine = () => ({
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  exists: existsSync,
});

/**
 * Why no Electron window can appear on this machine, present or not; null when one could.
 * @param {Machine} [machine]
 * @returns {string | null}
 */
export function obstacle({ platform, env, isRoot } = thisMachine()) {
  const hasDisplay = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (!hasDisplay) return 'there is no display';
  // Chromium refuses to run as root with its sandbox, and Hindsight does not run without.
  if (platform === 'linux' && isRoot) return 'it does not run as root';
  return null;
}

/**
 * Path of the Electron program, or null where it is not installed. Mirrors node_modules/electron/index.js.
 * @param {string} root
 * @param {Machine} [machine]
 * @returns {string | null}
 */
export function findElectron(root, { env, read, exists } = thisMachine()) {
  const folder = join(root, 'node_modules', 'electron');
  const name = read(join(folder, 'path.txt'))?.trim();
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!override && !name) return null;
  const path = override ? join(override, name || 'electron') : join(folder, 'dist', name ?? '');
  return exists(path) ? path : null;
}

const FETCH_MILLISECONDS = 10 * 60_000;
/** How long the download's server has to answer at all: without a network the browser face starts within seconds. */
const REACH_MILLISECONDS = 5_000;
/** A download that failed is not tried again for a day, so that starting offline stays quick. */
const RETRY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Downloads Electron by its own installer. Returns its path, or why there is none.
 * @param {string} root
 * @param {Machine} [machine]
 * @param {() => Promise<boolean>} [isReachable]
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function fetchElectron(root, machine = thisMachine(), isReachable = canReachServer) {
  if (machine.env.CI) return { reason: 'it is not installed, and nothing is downloaded under CI' };
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (!machine.exists(installer)) return { reason: 'it is not installed' };
  const failedBefore = join(root, 'out', '.electron-not-fetched');
  const failedAt = statSync(failedBefore, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedAt < RETRY_MILLISECONDS) {
    return {
      reason: 'its download failed earlier today (node node_modules/electron/install.js tries again)',
    };
  }
  if (!(await isReachable()))
    return { reason: 'it is not installed, and there is no network to fetch it from' };
  process.stderr.write('Fetching Electron (once, about 120 MB)...\n');
  spawnSync(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: FETCH_MILLISECONDS });
  const path = findElectron(root, machine);
  if (path !== null) return { path };
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(failedBefore, '');
  return { reason: 'it could not be downloaded' };
}

/** Whether the server that Electron's installer downloads from answers. */
async function canReachServer() {
  const server =
    process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com';
  try {
    await fetch(server, { method: 'HEAD', signal: AbortSignal.timeout(REACH_MILLISECONDS) });
    return true;
  } catch {
    return false;
  }
}
