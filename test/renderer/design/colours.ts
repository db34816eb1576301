import { readFileSync } from 'node:fs';

/** Tokens of `renderer/design/tokens.css` as a browser would resolve them, without a browser. */
export type Attributes = Readonly<Record<string, string>>;

interface Rule {
  readonly wants: Attributes;
  readonly order: number;
  readonly values: Readonly<Record<string, string>>;
}

const css = readFileSync(new URL('../../../renderer/design/tokens.css', import.meta.url), 'utf8');

const rules: readonly Rule[] = [
  ...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{([^{}]*)\}/g),
].flatMap(([, selectors = '', body = ''], order) => {
  const values = Object.fromEntries(
    [...body.matchAll(/--([\w-]+)\s*:\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]),
  );
  return selectors
    .split(',')
    .map((selector) => selector.trim())
    .filter((selector) => selector.startsWith(':root'))
    .map((selector) => ({
      order,
      values,
      wants: Object.fromEntries(
        [...selector.matchAll(/\[data-([\w-]+)="([\w-]+)"\]/g)].map(([, name, value]) => [name!, value!]),
      ),
    }));
});

/** All tokens where the document has these attributes. */
export function tokensFor(attributes: Attributes): Record<string, string> {
  const matching = rules
    .filter(({ wants }) => Object.entries(wants).every(([name, value]) => attributes[name] === value))
    .sort((a, b) => Object.keys(a.wants).length - Object.keys(b.wants).length || a.order - b.order);
  return Object.assign({}, ...matching.map(({ values }) => values));
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rrggbb` as linear light, 0 to 1. */
export function linear(hex: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (match === null) throw new Error(`${hex} is no #rrggbb`);
  const channel = (text: string) => {
    const value = Number.parseInt(text, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(match[1]!), channel(match[2]!), channel(match[3]!)];
}

const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Contrast ratio of WCAG 2.2, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

/**
 * How colours look without one kind of cone: Machado, Oliveira and Fernandes, "A physiologically-based model for
 * simulation of color vision deficiency", 2009, severity 1, on linear light.
 */
export const BLINDNESS = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

export function seenWith(kind: keyof typeof BLINDNESS | 'full', [red, green, blue]: Rgb): Rgb {
  if (kind === 'full') return [red, green, blue];
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const [r, g, b] = BLINDNESS[kind].map((row) => clamp(row[0] * red + row[1] * green + row[2] * blue));
  return [r!, g!, b!];
}

/** CIELAB under D65. */
function lab([red, green, blue]: Rgb): Rgb {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116);
  const x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = f(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = f((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 colour difference; about 2.3 is just noticeable side by side. */
export function difference(one: Rgb, other: Rgb): number {
  const a = lab(one);
  const b = lab(other);
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
