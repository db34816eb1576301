import { BarChart, CandlestickChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AxisPointerComponent,
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type HTMLAttributes, useEffect, useRef } from 'react';

use([
  BarChart,
  CandlestickChart,
  LineChart,
  ScatterChart,
  AxisPointerComponent,
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

interface ChartProps extends HTMLAttributes<HTMLDivElement> {
  readonly option: EChartsCoreOption | null;
  /** Called once with the chart, to listen to its events. */
  readonly onChart?: (chart: EChartsType) => void;
}

/** ECharts' life inside an element: made once, resized with it, given each new option, disposed of. */
export function Chart({ option, onChart, ...attributes }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart lives as long as its element
  useEffect(() => {
    const made = init(element.current);
    chart.current = made;
    onChart?.(made);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current!);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    if (option === null) chart.current?.clear();
    else chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  return (
    <div {...attributes}>
      <div className="chart-canvas" ref={element} />
    </div>
  );
}
