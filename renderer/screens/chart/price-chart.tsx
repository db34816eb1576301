import {
  type FormEvent,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { CANDLE_MARGIN, type CandleData, candleOption } from '../../../shared/charts/candle-option.ts';
import type { RunSummary, Series } from '../../../shared/contract/schemas.ts';
import { counted } from '../../../shared/format/number.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { Chart } from '../../components/chart.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { currentClient } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePalette } from '../../state/theme.ts';
import { BarsTable } from './bars-table.tsx';
import { IndicatorMenu, indicatorLabel, useIndicators } from './indicator-menu.tsx';
import { useElementHeight } from './use-element-height.ts';
import { useTradeJumps } from './use-trade-jumps.ts';
import { useViewport, type Viewport } from './use-viewport.ts';
import { useWindow, zoomed } from './use-window.ts';
import { ValueStrip } from './value-strip.tsx';

const MAX_BUCKETS = 1_000;
const JUMP_BARS = 240;

interface PriceChartProps {
  readonly series: Series;
  readonly all: readonly Series[];
  readonly run: RunSummary | null;
  readonly onSeries: (seriesId: string) => void;
}

export function PriceChart({ series, all, run, onSeries }: PriceChartProps) {
  const palette = usePalette();
  const { list: indicators } = useIndicators();
  const { window, set } = useWindow(`${series.id}:${series.contentHash}`, series.bars);
  const { viewport, error } = useViewport({
    seriesId: series.id,
    window,
    indicators,
    runId: run?.id ?? null,
    maxBuckets: MAX_BUCKETS,
  });
  const [hovered, setHovered] = useState<number | null>(null);
  const [asTable, setAsTable] = useState(false);
  const dateField = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const height = useElementHeight(area);
  const { chartTime, chartTimeShown } = useNavigation();

  const centreOn = async (time: number) => {
    const { bar } = await currentClient().data.locate({ seriesId: series.id, time });
    const length = Math.min(
      globalThis.window.innerWidth,
      Math.max(JUMP_BARS, Math.min(window.to - window.from, 600)),
    );
    set({ from: bar - length / 2, to: bar + length / 2 });
  };
  const jumpTrade = useTradeJumps(run, series, (window.from + window.to) / 2, centreOn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a jump asked for elsewhere is made once
  useEffect(() => {
    if (chartTime === null) return;
    void centreOn(chartTime);
    chartTimeShown();
    area.current?.focus();
  }, [chartTime]);

  const length = window.to - window.from;
  const pan = (bars: number) => set({ from: window.from + bars, to: window.to + bars });
  const zoom = (factor: number, share: number) => set(zoomed(window, factor, share));
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = length * (event.shiftKey ? 1 : 0.1);
    const actions: Record<string, () => void> = {
      ArrowLeft: () => pan(-step),
      ArrowRight: () => pan(step),
      '+': () => zoom(0.8, 0.5),
      '=': () => zoom(0.8, 0.5),
      '-': () => zoom(1.25, 0.5),
      Home: () => set({ from: 0, to: length }),
      End: () => set({ from: series.bars - length, to: series.bars }),
      '0': () => set({ from: 0, to: series.bars }),
      '[': () => void jumpTrade(-1),
      ']': () => void jumpTrade(1),
      g: () => dateField.current?.focus(),
      t: () => setAsTable(!asTable),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  const pointer = usePointer(area, window, { pan, zoom });

  const drawn = useMemo(() => (viewport === null ? null : chartOf(viewport)), [viewport]);
  const option = useMemo(
    () => (drawn === null || height === 0 ? null : candleOption(drawn, palette, height)),
    [drawn, palette, height],
  );
  const buckets = drawn?.candles.time.length ?? 0;
  const total = viewport?.fills?.meta.total ?? 0;
  const isCrowded = drawn !== null && total > drawn.markers.length;
  const goToDate = (event: FormEvent) => {
    event.preventDefault();
    const time = Date.parse(`${dateField.current?.value}T00:00:00Z`);
    if (!Number.isNaN(time)) void centreOn(time);
    area.current?.focus();
  };

  return (
    <div className="chart-screen" data-testid="screen-chart">
      <div className="toolbar">
        <select
          aria-label="Series"
          className="series-select"
          value={series.id}
          onChange={({ target }) => onSeries(target.value)}
        >
          {all.map(({ id, ticker, every }) => (
            <option key={id} value={id}>
              {ticker} {every}
            </option>
          ))}
        </select>
        <IndicatorMenu colors={palette.series} />
        <form onSubmit={goToDate}>
          <input
            ref={dateField}
            type="date"
            aria-label="Go to date (G)"
            title="Go to date (G)"
            min={formatDate(series.first)}
            max={formatDate(series.last)}
            defaultValue={formatDate(series.last)}
          />
        </form>
        <span className="toolbar-note muted">
          {run === null
            ? 'no run on this series'
            : `${run.strategyName}: ${counted(total, 'fill')} in view${isCrowded ? ', zoom in to see them' : ''}`}
        </span>
      </div>
      <ErrorNotice error={error} />
      {viewport !== null && (
        <ValueStrip
          viewport={viewport}
          bucket={Math.min(hovered ?? buckets - 1, buckets - 1)}
          colors={palette.series}
        />
      )}
      {asTable && viewport !== null ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: T leads back to the chart from anywhere in the table
        <div
          className="chart-area"
          onKeyDown={(event) => event.key.toLowerCase() === 't' && setAsTable(false)}
        >
          <BarsTable viewport={viewport} />
        </div>
      ) : (
        <div
          ref={area}
          className="chart-area"
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is driven by keys
          tabIndex={0}
          aria-label={summary(series, drawn?.candles ?? null, total)}
          data-testid="price-chart"
          data-buckets={buckets}
          data-markers={drawn?.markers.length ?? 0}
          onKeyDown={onKey}
          {...pointer}
        >
          <Chart
            className="chart-fill"
            option={option}
            onChart={(chart) => {
              chart.on('updateAxisPointer', (event) =>
                setHovered(((event as { dataIndex?: number }).dataIndex ?? null) as number | null),
              );
              chart.getZr().on('globalout', () => setHovered(null));
            }}
          />
        </div>
      )}
      <p className="key-hints muted">
        drag or <kbd>←</kbd> <kbd>→</kbd> pan · wheel or <kbd>+</kbd> <kbd>−</kbd> zoom · <kbd>0</kbd> all ·{' '}
        <kbd>[</kbd> <kbd>]</kbd> trades · <kbd>G</kbd> date · <kbd>T</kbd> table
      </p>
    </div>
  );
}

function chartOf({ bars, fills, indicators }: Viewport) {
  const { columns, meta } = bars;
  const column = (name: string) => columns[name] as Float64Array;
  const bucketOf = (bar: number) => Math.floor((bar - meta.fromBar) / meta.barsPerBucket);
  const candles: CandleData = {
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: (columns.volume as Float64Array | undefined) ?? null,
  };
  const markers = Array.from(fills?.columns.bar ?? [], (bar, i) => ({
    bucket: bucketOf(bar),
    price: fills!.columns.price![i]!,
    size: fills!.columns.size![i]!,
  })).filter(({ bucket }) => bucket >= 0 && bucket < candles.time.length);
  return {
    candles,
    markers,
    indicators: indicators.map((indicator, index) => ({
      label: indicatorLabel(indicator),
      pane: indicator.kind === 'sma' || indicator.kind === 'ema' ? ('price' as const) : ('own' as const),
      values: column(`i${index}`),
    })),
  };
}

function summary({ ticker, every }: Series, candles: CandleData | null, fills: number): string {
  const count = candles?.time.length ?? 0;
  if (candles === null || count === 0) return `${ticker} ${every}, no bars in view`;
  const change = 100 * (candles.close[count - 1]! / candles.open[0]! - 1);
  return `${ticker} ${every}, ${formatDate(candles.time[0]!)} to ${formatDate(candles.time[count - 1]!)}, ${change < 0 ? 'down' : 'up'} ${Math.abs(change).toFixed(1)} percent, ${fills} fills. Press T for a table.`;
}

interface Moves {
  readonly pan: (bars: number) => void;
  readonly zoom: (factor: number, share: number) => void;
}

/** Wheel zooms at the pointer, dragging pans. */
function usePointer(
  area: React.RefObject<HTMLDivElement | null>,
  window: { from: number; to: number },
  { pan, zoom }: Moves,
) {
  const last = useRef<number | null>(null);
  const latest = useRef({ window, pan, zoom });
  latest.current = { window, pan, zoom };
  const plotWidth = () =>
    Math.max(1, (area.current?.clientWidth ?? 1) - CANDLE_MARGIN.left - CANDLE_MARGIN.right);
  // A wheel listener that may prevent scrolling has to be attached by hand: React's are passive. After every render,
  // because the table takes the chart's place.
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const share = Math.min(
        1,
        Math.max(
          0,
          (event.clientX - element.getBoundingClientRect().left - CANDLE_MARGIN.left) / plotWidth(),
        ),
      );
      const { window: current, ...moves } = latest.current;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY))
        moves.pan(((current.to - current.from) * event.deltaX) / plotWidth());
      else moves.zoom(1.0015 ** event.deltaY, share);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  });
  return {
    onPointerDown: (event: PointerEvent) => {
      last.current = event.clientX;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (last.current === null) return;
      const bars = ((window.to - window.from) * (last.current - event.clientX)) / plotWidth();
      last.current = event.clientX;
      pan(bars);
    },
    onPointerUp: () => {
      last.current = null;
    },
  };
}
