// `npm run dev`: `npm start`, rebuilt whenever a source changes. The page shows a change to renderer/ when it is
// loaded again; a change on the Node side is in effect at the next start.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { requireNode, runToEnd } from './node.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
await requireNode(root, fileURLToPath(import.meta.url));

/** Editors save in several steps; one build serves them all. */
const SETTLE_MILLISECONDS = 200;
/** @type {NodeJS.Timeout | undefined} */
let timer;
for (const folder of ['electron', 'shared', 'renderer', 'resources']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, SETTLE_MILLISECONDS);
  });
}
process.exit(
  await runToEnd(process.execPath, [join(root, 'electron', 'launch', 'start.mjs'), ...process.argv.slice(2)]),
);

function rebuild() {
  try {
    ensureBuilt(root);
  } catch (thrown) {
    process.stderr.write(`${/** @type {Error} */ (thrown).message}\n`);
  }
}
