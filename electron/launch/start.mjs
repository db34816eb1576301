// `npm start`: the desktop application where Electron runs, else the same in a browser window.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { fetchElectron, findElectron, obstacle } from './electron.mjs';
import { requireNode, runToEnd } from './node.mjs';
import { parseStartArguments, START_USAGE } from './start-arguments.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
await requireNode(root, fileURLToPath(import.meta.url));

const request = parseStartArguments(process.argv.slice(2));
if ('error' in request) {
  process.stderr.write(`${request.error}\n${START_USAGE}\n`);
  process.exit(2);
}
try {
  ensureBuilt(root);
} catch (thrown) {
  process.stderr.write(`${/** @type {Error} */ (thrown).message}\n`);
  process.exit(1);
}
if (request.face === 'desktop') {
  const reason = await startDesktop(request.electronArguments);
  process.stderr.write(
    `Electron cannot be used here: ${reason}. Starting Hindsight in the browser instead.\n`,
  );
}
process.argv.splice(2, Number.POSITIVE_INFINITY, ...request.serveArguments);
await import(pathToFileURL(`${root}/out/main/cli.js`).href);

/**
 * Runs the desktop application to its end and exits with its code; returns only when it cannot be started, with why.
 * @param {readonly string[]} args
 * @returns {Promise<string>}
 */
async function startDesktop(args) {
  const prevented = obstacle();
  if (prevented !== null) return prevented;
  const present = findElectron(root);
  const electron = present === null ? await fetchElectron(root) : { path: present };
  if ('reason' in electron) return electron.reason;
  const startedAt = Date.now();
  try {
    const code = await runToEnd(electron.path, [root, ...args]);
    // 127: a system library is missing; 128 + n right away: its sandbox could not be set up.
    const failedToStart = code === 127 || (code > 128 && code !== 130 && Date.now() - startedAt < 3_000);
    if (!failedToStart) process.exit(code);
    return `it ended at once with code ${code}`;
  } catch (thrown) {
    return /** @type {Error} */ (thrown).message;
  }
}
