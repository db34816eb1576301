import type { Manifest, Reproduction, RunFile } from '../../shared/contract/schemas.ts';

/** The result files in the order in which a difference in one explains differences in the next. */
const COMPARED_FILES = ['orders.csv', 'fills.csv', 'trades.csv', 'equity.csv', 'statistics.json'] as const;
export type ComparedFile = (typeof COMPARED_FILES)[number] & RunFile;

/**
 * By hashes; where they differ, the first line in which the expected files and the repeated ones part. Without
 * expected files (`null`) the difference stays unnamed.
 */
export function compareRuns(
  expected: { readonly hashes: Manifest['results']; readonly file: (name: ComparedFile) => string | null },
  actual: { readonly hashes: Manifest['results']; readonly file: (name: ComparedFile) => string },
): Reproduction {
  const groups = Object.keys(expected.hashes) as (keyof Manifest['results'])[];
  if (groups.every((group) => expected.hashes[group] === actual.hashes[group]))
    return { identical: true, difference: null };
  for (const name of COMPARED_FILES) {
    const expectedText = expected.file(name);
    const difference = expectedText === null ? null : firstDifference(expectedText, actual.file(name));
    if (difference !== null) return { identical: false, difference: { file: name, ...difference } };
  }
  return { identical: false, difference: null };
}

/** First line (from 1) that differs; an absent line is empty. Null when the texts are equal. */
function firstDifference(
  expected: string,
  actual: string,
): { line: number; expected: string; actual: string } | null {
  if (expected === actual) return null;
  const expectedLines = expected.split('\n');
  const actualLines = actual.split('\n');
  const length = Math.max(expectedLines.length, actualLines.length);
  for (let i = 0; i < length; i++) {
    if (expectedLines[i] !== actualLines[i]) {
      return { line: i + 1, expected: expectedLines[i] ?? '', actual: actualLines[i] ?? '' };
    }
  }
  return null;
}
