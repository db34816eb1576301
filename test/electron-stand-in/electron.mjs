#!/usr/bin/env node
// Stands in for Electron's program where tests say so: `electron.mjs [switches] path-of-the-application [arguments]`.
import { findBrowser } from '../end-to-end/browser.mjs';
import { start } from './start.ts';

start(findBrowser()).catch((thrown) => {
  process.stderr.write(`${thrown.stack}\n`);
  process.exit(1);
});
