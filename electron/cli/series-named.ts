import { AppError } from '../../shared/contract/errors.ts';
import type { Series } from '../../shared/contract/schemas.ts';
import type { App } from '../services/create-app.ts';
import type { Invocation } from './command-line.ts';
import { UsageError } from './usage-error.ts';

/** The one series of a ticker; with several intervals the user must say which. */
export async function seriesNamed(app: App, { words, values }: Invocation): Promise<Series> {
  const [ticker] = words;
  if (ticker === undefined) throw new UsageError('Name a ticker, as in hindsight data show AAL.L.');
  const all = (await app.series.list()).filter((series) => series.ticker === ticker);
  const every = values.every as string | undefined;
  if (every === undefined && all.length > 1) {
    throw new AppError(
      'bad-request',
      `The library holds ${ticker} as ${all.map((series) => series.every).join(', ')}`,
      {
        field: 'every',
        hint: `Say which with --every ${all[0]!.every}.`,
      },
    );
  }
  return app.series.find(ticker, every ?? all[0]?.every ?? '1m');
}
