import { counted, formatCompact, formatPrice, formatSigned } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { type ShownZone, zoneAt } from '../../state/zone.ts';
import { indicatorLabel } from './indicator-menu.tsx';
import type { Viewport } from './use-viewport.ts';

/** The bar under the crosshair, or the last one in view, in figures. */
export function ValueStrip({
  viewport,
  shown,
  bucket,
  colors,
}: {
  readonly viewport: Viewport;
  readonly shown: ShownZone;
  readonly bucket: number;
  readonly colors: readonly string[];
}) {
  const { columns, meta } = viewport.bars;
  const at = (name: string) => columns[name]?.[bucket] ?? Number.NaN;
  const open = at('open');
  const close = at('close');
  const change = 100 * (close / open - 1);
  const bars = (columns.bar?.[bucket + 1] ?? meta.toBar) - at('bar');
  return (
    <div className="value-strip">
      <span title={zoneAt(shown, at('time'))}>
        {formatMinute(at('time'), shown.zone)} <span className="muted">{shown.label}</span>
      </span>
      <span>
        O <b>{formatPrice(open)}</b>
      </span>
      <span>
        H <b>{formatPrice(at('high'))}</b>
      </span>
      <span>
        L <b>{formatPrice(at('low'))}</b>
      </span>
      <span>
        C <b>{formatPrice(close)}</b>
      </span>
      <span className={change < 0 ? 'down' : 'up'}>
        {change < 0 ? '▼' : '▲'} {formatSigned(change, 2)} %
      </span>
      {columns.volume !== undefined && (
        <span>
          V <b>{formatCompact(at('volume'))}</b>
        </span>
      )}
      {viewport.indicators.map((indicator, index) => (
        <span key={indicatorLabel(indicator)} style={{ color: colors[index % colors.length] }}>
          {indicatorLabel(indicator)} <b>{formatPrice(Number(at(`i${index}`).toPrecision(8)))}</b>
        </span>
      ))}
      {meta.barsPerBucket > 1 && <span className="muted">1 candle = {counted(bars, 'bar')}</span>}
    </div>
  );
}
