import { type Instrument, InstrumentChangeSchema } from '../../../shared/contract/schemas.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';

export const INSTRUMENT_OPTIONS = {
  calendar: { type: 'string' },
  currency: { type: 'string' },
  sector: { type: 'string' },
} as const;

/** What is known of instruments; with options, what the user says of one. `guess` takes a saying back. */
export async function instrument(app: App, { words, values, json }: Invocation): Promise<void> {
  const [ticker] = words;
  const fields = Object.keys(INSTRUMENT_OPTIONS).filter((name) => values[name] !== undefined);
  if (ticker === undefined) {
    if (fields.length > 0) throw new UsageError('Name a ticker, as in hindsight data instrument AAL.L.');
    const instruments = await app.instruments.list();
    return json ? printJson({ instruments }) : print(text(instruments));
  }
  const found =
    fields.length === 0
      ? await app.instruments.find(ticker)
      : await app.instruments.change(changeOf(ticker, fields, values));
  if (json) return printJson(found);
  print(text([found]));
}

function changeOf(ticker: string, fields: readonly string[], values: Invocation['values']) {
  const said = fields.map((name) => {
    const value = String(values[name]);
    const isTakenBack = value === '' || value === 'guess';
    return [name, isTakenBack ? null : name === 'currency' ? value.toUpperCase() : value];
  });
  const parsed = InstrumentChangeSchema.safeParse({ ticker, ...Object.fromEntries(said) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`--${issue!.path.join('.')}: ${issue!.message}.`);
}

const text = (instruments: readonly Instrument[]) =>
  instruments.length === 0
    ? 'The library is empty. Import a file, or run hindsight demo.'
    : table(
        ['ticker', 'calendar', 'currency', 'sector', '', 'why'],
        instruments.map(({ ticker, calendar, currency, sector, source, why }) => [
          ticker,
          calendar ?? 'none',
          currency ?? '',
          sector ?? '',
          source === 'user' ? 'said' : 'guessed',
          why,
        ]),
      );
