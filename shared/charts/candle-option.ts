import type { ChartPalette } from './palette.ts';

export interface CandleData {
  /** One value per bucket; times are epoch ms UTC of the bucket's first bar. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array | null;
}

export interface IndicatorLine {
  readonly label: string;
  /** `price` lines lie over the candles, `own` ones get a pane below. */
  readonly pane: 'price' | 'own';
  readonly values: Float64Array;
}

/** A fill of the shown run: `bucket` is its place on the axis, `size` is signed. */
export interface FillMarker {
  readonly bucket: number;
  readonly price: number;
  readonly size: number;
}

export interface CandleChart {
  readonly candles: CandleData;
  readonly indicators: readonly IndicatorLine[];
  readonly markers: readonly FillMarker[];
  /** `2024-07-01 07:31` on the clocks that are shown; the axis shows as much of it as there is room for. */
  readonly timeText: (time: number) => string;
}

/** Space to the left and right of the panes in pixels: what turns a pointer's x into a bar. */
export const CANDLE_MARGIN = { left: 10, right: 72 } as const;
const PANE_GAP = 18;
const AXIS_HEIGHT = 24;
const LOWER_PANE_SHARE = 0.16;

/**
 * Candles (hollow up, filled down), volume, indicators and fills on one axis of buckets, so that nights and gaps take no
 * room. A plain ECharts option for an area `height` pixels high; zooming and panning are the caller's.
 */
export function candleOption(
  { candles, indicators, markers, timeText }: CandleChart,
  palette: ChartPalette,
  height: number,
) {
  const lower = [
    ...(candles.volume === null ? [] : ['volume' as const]),
    ...indicators.filter(({ pane }) => pane === 'own'),
  ];
  const panes = layout(lower.length, height);
  const labels = Array.from(candles.time, (time) => timeText(time));
  const priceLines = indicators.filter(({ pane }) => pane === 'price');
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { color: palette.muted, fontFamily: 'Inter Variable, Inter, system-ui, sans-serif' },
    grid: panes.map(({ top, height: paneHeight }) => ({
      ...CANDLE_MARGIN,
      top,
      height: paneHeight,
      outerBoundsMode: 'none',
    })),
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    tooltip: {
      trigger: 'axis',
      showContent: false,
      axisPointer: {
        type: 'cross',
        lineStyle: { color: palette.muted },
        crossStyle: { color: palette.muted },
        label: { backgroundColor: palette.muted, color: palette.background, fontSize: 11 },
      },
    },
    xAxis: panes.map((_, pane) => bucketAxis(labels, pane, pane === panes.length - 1, palette)),
    yAxis: panes.map((_, pane) => priceAxis(pane, palette)),
    series: [
      candleSeries(candles, palette),
      ...priceLines.map((line, index) => lineSeries(line, 0, palette.series[index % palette.series.length]!)),
      ...lower.map((pane, index) =>
        pane === 'volume'
          ? volumeSeries(candles, index + 1, palette)
          : lineSeries(pane, index + 1, palette.series[(priceLines.length + index) % palette.series.length]!),
      ),
      markerSeries(markers, candles, palette),
    ],
  };
}

function layout(lowerPanes: number, height: number): { top: number; height: number }[] {
  const usable = Math.max(120, height - AXIS_HEIGHT - 8);
  const lower = Math.round(usable * LOWER_PANE_SHARE);
  const main = usable - lowerPanes * (lower + PANE_GAP);
  const panes = [{ top: 8, height: main }];
  for (let pane = 0; pane < lowerPanes; pane++) {
    panes.push({ top: 8 + main + PANE_GAP + pane * (lower + PANE_GAP), height: lower });
  }
  return panes;
}

function bucketAxis(labels: readonly string[], pane: number, labelled: boolean, palette: ChartPalette) {
  return {
    type: 'category',
    gridIndex: pane,
    data: labels,
    boundaryGap: true,
    axisLine: { lineStyle: { color: palette.grid } },
    axisTick: { show: false },
    axisLabel: {
      show: labelled,
      color: palette.muted,
      fontSize: 11,
      hideOverlap: true,
      interval: Math.max(0, Math.floor(labels.length / 8) - 1),
      alignMinLabel: 'left',
      alignMaxLabel: 'right',
    },
    splitLine: { show: false },
    axisPointer: { label: { show: labelled } },
  };
}

function priceAxis(pane: number, palette: ChartPalette) {
  return {
    type: 'value',
    gridIndex: pane,
    position: 'right',
    scale: true,
    splitNumber: pane === 0 ? 6 : 2,
    axisLine: { show: false },
    axisLabel: { color: palette.muted, fontSize: 11, ...(pane === 0 ? {} : { formatter: compact }) },
    splitLine: { lineStyle: { color: palette.grid } },
    axisPointer: { label: { show: pane === 0 } },
  };
}

function candleSeries({ open, high, low, close, time }: CandleData, palette: ChartPalette) {
  return {
    type: 'candlestick',
    name: 'Price',
    xAxisIndex: 0,
    yAxisIndex: 0,
    barMaxWidth: 14,
    itemStyle: {
      color: 'transparent',
      borderColor: palette.up,
      color0: palette.down,
      borderColor0: palette.down,
      borderColorDoji: palette.muted,
    },
    data: Array.from(time, (_, i) => [open[i]!, close[i]!, low[i]!, high[i]!]),
  };
}

function volumeSeries({ volume, open, close }: CandleData, pane: number, palette: ChartPalette) {
  return {
    type: 'bar',
    name: 'Volume',
    xAxisIndex: pane,
    yAxisIndex: pane,
    barMaxWidth: 14,
    data: Array.from(volume!, (value, i) => ({
      value,
      itemStyle: { color: close[i]! >= open[i]! ? palette.up : palette.down, opacity: 0.6 },
    })),
  };
}

function lineSeries({ label, values }: IndicatorLine, pane: number, color: string) {
  return {
    type: 'line',
    name: label,
    xAxisIndex: pane,
    yAxisIndex: pane,
    showSymbol: false,
    lineStyle: { color, width: 1.25 },
    itemStyle: { color },
    data: Array.from(values, (value) => (Number.isNaN(value) ? '-' : value)),
  };
}

/** Buys point up from below the candle, sells down from above: direction and place, not colour alone. */
function markerSeries(markers: readonly FillMarker[], { high, low }: CandleData, palette: ChartPalette) {
  return {
    type: 'scatter',
    name: 'Fills',
    xAxisIndex: 0,
    yAxisIndex: 0,
    symbol: 'triangle',
    symbolSize: 11,
    z: 10,
    data: markers.map(({ bucket, size }) => {
      const isBuy = size > 0;
      return {
        value: [bucket, isBuy ? low[bucket]! : high[bucket]!],
        symbolRotate: isBuy ? 0 : 180,
        symbolOffset: [0, isBuy ? 10 : -10],
        itemStyle: {
          color: isBuy ? palette.up : palette.down,
          borderColor: palette.background,
          borderWidth: 1,
          opacity: 1,
        },
      };
    }),
  };
}

function compact(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${value / 1e6}M`;
  return size >= 1e3 ? `${value / 1e3}k` : String(value);
}
