// Which Node runs Hindsight. These files run on any Node from 18 on; what they start needs 24.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const NEEDED_MAJOR = 24;

/**
 * Path of the Node to run with: the running one when it is new enough, else the one that `npm ci` installed, else null.
 * @param {string} root
 * @param {{ version: string, execPath: string, exists: (path: string) => boolean }} [running]
 * @returns {string | null}
 */
export function findNode(
  root,
  running = { version: process.versions.node, execPath: process.execPath, exists: existsSync },
) {
  if (Number.parseInt(running.version, 10) >= NEEDED_MAJOR) return running.execPath;
  const folder = join(root, 'node_modules', 'node', 'bin');
  return [join(folder, 'node'), join(folder, 'node.exe')].find((path) => running.exists(path)) ?? null;
}

/**
 * Goes on only on a Node that can run Hindsight: where the running one is too old, starts `script` again on the right
 * one and never returns; without one says what to do and ends with 1.
 * @param {string} root
 * @param {string} script
 */
export async function requireNode(root, script) {
  const node = findNode(root);
  if (node === process.execPath) return;
  if (node === null) {
    process.stderr.write(
      `Hindsight needs Node ${NEEDED_MAJOR} or newer; this is ${process.versions.node}. Run "npm ci" in ${root}, which installs one beside Hindsight, or update Node.\n`,
    );
    process.exit(1);
  }
  process.exit(await runToEnd(node, [script, ...process.argv.slice(2)]));
}

/**
 * Runs a program in this one's place: same terminal, same signals. Resolves with its exit code (128 + n after a
 * signal); rejects when it cannot be started.
 * @param {string} file
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runToEnd(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit' });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        // A terminal sends Ctrl+C to the child as well; a second one would make it stop without cleaning up.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}
