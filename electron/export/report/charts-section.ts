import type { EChartsCoreOption } from 'echarts/core';
import type { BacktestResult } from '../../../shared/backtest/result.ts';
import { equityOption } from '../../../shared/charts/equity-option.ts';
import { histogramOption } from '../../../shared/charts/histogram-option.ts';
import { type ChartPalette, DARK_PALETTE, LIGHT_PALETTE } from '../../../shared/charts/palette.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { thinEquity } from '../../../shared/statistics/thin-equity.ts';
import { chartSvg } from './chart-svg.ts';
import { escapeHtml } from './html.ts';

const MAX_POINTS = 2_000;
const WIDTH = 1_120;

/** Equity with drawdown, and the distribution of trade results; each drawn for light and for dark. */
export function drawnCharts({ equity, ledger, trades }: BacktestResult): string {
  const curve = { ...thinEquity(equity, ledger.startingCash, MAX_POINTS), startingCash: ledger.startingCash };
  const nets = trades.net.filter((_, i) => trades.isOpen[i] === 0);
  const summary = `Equity from ${formatNumber(ledger.startingCash, 0)} to ${formatNumber(ledger.finalEquity, 0)}, with its drawdown below`;
  const both = (
    id: string,
    label: string,
    height: number,
    option: (palette: ChartPalette) => EChartsCoreOption,
  ) =>
    `<div role="img" aria-label="${escapeHtml(label)}"><div class="light">${chartSvg(option(LIGHT_PALETTE), `${id}-light`, WIDTH, height)}</div><div class="dark">${chartSvg(option(DARK_PALETTE), `${id}-dark`, WIDTH, height)}</div></div>`;
  const distribution =
    nets.length === 0
      ? '<p>No closed trades.</p>'
      : both('trades', `Distribution of ${nets.length} trade results`, 220, (palette) =>
          histogramOption(nets, palette),
        );
  return `<section><h2>Equity and drawdown</h2>${both('equity', summary, 420, (palette) => equityOption(curve, palette, { zoomable: false }))}</section>
<section><h2>Results of closed trades, net</h2>${distribution}</section>`;
}
