import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DARK_PALETTE, LIGHT_PALETTE } from '../../../shared/charts/palette.ts';
import { contrast, difference, linear, seenWith, tokensFor } from './colours.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const THEMES = ['dark', 'light', 'contrast'] as const;
const DIRECTIONS = ['blue-orange', 'green-red', 'red-green'] as const;
const LOOKS = THEMES.flatMap((theme) => DIRECTIONS.map((direction) => ({ theme, direction })));

const GROUNDS = ['window', 'panel', 'raised', 'overlay', 'field', 'hover', 'selected'];
/** Words in these colours stand on these grounds. */
const TEXT: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['text', [...GROUNDS, 'danger-ground', 'warning-ground', 'ok-ground', 'info-ground']],
  ['muted', [...GROUNDS, 'danger-ground', 'warning-ground']],
  ['accent', ['window', 'panel', 'raised', 'overlay', 'hover', 'info-ground']],
  ['danger', ['panel', 'raised', 'overlay', 'hover', 'danger-ground']],
  ['warning', ['panel', 'raised', 'overlay', 'hover', 'warning-ground']],
  ['ok', ['panel', 'raised', 'overlay', 'hover', 'ok-ground']],
  ['up', ['panel', 'raised', 'overlay', 'hover', 'selected']],
  ['down', ['panel', 'raised', 'overlay', 'hover', 'selected']],
  ['on-accent', ['accent']],
  ...['keyword', 'string', 'number', 'title'].map((name) => [`code-${name}`, ['panel']] as const),
  // The letter of a colour group on its dot.
  ...[1, 2, 3, 4, 5, 6].map((group) => ['panel', [`link-${group}`]] as const),
];
/** Lines, bars, rings and borders that carry a meaning. */
const MARKS: readonly (readonly [mark: string, grounds: readonly string[]])[] = [
  ['line-strong', ['window', 'panel', 'field']],
  ['accent', GROUNDS],
  ...['up', 'down', 'equity', 'drawdown'].map((name) => [name, ['panel']] as const),
  ...[1, 2, 3, 4, 5, 6].map((number) => [`chart-${number}`, ['panel']] as const),
  ...[1, 2, 3, 4, 5, 6].map((group) => [`link-${group}`, ['window', 'panel', 'overlay']] as const),
];

describe.each(LOOKS)('tokens, $theme, $direction', (look) => {
  const tokens = tokensFor(look);
  const tooLow = (pairs: typeof TEXT, least: number) =>
    pairs.flatMap(([name, grounds]) =>
      grounds
        .map((ground) => ({ pair: `${name} on ${ground}`, ratio: contrast(tokens[name]!, tokens[ground]!) }))
        .filter(({ ratio }) => ratio < least)
        .map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)}`),
    );

  test('text stands out from its ground by 4.5 to 1', () => expect(tooLow(TEXT, 4.5)).toEqual([]));
  test('marks stand out from their ground by 3 to 1', () => expect(tooLow(MARKS, 3)).toEqual([]));
});

describe.each(THEMES)('up and down, %s', (theme) => {
  const seen = (direction: (typeof DIRECTIONS)[number], kind: Parameters<typeof seenWith>[0]) => {
    const tokens = tokensFor({ theme, direction });
    return difference(seenWith(kind, linear(tokens.up!)), seenWith(kind, linear(tokens.down!)));
  };
  test.each(['full', 'protanopia', 'deuteranopia', 'tritanopia'] as const)(
    'blue and orange are told apart at a glance, %s',
    (kind) => expect(seen('blue-orange', kind)).toBeGreaterThan(30),
  );
  test.each(DIRECTIONS)('%s is told apart with full sight', (direction) =>
    expect(seen(direction, 'full')).toBeGreaterThan(60),
  );
  test('red and green are the customs that need their second sign: shapes, and brightness as a help', () => {
    for (const kind of ['protanopia', 'deuteranopia'] as const)
      expect(seen('green-red', kind)).toBeLessThan(seen('blue-orange', kind));
  });
});

describe('the one place of colours', () => {
  const paths = globSync('renderer/**/*.{css,ts,tsx}', { cwd: root }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const literal = /#[0-9a-f]{3,8}\b(?![\w-])|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch)\(/gi;

  test('no file but the tokens spells out a colour', () => {
    expect(paths.length).toBeGreaterThan(60);
    const found = paths
      .filter((path) => path !== 'renderer/design/tokens.css')
      .flatMap((path) =>
        [...readFileSync(`${root}/${path}`, 'utf8').matchAll(literal)].map(([text]) => `${path}: ${text}`),
      );
    expect(found).toEqual([]);
  });

  test('a planted colour would be found', () => {
    for (const text of ['color: #fff;', 'background: rgb(0 0 0 / 0.5);', "const red = '#ff0000';"])
      expect(text.match(literal)).not.toBeNull();
    for (const text of ['href="#keys"', 'this.#cache = 1', 'var(--line)', '#root {', "'#123'"])
      expect(text.replace("'#123'", '').match(literal)).toBeNull();
  });

  test('every token that is used is there', () => {
    const known = new Set([
      ...Object.keys(tokensFor({ theme: 'dark', density: 'compact' })),
      // Set by the component that has them, or by the libraries around it.
      ...['columns', 'least', 'anchor-width', 'available-width', 'available-height', 'transform-origin'],
    ]);
    const unknown = paths
      .filter((path) => path.endsWith('.css'))
      .flatMap((path) =>
        [...readFileSync(`${root}/${path}`, 'utf8').matchAll(/var\(--([\w-]+)/g)]
          .map(([, name]) => name!)
          .filter((name) => !known.has(name) && !name.startsWith('flexlayout-'))
          .map((name) => `${path}: --${name}`),
      );
    expect(unknown).toEqual([]);
  });

  test('reports are drawn in the same colours as the app', () => {
    for (const [theme, palette] of [
      ['dark', DARK_PALETTE],
      ['light', LIGHT_PALETTE],
    ] as const) {
      const tokens = tokensFor({ theme });
      expect(palette).toMatchObject({
        background: tokens.panel,
        text: tokens.text,
        muted: tokens.muted,
        grid: tokens.grid,
        up: tokens.up,
        down: tokens.down,
        equity: tokens.equity,
        drawdown: tokens.drawdown,
        series: [1, 2, 3, 4, 5, 6].map((number) => tokens[`chart-${number}`]),
      });
    }
  });
});
