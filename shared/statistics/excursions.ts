import type { TradeColumns } from '../backtest/result.ts';
import { figure } from './figure.ts';
import type { Statistic } from './statistic.ts';

/**
 * How far closed trades went against (MAE) and for (MFE) their position while held, at bar lows and highs, in money before
 * commission; and the edge ratio, average favourable over average adverse. Sweeney (1996).
 */
export function excursionStatistics({
  length,
  isOpen,
  maxAdverse,
  maxFavourable,
}: TradeColumns): Statistic[] {
  let [count, adverse, favourable] = [0, 0, 0];
  let [worst, best] = [0, 0];
  for (let row = 0; row < length; row++) {
    if (isOpen[row] === 1) continue;
    count++;
    adverse += maxAdverse[row]!;
    favourable += maxFavourable[row]!;
    worst = Math.min(worst, maxAdverse[row]!);
    best = Math.max(best, maxFavourable[row]!);
  }
  const missing = count === 0 ? 'not enough data: no closed trade' : null;
  const head = { group: 'trade', unit: 'money' } as const;
  const which = 'open profit of each closed trade while held, at bar lows and highs, before commission';
  return [
    figure(
      { id: 'averageAdverse', label: 'Average MAE', ...head, convention: `Worst ${which}: average.` },
      adverse / count,
      missing,
    ),
    figure(
      { id: 'worstAdverse', label: 'Worst MAE', ...head, convention: `Worst ${which}: the lowest.` },
      worst,
      missing,
    ),
    figure(
      { id: 'averageFavourable', label: 'Average MFE', ...head, convention: `Best ${which}: average.` },
      favourable / count,
      missing,
    ),
    figure(
      { id: 'bestFavourable', label: 'Best MFE', ...head, convention: `Best ${which}: the highest.` },
      best,
      missing,
    ),
    figure(
      {
        id: 'edgeRatio',
        label: 'Edge ratio',
        group: 'trade',
        unit: 'ratio',
        convention:
          'Average best open profit of the closed trades over the size of the average worst (MFE / MAE), in money.',
      },
      favourable / -adverse,
      missing ?? (adverse === 0 ? 'undefined: no trade was ever at a loss' : null),
    ),
  ];
}
