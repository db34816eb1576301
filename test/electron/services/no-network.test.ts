import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync } from 'vite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-offline-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the tour with its threads watched. Returns what it printed and every attempt to reach anything. */
function tour(extra = '') {
  const log = join(folder, 'network.log');
  const watch = new URL(`watch-network.mjs?log=${encodeURIComponent(log)}`, import.meta.url).href;
  const script = fileURLToPath(new URL('offline-tour.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', watch, script, join(folder, 'library'), extra],
    { encoding: 'utf8', env: { ...process.env, HOME: folder, AWS_CONFIG_FILE: join(folder, 'none') } },
  );
  expect(status, stderr).toBe(0);
  const attempts = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  return { counts: JSON.parse(stdout) as number[], attempts };
}

describe('nothing leaves the machine unless it is asked for', { timeout: 120_000 }, () => {
  test('starting, every screen, a backtest, its reproduction, setting sources up: no connection at all', () => {
    const { counts, attempts } = tour();
    expect(attempts).toEqual([]);
    expect(counts[0]).toBe(3);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  test.each(['fetch', 'thread', 'socket'])('and the watch sees one where there is one: %s', (extra) => {
    const { attempts } = tour(extra);
    expect(attempts.length).toBeGreaterThan(0);
    expect(attempts.join()).toContain('127.0.0.1');
    if (extra === 'thread') expect(attempts[0]).toMatch(/^thread/);
  });
});

describe('what fetching needs is not loaded before', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  /** Packages and files that a file loads when it starts, all the way down. Imports of types load nothing. */
  function loaded(path: string, seen = new Set<string>()): Set<string> {
    if (seen.has(path)) return seen;
    seen.add(path);
    const { module } = parseSync(path, readFileSync(path, 'utf8'));
    const specifiers = [
      ...module.staticImports
        .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
        .map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports
        .flatMap(({ entries }) => entries)
        .flatMap(({ moduleRequest, isType }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
    ];
    for (const specifier of specifiers) {
      if (specifier.startsWith('.')) loaded(resolve(dirname(path), specifier), seen);
      else seen.add(specifier);
    }
    return seen;
  }

  test.each(['electron/desktop/main.ts', 'electron/cli/main.ts'])('by %s', (entry) => {
    const found = [...loaded(join(root, entry))].map((path) => path.replace(root, ''));
    expect(found).toContain('electron/sources/s3.ts');
    expect(found.filter((name) => /^@aws-sdk|^@smithy|^undici/.test(name))).toEqual([]);
  });

  test('by a program that has opened the application', () => {
    const script = `
      const { registerHooks } = await import('node:module');
      const seen = [];
      registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
      const { createApp } = await import(${JSON.stringify(pathToFileURL(join(root, 'electron/services/create-app.ts')).href)});
      const app = await createApp({ libraryPath: ${JSON.stringify(join(folder, 'library'))}, resourcesPath: ${JSON.stringify(join(root, 'resources'))}, face: 'browser' });
      const before = seen.filter((url) => /@aws-sdk|@smithy/.test(url)).length;
      const states = await app.sources.list();
      const after = seen.filter((url) => /@aws-sdk/.test(url)).length;
      console.log(JSON.stringify([seen.length > 50, before, after, states.length]));
      process.exit();`;
    writeFileSync(join(folder, 'program.mjs'), script);
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'program.mjs')], {
      encoding: 'utf8',
    });
    expect(stdout.trim(), stderr).toBe('[true,0,0,3]');
  });
});
