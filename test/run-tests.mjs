// `npm test`: makes sure there is a build and a browser, then hands over to vitest. Without a browser the end-to-end
// part is skipped loudly; with CI=true a skip is a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../electron/launch/build.mjs';
import { findBrowser, installBrowser } from './end-to-end/browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const isCi = process.env.CI === 'true';

ensureBuilt(root);
const browser = findBrowser() ?? (await installBrowser());
if (browser === null) {
  const line = '='.repeat(78);
  console.error(
    `${line}\nNO BROWSER: the end-to-end tests are skipped.\nInstall Chrome, Chromium or Edge, or name one in HINDSIGHT_BROWSER, and run npm test again.\n${line}`,
  );
  if (isCi) {
    console.error('With CI=true a skipped part is a failure.');
    process.exit(1);
  }
}

const report = join(mkdtempSync(join(tmpdir(), 'hindsight-tests-')), 'report.json');
const { status } = spawnSync(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, HINDSIGHT_BROWSER: browser ?? '' } },
);
if (!existsSync(report)) {
  console.error('No test ran.');
  process.exit(status || 1);
}
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
process.exit(numPassedTests === 0 ? status || 1 : (status ?? 1));
