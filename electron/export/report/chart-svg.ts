import { BarChart, LineChart } from 'echarts/charts'; // the charts of the app, drawn on the server side as SVG
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, BarChart, GridComponent, MarkLineComponent, SVGRenderer]);

/** An ECharts option as a standalone SVG element. `id` makes its inner ids unique in the page and stable between runs. */
export function chartSvg(option: EChartsCoreOption, id: string, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return renumbered(chart.renderToSVGString(), id);
  } finally {
    chart.dispose();
  }
}

/**
 * The renderer numbers its charts, classes and clip paths over the life of the process: left in, the bytes would depend
 * on what was drawn before. Here they are numbered by appearance.
 */
function renumbered(svg: string, id: string): string {
  const names = new Map<string, string>();
  return svg.replace(/\bzr\d+-[a-z]+-?\d+/g, (name) => {
    const known = names.get(name) ?? `${id}-${names.size}`;
    names.set(name, known);
    return known;
  });
}
