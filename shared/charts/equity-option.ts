import type { ChartPalette } from './palette.ts';

export interface EquityCurve {
  /** Epoch ms UTC, money, and percent at or below zero; all of one length. */
  readonly time: Float64Array;
  readonly equity: Float64Array;
  readonly drawdown: Float64Array;
  readonly startingCash: number;
}

/** Equity above, drawdown below, on one time axis. A plain ECharts option; `zoomable` adds wheel and drag. */
export function equityOption(
  curve: EquityCurve,
  palette: ChartPalette,
  { zoomable }: { readonly zoomable: boolean },
) {
  const { time, equity, drawdown, startingCash } = curve;
  const pairs = (values: Float64Array) => Array.from(time, (at, i) => [at, values[i]!]);
  const line = { type: 'line', showSymbol: false, animation: false } as const;
  return {
    animation: false,
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { color: palette.muted, fontFamily: 'Inter Variable, Inter, system-ui, sans-serif' },
    grid: [
      { left: 76, right: 16, top: 14, height: '58%' },
      { left: 76, right: 16, top: '72%', bottom: 26 },
    ],
    xAxis: [timeAxis(palette, 0, false), timeAxis(palette, 1, true)],
    yAxis: [valueAxis(palette, 0, ''), { ...valueAxis(palette, 1, ' %'), max: 0 }],
    ...(zoomable ? interaction(palette) : {}),
    series: [
      {
        ...line,
        name: 'Equity',
        xAxisIndex: 0,
        yAxisIndex: 0,
        data: pairs(equity),
        lineStyle: { color: palette.equity, width: 1.5 },
        itemStyle: { color: palette.equity },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: palette.muted, type: 'dashed', width: 1 },
          data: [{ yAxis: startingCash }],
        },
      },
      {
        ...line,
        name: 'Drawdown',
        xAxisIndex: 1,
        yAxisIndex: 1,
        data: pairs(drawdown),
        lineStyle: { color: palette.drawdown, width: 1 },
        itemStyle: { color: palette.drawdown },
        areaStyle: { color: palette.drawdown, opacity: 0.25 },
      },
    ],
  };
}

/** Crosshair over both panes, values at the pointer, wheel and drag to zoom. */
function interaction(palette: ChartPalette) {
  return {
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: palette.muted } },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.background,
      borderColor: palette.grid,
      textStyle: { color: palette.text, fontSize: 12 },
      valueFormatter: thousands,
    },
    dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], filterMode: 'none' }],
  };
}

/** Times are epoch ms and labelled in UTC, whatever the machine's zone. */
function timeAxis(palette: ChartPalette, gridIndex: number, labelled: boolean) {
  return {
    type: 'time',
    gridIndex,
    axisLine: { lineStyle: { color: palette.grid } },
    axisTick: { show: labelled, lineStyle: { color: palette.grid } },
    axisLabel: { show: labelled, color: palette.muted, hideOverlap: true, fontSize: 11 },
    splitLine: { show: false },
  };
}

function valueAxis(palette: ChartPalette, gridIndex: number, suffix: string) {
  return {
    type: 'value',
    gridIndex,
    scale: true,
    splitNumber: gridIndex === 0 ? 4 : 2,
    axisLabel: {
      color: palette.muted,
      fontSize: 11,
      formatter: (value: number) => `${thousands(value)}${suffix}`,
    },
    splitLine: { lineStyle: { color: palette.grid } },
  };
}

/** `-12 345.5` with a true minus sign and thin spaces. */
function thousands(value: number): string {
  const text = String(Math.abs(Math.round(value * 100) / 100));
  const [whole = '', part] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u2009');
  return `${value < 0 ? '\u2212' : ''}${grouped}${part === undefined ? '' : `.${part}`}`;
}
