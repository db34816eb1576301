import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileStrategy } from '../../../electron/services/compile-strategy.ts';
import { isStatelessModule } from '../../../electron/workers/stateless-module.ts';

const isStateless = async (source: string) =>
  isStatelessModule((await compileStrategy(source, 'mine.ts')).code);
const strategy = (top: string, body = 'next() {}') =>
  `import { integer, Strategy } from 'hindsight';\n${top}\nexport default class Mine extends Strategy { ${body} }\n`;

describe('a module without state', () => {
  test.each([
    ['the class alone', strategy('')],
    ['fields and methods', strategy('', 'count = 0; list: number[] = []; next() { this.count++; }')],
    [
      'declared parameters',
      strategy(
        'const params = { n: integer(3, { min: 1, max: 9, step: 1 }) };',
        'static params = params; next() {}',
      ),
    ],
    ['comments and types', strategy('// a word\ninterface Point { x: number }\ntype Side = 1 | -1;')],
  ])('%s', async (_, source) => expect(await isStateless(source)).toBe(true));
});

describe('what could carry something into the next run', () => {
  test.each([
    ['a counter', strategy('let count = 0;', 'next() { count++; }')],
    ['a map', strategy('const seen = new Map();', 'next() { seen.set(1, 1); }')],
    ['an object', strategy('const state = { count: 0 };', 'next() { state.count++; }')],
    ['a function', strategy('function f() {}', 'next() { (f as any).count = 1; }')],
    ['a static field', strategy('', 'static count = 0; next() {}')],
    ['a private static field', strategy('', 'static #count = 0; next() { Mine.#count++; }')],
    ['a static block', strategy('', 'static { const kept: number[] = []; } next() {}')],
    ['a statement', strategy('[1, 2].forEach(() => {});')],
    ['a second class', strategy('class Other { static n = 0; }')],
  ])('%s', async (_, source) => expect(await isStateless(source)).toBe(false));
});

test('the built-in strategies compile to modules that can be told', async () => {
  const folder = new URL('../../../resources/strategies/', import.meta.url);
  const outcomes = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map(async (name) => [name, await isStateless(readFileSync(new URL(name, folder), 'utf8'))]),
  );
  expect(Object.fromEntries(outcomes)).toMatchObject({ 'sma-cross.ts': true, 'orders-from-file.ts': false });
});
