import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface GoldenFolder {
  /** `compact`: the excerpt in this repository; `full`: the complete set outside it. */
  readonly set: 'compact' | 'full';
  readonly path: string;
}

/**
 * The folders that hold reference results of one family. The compact set lies in test/golden/data; the full one in
 * `$HINDSIGHT_GOLDEN`, by default `../shared/golden` beside the repository, and is skipped, loudly, where it is missing.
 */
export function goldenFolders(family: string): GoldenFolder[] {
  const compact = { set: 'compact', path: join(ROOT, 'test/golden/data', family) } as const;
  const given = resolve(ROOT, process.env.HINDSIGHT_GOLDEN ?? '../shared/golden');
  // The folder of all families, that of this family, or that of its scenarios.
  const places = [resolve(given, family), ...(family === 'backtrader' ? [given, resolve(given, '..')] : [])];
  const full = places.find((place) =>
    family === 'backtrader' ? existsSync(join(place, 'scenarios')) : existsSync(place),
  );
  if (full !== undefined) return [compact, { set: 'full', path: full }];
  process.stderr.write(
    `SKIPPED: the full golden set of ${family}; there is none in ${given}. Set HINDSIGHT_GOLDEN to its folder.\n`,
  );
  return [compact];
}

/** Names of the files of a folder that end in one of the given endings, sorted. */
export function filesOf(folder: string, ...endings: string[]): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort();
}

/** Text of a file, unpacked where its name ends in .gz. */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
