import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureBuilt, needsBuild } from '../../../electron/launch/build.mjs';

const BUILDER = join('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
const LONG_AGO = new Date('2020-01-01');
let root: string;

const write = (name: string, text = '') => {
  const path = join(root, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};
const age = (...names: string[]) => {
  for (const name of names) utimesSync(join(root, name), LONG_AGO, LONG_AGO);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hindsight-build-'));
  for (const name of [
    'electron/main.ts',
    'shared/a/b.ts',
    'renderer/index.html',
    'resources/s.ts',
    'package.json',
  ]) {
    write(name);
  }
  write('electron.vite.config.ts');
  age('electron/main.ts', 'shared/a/b.ts', 'renderer/index.html', 'resources/s.ts', 'package.json');
  age('electron.vite.config.ts', 'electron', 'shared', 'shared/a', 'renderer', 'resources');
  // A builder that writes down that it ran, in the place of the real one.
  write(BUILDER, "require('node:fs').appendFileSync('built.txt', process.argv.slice(2).join(' ') + '\\n');");
});
afterEach(() => rmSync(root, { recursive: true }));
const builds = () =>
  existsSync(join(root, 'built.txt')) ? readFileSync(join(root, 'built.txt'), 'utf8') : '';
const stamp = () => age(write('out/.built').slice(root.length + 1));
const stampNow = () => write('out/.built');

describe('whether a build is needed', () => {
  test('without one, or with one older than a source', () => {
    expect(needsBuild(root)).toBe(true);
    stampNow();
    expect(needsBuild(root)).toBe(false);
  });

  test.each([
    'electron/main.ts',
    'shared/a/b.ts',
    'renderer/index.html',
    'resources/s.ts',
    'package.json',
    'electron.vite.config.ts',
  ])('when %s has changed', (name) => {
    const built = stampNow();
    utimesSync(built, new Date('2021-01-01'), new Date('2021-01-01'));
    expect(needsBuild(root)).toBe(false);
    write(name, 'changed');
    expect(needsBuild(root)).toBe(true);
  });

  test('when a source was removed', () => {
    const built = stampNow();
    utimesSync(built, new Date('2021-01-01'), new Date('2021-01-01'));
    rmSync(join(root, 'shared/a/b.ts'));
    expect(needsBuild(root)).toBe(true);
  });

  test('never in a packaged copy; with neither build nor sources it says so', () => {
    rmSync(join(root, 'electron.vite.config.ts'));
    expect(() => needsBuild(root)).toThrow(/neither a build nor its sources/);
    write('out/main/cli.js');
    expect(needsBuild(root)).toBe(false);
  });
});

describe('building', () => {
  test('happens once, and again after a change', () => {
    ensureBuilt(root);
    ensureBuilt(root);
    expect(builds()).toBe('build --logLevel warn\n');
    write('shared/a/b.ts', 'changed');
    utimesSync(join(root, 'shared/a/b.ts'), new Date(Date.now() + 5000), new Date(Date.now() + 5000));
    ensureBuilt(root);
    expect(builds().split('\n')).toHaveLength(3);
  });

  test('a source saved while it ran makes it stale', () => {
    write(BUILDER, "require('node:fs').writeFileSync('shared/a/b.ts', 'saved meanwhile');");
    ensureBuilt(root);
    expect(needsBuild(root)).toBe(true);
  });

  test('a failure shows what the builder said, and leaves no stamp', () => {
    stamp();
    rmSync(join(root, 'out/.built'));
    write(BUILDER, "console.log('to stdout'); console.error('x.ts:3: no such thing'); process.exit(1);");
    expect(() => ensureBuilt(root)).toThrow(/The build failed\.\nto stdout\nx\.ts:3: no such thing/);
    expect(existsSync(join(root, 'out/.built'))).toBe(false);
    expect(existsSync(join(root, 'out/.building'))).toBe(false);
  });

  test('without the tools it says how to get them', () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(() => ensureBuilt(root)).toThrow(/npm ci/);
  });

  test('two processes at once build once', async () => {
    write(
      BUILDER,
      "require('node:fs').appendFileSync('built.txt', 'x\\n'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);",
    );
    const script = `import { ensureBuilt } from ${JSON.stringify(new URL('../../../electron/launch/build.mjs', import.meta.url).href)}; ensureBuilt(${JSON.stringify(root)});`;
    const { spawn } = await import('node:child_process');
    const run = () =>
      new Promise((resolve) =>
        spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' }).once(
          'exit',
          resolve,
        ),
      );
    expect(await Promise.all([run(), run()])).toEqual([0, 0]);
    expect(builds()).toBe('x\n');
  });

  test('the lock of a process that was killed does not hold for ever', () => {
    mkdirSync(join(root, 'out/.building'), { recursive: true });
    age('out/.building');
    ensureBuilt(root);
    expect(builds()).not.toBe('');
  });

  test('one line is all a user sees of a good build', () => {
    const script = `import { ensureBuilt } from ${JSON.stringify(new URL('../../../electron/launch/build.mjs', import.meta.url).href)}; ensureBuilt(${JSON.stringify(root)});`;
    write(BUILDER, "console.log('chatter'); console.error('chatter');");
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(stderr).toBe('Building Hindsight (a few seconds, once)...\n');
  });
});
