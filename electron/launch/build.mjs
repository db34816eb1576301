// Keeps the build in out/ up to date with the sources, so that no command ever runs yesterday's code.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['electron', 'shared', 'renderer', 'resources', 'package.json', 'electron.vite.config.ts'];

/** Another process's build that has taken this long was killed in the middle. */
const LOCK_MILLISECONDS = 120_000;

/**
 * Builds when the build is missing or older than a source. Where there are no sources (a packaged copy) the build is
 * taken as it is. Throws an Error with the builder's output when it fails.
 * @param {string} root
 */
export function ensureBuilt(root) {
  if (!needsBuild(root)) return;
  const unlock = lock(root);
  try {
    if (needsBuild(root)) build(root);
  } finally {
    unlock();
  }
}

/**
 * @param {string} root
 * @returns {boolean}
 */
export function needsBuild(root) {
  const hasSources = existsSync(join(root, 'electron.vite.config.ts')) && existsSync(join(root, 'renderer'));
  if (!hasSources && existsSync(join(root, 'out', 'main', 'cli.js'))) return false;
  if (!hasSources)
    throw new Error(`There is neither a build nor its sources in ${root}: install Hindsight anew.`);
  const stamp = statSync(join(root, 'out', '.built'), { throwIfNoEntry: false });
  return stamp === undefined || newest(SOURCES.map((name) => join(root, name))) > stamp.mtimeMs;
}

/**
 * Time of the latest change, epoch ms; folders count, since what was removed leaves no other trace.
 * @param {readonly string[]} paths
 * @returns {number}
 */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    latest = Math.max(latest, found.mtimeMs);
    if (found.isDirectory())
      latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
  }
  return latest;
}

/** @param {string} root */
function build(root) {
  const startedAt = new Date();
  process.stderr.write('Building Hindsight (a few seconds, once)...\n');
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(builder)) throw new Error(`The build tools are not installed: run "npm ci" in ${root}.`);
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [builder, 'build', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0)
    throw new Error(`The build failed.\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  const stamp = join(root, 'out', '.built');
  writeFileSync(stamp, '');
  // A source saved while the build ran may have been read before: the build is as old as its beginning.
  utimesSync(stamp, startedAt, startedAt);
}

/**
 * Waits for a build that another process is doing, and keeps others out.
 * @param {string} root
 * @returns {() => void}
 */
function lock(root) {
  const path = join(root, 'out', '.building');
  mkdirSync(join(root, 'out'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(path);
      return () => rmSync(path, { recursive: true, force: true });
    } catch (thrown) {
      if (/** @type {NodeJS.ErrnoException} */ (thrown).code !== 'EEXIST') throw thrown;
      const found = statSync(path, { throwIfNoEntry: false });
      if (found !== undefined && Date.now() - found.mtimeMs > LOCK_MILLISECONDS) {
        rmSync(path, { recursive: true, force: true });
      } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}
