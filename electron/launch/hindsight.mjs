#!/usr/bin/env node
// The `hindsight` command: the right Node, an up-to-date build, then the terminal face.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { requireNode } from './node.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
await requireNode(root, fileURLToPath(import.meta.url));
try {
  ensureBuilt(root);
} catch (thrown) {
  process.stderr.write(`${/** @type {Error} */ (thrown).message}\n`);
  process.exit(1);
}
await import(pathToFileURL(`${root}/out/main/cli.js`).href);
