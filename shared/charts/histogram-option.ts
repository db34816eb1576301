import type { ChartPalette } from './palette.ts';

const BINS = 31;

/** Distribution of trade results as bars: an odd number of equal bins around zero, so that none mixes won and lost. */
export function histogramOption(values: Float64Array, palette: ChartPalette) {
  const limit = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const width = (2 * limit) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor((value + limit) / width))]!++;
  const centre = (bin: number) => (bin - (BINS - 1) / 2) * width;
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { color: palette.muted, fontFamily: 'Inter Variable, Inter, system-ui, sans-serif' },
    grid: { left: 44, right: 12, top: 12, bottom: 26 },
    xAxis: {
      type: 'category',
      data: counts.map((_, bin) => centre(bin).toFixed(0).replace('-0', '0').replace('-', '\u2212')),
      axisLabel: { color: palette.muted, fontSize: 11, interval: 4 },
      axisLine: { lineStyle: { color: palette.grid } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: palette.muted, fontSize: 11 },
      splitLine: { lineStyle: { color: palette.grid } },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '12%',
        data: counts.map((count, bin) => ({
          value: count,
          itemStyle: {
            color:
              centre(bin) < -width / 4 ? palette.down : centre(bin) > width / 4 ? palette.up : palette.muted,
          },
        })),
      },
    ],
  };
}
