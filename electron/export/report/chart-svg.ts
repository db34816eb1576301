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
    // The renderer numbers its instances over the life of the process: left in, the bytes would depend on history.
    return chart.renderToSVGString().replace(/\bzr\d+-/g, `${id}-`);
  } finally {
    chart.dispose();
  }
}
