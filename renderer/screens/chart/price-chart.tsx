import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { candleOption } from '../../../shared/charts/candle-option.ts';
import type { RunSummary, Series } from '../../../shared/contract/schemas.ts';
import { counted } from '../../../shared/format/number.ts';
import { formatDate, instantIn } from '../../../shared/format/time.ts';
import { Chart } from '../../components/chart.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LinkPicker } from '../../components/link-picker.tsx';
import { currentClient } from '../../state/connection.ts';
import { chartShown, useChartRequests } from '../../state/navigation.ts';
import { usePane } from '../../state/pane.tsx';
import { usePalette } from '../../state/theme.ts';
import { useShownZone } from '../../state/zone.ts';
import { BarsTable } from './bars-table.tsx';
import { chartOf, summary } from './chart-data.ts';
import { IndicatorMenu, useIndicators } from './indicator-menu.tsx';
import { useElementHeight } from './use-element-height.ts';
import { usePointer } from './use-pointer.ts';
import { useTradeJumps } from './use-trade-jumps.ts';
import { useViewport } from './use-viewport.ts';
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
  const shown = useShownZone(series.ticker, series.every);
  const { zone } = shown;
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
  const { id: paneId } = usePane();
  const chartTime = useChartRequests(({ times }) => times[paneId] ?? null);

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
    chartShown(paneId);
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

  const drawn = useMemo(() => (viewport === null ? null : chartOf(viewport, zone)), [viewport, zone]);
  const option = useMemo(
    () => (drawn === null || height === 0 ? null : candleOption(drawn, palette, height)),
    [drawn, palette, height],
  );
  const buckets = drawn?.candles.time.length ?? 0;
  const total = viewport?.fills?.meta.total ?? 0;
  const isCrowded = drawn !== null && total > drawn.markers.length;
  const goToDate = (event: FormEvent) => {
    event.preventDefault();
    const midnight = Date.parse(`${dateField.current?.value}T00:00:00Z`);
    if (!Number.isNaN(midnight)) void centreOn(instantIn(zone, midnight));
    area.current?.focus();
  };

  return (
    <div className="chart-screen" data-testid="screen-chart">
      <div className="toolbar">
        <LinkPicker />
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
            key={series.id}
            ref={dateField}
            type="date"
            aria-label="Go to date (G)"
            title="Go to date (G)"
            min={formatDate(series.first, zone)}
            max={formatDate(series.last, zone)}
            defaultValue={formatDate(series.last, zone)}
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
          shown={shown}
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
          <BarsTable viewport={viewport} shown={shown} />
        </div>
      ) : (
        <div
          ref={area}
          className="chart-area"
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is driven by keys
          tabIndex={0}
          aria-label={summary(series, drawn?.candles ?? null, total, zone)}
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
