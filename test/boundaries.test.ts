import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

// Who may import whom: the rules of ARCHITECTURE.md that the compiler's project references cannot state, as tables,
// run over every source file. Anything the tables do not name is refused, so a new folder or package is a decision
// taken here.

/** Packages, and the only places that may import them. Node's own modules belong to the Node side. */
const PACKAGES: readonly (readonly [name: RegExp, places: RegExp])[] = [
  [/^node:/, /^electron\//],
  [/^electron(\/|$)/, /^electron\/desktop\//],
  [/^better-sqlite3$/, /^electron\/store\//],
  [/^ws$/, /^electron\/web\//],
  [/^esbuild$/, /^electron\/services\/compile-strategy\.ts$/],
  [/^ses$/, /^electron\/workers\//],
  [/^@aws-sdk\//, /^electron\/(sagemaker\/aws|aws\/s3-bucket)\.ts$/],
  [/^@smithy\/core\/config$/, /^electron\/aws\/profiles\.ts$/],
  [/^(hyparquet(\/|$)|hyparquet-compressors$|yauzl$)/, /^electron\/workers\//],
  [/^hyparquet-writer$/, /^electron\/export\//],
  [/^fflate$/, /^electron\/(workers|export)\//],
  [/^zod$/, /^(shared\/contract|electron\/(services|desktop|web|cli|workers|store))\//],
  [/^@orpc\/contract$/, /^(shared\/contract|renderer)\//],
  [/^@orpc\/server(\/|$)/, /^electron\/(services|desktop|web)\//],
  [/^@orpc\/client(\/|$)/, /^(renderer\/|electron\/services\/rpc-errors\.ts$)/],
  [
    /^(react|react-dom|zustand|lucide-react|highlight\.js|@tanstack\/react-virtual|@base-ui\/react|flexlayout-react|fuzzysort|react-resizable-panels)(\/|$)|^@fontsource-variable\//,
    /^renderer\//,
  ],
  // Screens draw with it, and the report draws with its server-side renderer.
  [/^echarts\//, /^(renderer|electron\/export)\//],
  [/^hindsight$/, /^resources\/strategies\//],
];

/** Our own folders, and what else of ours each may import (its own files aside). */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'shared/version.ts': [],
  'shared/text': [],
  'shared/charts': [],
  'shared/market': ['shared/text'],
  'shared/calendar': ['shared/market', 'shared/text'],
  'shared/import': ['shared/market', 'shared/text'],
  'shared/health': ['shared/market'],
  'shared/indicators': ['shared/market', 'shared/text'],
  'shared/strategy': ['shared/market', 'shared/indicators', 'shared/backtest', 'shared/text'],
  'shared/backtest': [
    'shared/market',
    'shared/indicators',
    'shared/strategy',
    'shared/text',
    'shared/version.ts',
  ],
  'shared/statistics': ['shared/market', 'shared/indicators', 'shared/backtest', 'shared/text'],
  'shared/sample': ['shared/market', 'shared/calendar', 'shared/text', 'shared/backtest/random.ts'],
  'shared/format': ['shared/market', 'shared/statistics', 'shared/backtest'],
  'shared/export': ['shared/market', 'shared/backtest', 'shared/statistics', 'shared/charts', 'shared/text'],
  'shared/commands': [],
  'shared/contract': [
    'shared/commands',
    'shared/health',
    'shared/market',
    'shared/calendar',
    'shared/backtest',
    'shared/strategy',
    'shared/statistics',
  ],
  'electron/store': ['shared'],
  'electron/export': ['shared'],
  'electron/sagemaker': ['shared'],
  'electron/aws': ['shared'],
  'electron/sources': ['shared', 'electron/aws'],
  'electron/workers': ['shared', 'electron/store', 'electron/export', 'electron/sagemaker/training-data.ts'],
  'electron/services': [
    'shared',
    'electron/workers',
    'electron/export',
    'electron/sagemaker',
    'electron/sources',
  ],
  'electron/desktop': ['shared', 'electron/services'],
  'electron/web': ['shared', 'electron/services'],
  'electron/cli': ['shared', 'electron/services', 'electron/web/main.ts'],
  'electron/launch': [],
  renderer: ['shared'],
  'resources/strategies': [],
};

/** What may be imported from anywhere in shared: the error that everyone throws. */
const COMMON = 'shared/contract/errors.ts';
/** Time and chance come to shared/ from outside, or two runs would differ. */
const BANNED_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now', 'timeOrigin', 'mark', 'measure'],
  crypto: ['getRandomValues', 'randomUUID'],
};
const BANNED_NAMES = ['globalThis', 'eval', 'Function'];

interface Import {
  readonly specifier: string | null;
  readonly isType: boolean;
}
type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What is wrong with a source file, by the tables above. `path` is relative to the root. */
function violations(path: string, source: string): string[] {
  const { program, module, errors } = parseSync(path, source);
  if (errors.length > 0) return [`${path} does not parse: ${errors[0]!.message}`];
  const nodes = [...walk(program as unknown as Node)];
  const found: string[] = importsOf(module, nodes).flatMap(({ specifier, isType }) => {
    const problem = importProblem(path, specifier, isType);
    return problem === null ? [] : [`${path} ${problem}`];
  });
  if (path.startsWith('shared/')) {
    for (const node of nodes) {
      const banned = bannedIn(node);
      if (banned !== null) found.push(`${path} uses ${banned}`);
    }
  }
  if (path.startsWith('shared/backtest/')) {
    for (const node of nodes) {
      const undetermined = undeterminedIn(node);
      if (undetermined !== null) found.push(`${path} uses ${undetermined}`);
    }
  }
  return found;
}

function importProblem(path: string, specifier: string | null, isType: boolean): string | null {
  if (specifier === null) {
    return path.startsWith('electron/launch/') ? null : 'imports something whose name is not written out';
  }
  if (!specifier.startsWith('.')) {
    const places = PACKAGES.filter(([name]) => name.test(specifier)).map(([, place]) => place);
    return places.some((place) => place.test(path)) ? null : `may not import ${specifier}`;
  }
  const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
  const refusal = `may not import ${target}`;
  if (/\.worker\.ts$/.test(target)) return refusal;
  const from = folderOf(path);
  if (from === null) return `lies in a folder that test/boundaries.test.ts does not know`;
  if (isInside(target, from)) return null;
  if (isInside(path, 'shared') && target === COMMON) return null;
  // Types vanish: shared may name the contract's, and the store those of the tasks it serves.
  const mayNameTypes = isInside(path, 'electron/store') ? 'electron/workers' : 'shared/contract';
  if (isType && isInside(target, mayNameTypes)) return null;
  return FOLDERS[from]!.some((folder) => isInside(target, folder)) ? null : refusal;
}

const isInside = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const folderOf = (path: string) => Object.keys(FOLDERS).find((folder) => isInside(path, folder)) ?? null;

function importsOf(module: ReturnType<typeof parseSync>['module'], nodes: readonly Node[]): Import[] {
  const literal = (node: unknown) => {
    const value = (node as Node | null)?.value;
    return typeof value === 'string' ? value : null;
  };
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      isType: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports
      .flatMap(({ entries }) => entries)
      .flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, isType }] : [],
      ),
    ...nodes.flatMap((node): Import[] => {
      if (node.type === 'ImportExpression') return [{ specifier: literal(node.source), isType: false }];
      if (node.type === 'TSImportType') return [{ specifier: literal(node.source), isType: true }];
      const isRequire = node.type === 'CallExpression' && (node.callee as Node).name === 'require';
      return isRequire ? [{ specifier: literal((node.arguments as Node[])[0]), isType: false }] : [];
    }),
  ];
}

function bannedIn(node: Node): string | null {
  if (node.type === 'MemberExpression') {
    const { name } = node.object as Node;
    const property = node.property as Node;
    const key = node.computed ? property.value : property.name;
    const isBanned = BANNED_MEMBERS[String(name)]?.includes(String(key)) ?? false;
    return isBanned ? `${name}.${key}` : null;
  }
  if (node.type === 'VariableDeclarator') {
    const { name } = (node.init ?? {}) as Node;
    return typeof name === 'string' && Object.hasOwn(BANNED_MEMBERS, name) ? `${name} as a value` : null;
  }
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const { name } = node.callee as Node;
    if (BANNED_NAMES.includes(String(name))) return String(name);
    const isClock =
      name === 'Date' && (node.type === 'CallExpression' || (node.arguments as Node[]).length === 0);
    return isClock ? 'the current date' : null;
  }
  return node.type === 'Identifier' && node.name === 'globalThis' ? 'globalThis' : null;
}

/** What could make two runs differ though neither clock nor chance is asked: orders that the language leaves open, locales. */
function undeterminedIn(node: Node): string | null {
  if (node.type === 'ForInStatement') return 'for … in';
  if (node.type === 'Identifier' && node.name === 'Intl') return 'Intl';
  if (node.type !== 'CallExpression') return null;
  const { property } = node.callee as Node;
  const name = String((property as Node | undefined)?.name);
  if (/^(localeCompare|toLocale\w+)$/.test(name)) return name;
  // On arrays of numbers it would compare texts; typed arrays have an order of their own.
  return name === 'sort' && (node.arguments as Node[]).length === 0 ? 'sort() without a comparison' : null;
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) yield* walk(child as Node);
    }
  }
}

describe('the sources', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const paths = globSync('{shared,electron,renderer,resources}/**/*.{ts,tsx,mts,js,mjs,cjs}', {
    cwd: root,
  }).map((path) => path.replaceAll('\\', '/'));

  test('are all looked at', () => {
    expect(paths.length).toBeGreaterThan(80);
    for (const path of ['shared/contract/wire.ts', 'electron/desktop/main.ts', 'electron/launch/start.mjs']) {
      expect(paths).toContain(path);
    }
  });

  test('keep the boundaries', () => {
    expect(paths.flatMap((path) => violations(path, readFileSync(`${root}/${path}`, 'utf8')))).toEqual([]);
  });
});

describe('what a run must not depend on is caught in the engine', () => {
  test.each([
    'for (const key in columns) use(key);',
    "names.sort((a, b) => a.localeCompare(b, 'en'));",
    'rows.sort();',
    'const text = price.toLocaleString();',
    'new Intl.NumberFormat();',
    'Math.random();',
    'new Date();',
    'performance.now();',
  ])('%s', (source) => {
    expect(violations('shared/backtest/broker.ts', source)).toHaveLength(1);
  });
  test('what has its order is allowed', () => {
    const source = 'rows.sort((a, b) => a - b); for (const row of rows) use(row); new Date(0);';
    expect(violations('shared/backtest/broker.ts', source)).toEqual([]);
  });
});

describe('planted imports are caught', () => {
  test.each([
    ['shared/market/bar.ts', "import 'node:fs';"],
    ['shared/market/bar.ts', "import { z } from 'zod';"],
    ['shared/market/bar.ts', "import '../indicators/ema.ts';"],
    ['shared/market/bar.ts', "import type { X } from '../backtest/order.ts';"],
    ['shared/market/bar.ts', "import { RunSpecSchema } from '../contract/schemas.ts';"],
    ['shared/backtest/broker.ts', "import { RunSpecSchema } from '../contract/schemas.ts';"],
    ['shared/backtest/broker.ts', "import { type A, RunSpecSchema } from '../contract/schemas.ts';"],
    ['shared/backtest/broker.ts', "import '../statistics/summary.ts';"],
    ['shared/indicators/ema.ts', "export * from '../backtest/broker.ts';"],
    ['shared/indicators/ema.ts', "export { x } from '../../electron/store/database.ts';"],
    ['shared/indicators/ema.ts', "type X = import('react').ReactNode;"],
    ['shared/brand-new/file.ts', "import '../market/bar.ts';"],
    ['renderer/app.tsx', "import '../electron/services/router.ts';"],
    ['renderer/app.tsx', "import type { App } from '../electron/services/create-app.ts';"],
    ['renderer/app.tsx', "import { readFile } from 'node:fs/promises';"],
    ['renderer/app.tsx', "import 'electron';"],
    ['renderer/app.tsx', "import _ from 'lodash';"],
    ['electron/services/runs.ts', "import { app } from 'electron';"],
    ['electron/services/runs.ts', "import { app } from 'electron/main';"],
    ['electron/services/runs.ts', "const { app } = await import('electron');"],
    ['electron/services/runs.ts', "const { app } = require('electron');"],
    ['electron/services/runs.ts', "import Database from 'better-sqlite3';"],
    ['electron/services/runs.ts', "import '../store/database.ts';"],
    ['electron/services/runs.ts', "import '../desktop/window.ts';"],
    ['electron/services/runs.ts', "import '../web/main.ts';"],
    ['electron/services/runs.ts', "import '../workers/backtest.worker.ts';"],
    ['electron/services/runs.ts', "import { transform } from 'esbuild';"],
    ['electron/services/runs.ts', "import 'react';"],
    ['electron/services/runs.ts', 'await import(name);'],
    ['electron/workers/pool.ts', "import './backtest.worker.ts';"],
    ['electron/workers/pool.ts', "import '../services/runs.ts';"],
    ['electron/store/database.ts', "import '../workers/pool.ts';"],
    ['electron/store/database.ts', "import 'ses';"],
    ['electron/desktop/main.ts', "import Database from 'better-sqlite3';"],
    ['electron/desktop/main.ts', "import { WebSocketServer } from 'ws';"],
    ['electron/desktop/main.ts', "import '../web/server.ts';"],
    ['electron/desktop/main.ts', "import '../workers/pool.ts';"],
    ['electron/cli/main.ts', "import '../web/server.ts';"],
    ['electron/cli/main.ts', "import 'ses';"],
    ['electron/sagemaker/training-job.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
    ['electron/sources/s3.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
    ['electron/sources/s3.ts', "const { fromIni } = await import('@aws-sdk/credential-providers');"],
    ['electron/sources/s3.ts', "import '../services/sources.ts';"],
    ['electron/launch/start.mjs', "import '../services/library-path.ts';"],
    ['electron/launch/start.mjs', "import 'electron';"],
    ['resources/strategies/mine.ts', "import '../../shared/market/bar.ts';"],
    ['resources/strategies/mine.ts', "import 'node:fs';"],
  ])('%s: %s', (path, source) => expect(violations(path, source)).toHaveLength(1));

  test('each of several', () => {
    const source = "import 'ws';\nimport 'electron';\nimport 'ses';\nexport * from '../desktop/main.ts';";
    expect(violations('electron/services/x.ts', source)).toHaveLength(4);
  });
});

describe('planted clocks and dice in shared/ are caught', () => {
  test.each([
    'const t = Date.now();',
    "const t = Date['now']();",
    'const clock = Date.now;',
    'const { now } = Date;',
    'const D = Date; new D();',
    'const t = new Date();',
    'const t = new Date;',
    'const t = Date();',
    'const r = Math.random();',
    'const { random } = Math;',
    'const r = [1].sort(() => Math.random() - 0.5);',
    'const t = performance.now();',
    'const id = crypto.randomUUID();',
    'const t = globalThis.Date;',
    "const t = new Function('return Date.now()')();",
    "const t = eval('Date.now()');",
    'class A { #at = Date.now(); }',
    'const f = (at = Date.now()) => at;',
  ])('%s', (source) => expect(violations('shared/backtest/x.ts', source).length).toBeGreaterThan(0));

  test('elsewhere they are in order', () => {
    expect(
      violations('electron/services/x.ts', 'const t = Date.now() + Math.random() + performance.now();'),
    ).toEqual([]);
  });
});

describe('what is allowed passes', () => {
  test.each([
    ['shared/backtest/broker.ts', "import { AppError } from '../contract/errors.ts';"],
    ['shared/backtest/broker.ts', "import type { RunSpec } from '../contract/schemas.ts';"],
    ['shared/backtest/broker.ts', "import { type A, type B } from '../contract/schemas.ts';"],
    ['shared/backtest/broker.ts', "// import 'electron'\nconst text = \"import 'electron'; Date.now()\";"],
    [
      'shared/market/time.ts',
      'const t = new Date(0); const u = Date.UTC(2024, 0); const m = Math.max(1, 2);',
    ],
    [
      'shared/contract/schemas.ts',
      "import * as z from 'zod'; import { IDS } from '../statistics/statistic.ts';",
    ],
    ['electron/store/x.ts', "import type { Tasks } from '../workers/tasks.ts';"],
    ['electron/desktop/main.ts', "import { app } from 'electron'; import '../services/create-app.ts';"],
    ['electron/cli/commands/serve.ts', "import { serveBrowserFace } from '../../web/main.ts';"],
    ['electron/sagemaker/aws.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
    ['electron/aws/s3-bucket.ts', "const { S3Client } = await import('@aws-sdk/client-s3');"],
    ['electron/sources/s3.ts', "import { openBucket } from '../aws/s3-bucket.ts';"],
    ['electron/launch/start.mjs', 'await import(path);'],
    ['renderer/app.tsx', "import 'react'; import './theme.css'; import '../shared/market/bar.ts';"],
    ['resources/strategies/mine.ts', "import { Strategy } from 'hindsight';"],
  ])('%s: %s', (path, source) => expect(violations(path, source)).toEqual([]));
});
