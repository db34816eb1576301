import type { RunFile } from '../../shared/contract/schemas.ts';
import type { StoredRun } from '../../shared/contract/stored-run.ts';
import { analyzersJson } from '../../shared/export/analyzers-json.ts';
import { breakdownJson } from '../../shared/export/breakdown-json.ts';
import { RESULT_TABLES } from '../../shared/export/result-tables.ts';
import { statisticsJson } from '../../shared/export/statistics-json.ts';
import { reportHtml } from './report/report-html.ts';

/** The text of one exported file of a run; the same run always gives the same bytes. */
export async function runFileText(run: StoredRun, name: RunFile): Promise<string> {
  switch (name) {
    case 'manifest.json':
      return `${JSON.stringify(run.manifest, null, 2)}\n`;
    case 'statistics.json':
      return statisticsJson(run.statistics);
    case 'analyzers.json':
      return analyzersJson(run.result);
    case 'breakdown.json':
      return breakdownJson(run.result, run.manifest.riskFreeRate);
    case 'trust.json':
      return `${JSON.stringify(run.trust, null, 2)}\n`;
    case 'report.html':
      return reportHtml(run);
    default:
      return RESULT_TABLES[name].text(run.result);
  }
}
