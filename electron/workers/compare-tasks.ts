import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reproduction } from '../../shared/contract/schemas.ts';
import type { StoredRun } from '../../shared/contract/stored-run.ts';
import { RESULT_TABLES } from '../../shared/export/result-tables.ts';
import { statisticsJson } from '../../shared/export/statistics-json.ts';
import { type ComparedFile, compareRuns } from '../export/compare-runs.ts';
import type { ReaderTasks } from './tasks.ts';

/** A stored run against its repetition. */
export function compareStored(stored: StoredRun, again: StoredRun): Reproduction {
  return compareRuns(sideOf(stored), sideOf(again));
}

/** A manifest's hashes, and the files in its folder where there are any, against its repetition. */
export function compareWithFiles({
  expected,
  folder,
  again,
}: ReaderTasks['compareWithFiles']['input']): Reproduction {
  const file = (name: ComparedFile) => {
    if (folder === null) return null;
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return null; // an absent file cannot say where the difference is; the hashes still say that there is one
    }
  };
  return compareRuns({ hashes: expected, file }, sideOf(again));
}

function sideOf({ manifest, result, statistics }: StoredRun) {
  return {
    hashes: manifest.results,
    file: (name: ComparedFile) =>
      name === 'statistics.json' ? statisticsJson(statistics) : RESULT_TABLES[name].text(result),
  };
}
