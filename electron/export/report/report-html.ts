import type { Manifest } from '../../../shared/contract/schemas.ts';
import type { StoredRun } from '../../../shared/contract/stored-run.ts';
import { assumptions } from '../../../shared/format/assumptions.ts';
import { costText } from '../../../shared/format/cost.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatDate, formatMinute } from '../../../shared/format/time.ts';
import { drawnCharts } from './charts-section.ts';
import { escapeHtml as e } from './html.ts';
import { REPORT_CSS } from './report-css.ts';
import { figuresTable, headlineFigures, monthsTable, slotsTable, tradesTable, trustTable } from './tables.ts';

/**
 * One HTML file that opens offline: no script, no request, everything inline, every outside text escaped. Depends on
 * the run alone, so the same run gives the same bytes.
 */
export function reportHtml({ manifest, trust, statistics, result }: StoredRun): string {
  const title = `${manifest.strategyName} on ${result.tickers.join(', ')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${e(title)} – Hindsight</title>
<style>${REPORT_CSS}</style>
</head>
<body>
<main>
<header>
<h1>${e(title)}</h1>
<p class="setup">${e(setupSentence(manifest))}</p>
</header>
<section aria-label="Headline figures" class="headline">${headlineFigures(statistics)}</section>
<section><h2>How far to trust it</h2>${trustTable(trust)}</section>
${drawnCharts(result)}
<section><h2>Returns by month, %</h2>${monthsTable(result)}</section>
<section class="pair">
<div><h2>By hour of entry, UTC</h2>${slotsTable(result, 'hour')}</div>
<div><h2>By weekday of entry</h2>${slotsTable(result, 'weekday')}<h2>By month of entry</h2>${slotsTable(result, 'month')}</div>
</section>
<section class="pair">
<div><h2>Best trades</h2>${tradesTable(result, 'best')}</div>
<div><h2>Worst trades</h2>${tradesTable(result, 'worst')}</div>
</section>
<section><h2>All figures and how they are computed</h2>${figuresTable(statistics)}</section>
<section><h2>How to run it again</h2>${reproduction(manifest)}</section>
</main>
</body>
</html>
`;
}

function setupSentence(manifest: Manifest): string {
  const { dataUsed, cash, commission, slippage, params, riskFreeRate } = manifest;
  const data = dataUsed
    .map(
      ({ ticker, every, bars, first, last }) =>
        `${ticker} ${every}, ${formatNumber(bars, 0)} bars, ${formatMinute(first)} to ${formatMinute(last)} UTC`,
    )
    .join('; ');
  const values = Object.entries(params).map(([name, value]) => `${name} ${shortText(String(value))}`);
  return [
    data,
    `cash ${formatNumber(cash, 0)}`,
    `commission ${costText(commission)}`,
    `slippage ${costText(slippage)}`,
    ...assumptions(manifest),
    `risk-free rate ${riskFreeRate * 100} %`,
    values.length === 0 ? 'no parameters' : values.join(', '),
  ].join(' · ');
}

/** A list of orders is a parameter, too. */
const shortText = (text: string) =>
  text.length > 60 ? `${text.slice(0, 60)} … (${text.length} characters)` : text;

function reproduction(manifest: Manifest): string {
  const { engineVersion, strategyFile, strategySha256, dataUsed, seed } = manifest;
  const rows = [
    ['engine', `Hindsight ${engineVersion}, seed ${seed}`],
    ['strategy', `${strategyFile}, SHA-256 ${strategySha256}`],
    ...dataUsed.map((data) => [
      `bars of ${data.ticker}`,
      `${formatDate(data.first)} to ${formatDate(data.last)}, SHA-256 ${data.sha256}`,
    ]),
  ];
  const cells = rows
    .map(([name, value]) => `<tr><th scope="row">${e(name!)}</th><td class="code">${e(value!)}</td></tr>`)
    .join('');
  return `<p>With manifest.json beside this file: <code>hindsight reproduce manifest.json</code> runs it again and says identical, or where it differs.</p><table>${cells}</table>`;
}
