import { useMemo } from 'react';
import { equityOption } from '../../../shared/charts/equity-option.ts';
import type { EquityMeta } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { readFrame } from '../../api/frames.ts';
import { Chart } from '../../components/chart.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCall } from '../../components/use-call.ts';
import { usePalette } from '../../state/theme.ts';

const MAX_POINTS = 2_000;

/** Equity and, below it, how far under its highest point it was. */
export function EquityChart({ runId }: { readonly runId: string }) {
  const palette = usePalette();
  const { data: frame, error } = useCall(runId, async (client) =>
    readFrame<EquityMeta>(await client.runs.equity({ runId, maxPoints: MAX_POINTS })),
  );
  const option = useMemo(() => {
    if (frame === null) return null;
    const column = (name: string) => frame.columns[name] as Float64Array;
    return equityOption(
      {
        time: column('time'),
        equity: column('equity'),
        drawdown: column('drawdown'),
        startingCash: frame.meta.startingCash,
      },
      palette,
      { zoomable: true },
    );
  }, [frame, palette]);
  const points = frame?.columns.equity?.length ?? 0;
  const last = frame?.columns.equity?.at(-1) ?? null;
  const worst =
    frame === null
      ? null
      : (frame.columns.drawdown as Float64Array).reduce((low, value) => Math.min(low, value), 0);
  return (
    <>
      <ErrorNotice error={error} />
      <Chart
        className="equity-chart"
        option={option}
        data-testid="equity-chart"
        data-points={points}
        role="img"
        aria-label={
          frame === null
            ? 'Equity, loading'
            : `Equity from ${formatNumber(frame.meta.startingCash, 0)} to ${formatNumber(last, 0)}, deepest drawdown ${formatNumber(worst, 1)} percent`
        }
      />
    </>
  );
}
