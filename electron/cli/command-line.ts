import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestName } from '../../shared/text/nearest-name.ts';
import { BACKTEST_OPTIONS, backtest } from './commands/backtest.ts';
import { CALENDAR_OPTIONS, calendar } from './commands/calendar.ts';
import { DATA_OPTIONS, data } from './commands/data.ts';
import { DEMO_OPTIONS, demo } from './commands/demo.ts';
import { FETCH_OPTIONS, fetchBars } from './commands/fetch.ts';
import { importFiles } from './commands/import.ts';
import { LIBRARY_OPTIONS, library } from './commands/library.ts';
import { REPRODUCE_OPTIONS, reproduce } from './commands/reproduce.ts';
import { SERVE_OPTIONS, serve } from './commands/serve.ts';
import { SOURCES_OPTIONS, sources } from './commands/sources.ts';
import { IMPORT_OPTIONS } from './import-options.ts';
import { UsageError } from './usage-error.ts';

export { UsageError };

type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** A command as the user gave it: positional words, options, and how to stop. */
export interface Invocation {
  readonly words: readonly string[];
  readonly values: Values;
  readonly json: boolean;
  readonly libraryPath: string | null;
  readonly signal: AbortSignal;
}
type Command = (invocation: Invocation) => Promise<void>;

const COMMON: Options = { library: { type: 'string' }, json: { type: 'boolean' } };
const COMMANDS: Readonly<Record<string, { run: Command; options: Options }>> = {
  demo: { run: demo, options: DEMO_OPTIONS },
  import: { run: importFiles, options: IMPORT_OPTIONS },
  data: { run: data, options: DATA_OPTIONS },
  calendar: { run: calendar, options: CALENDAR_OPTIONS },
  library: { run: library, options: LIBRARY_OPTIONS },
  sources: { run: sources, options: SOURCES_OPTIONS },
  fetch: { run: fetchBars, options: FETCH_OPTIONS },
  backtest: { run: backtest, options: BACKTEST_OPTIONS },
  reproduce: { run: reproduce, options: REPRODUCE_OPTIONS },
  serve: { run: serve, options: SERVE_OPTIONS },
};

/** Throws a UsageError for an unknown command or option, naming the nearest. */
export function parseCommandLine(argv: readonly string[]): { run: (signal: AbortSignal) => Promise<void> } {
  const [name = '', ...rest] = argv;
  const command = COMMANDS[name];
  if (command === undefined) {
    const near = nearestName(name, Object.keys(COMMANDS));
    throw new UsageError(`There is no command "${name}".${near === null ? '' : ` Did you mean ${near}?`}`);
  }
  const options = { ...COMMON, ...command.options };
  let parsed: { values: Values; positionals: string[] };
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (thrown) {
    const unknown = /'(-{1,2}[^' =]+)/.exec((thrown as Error).message)?.[1] ?? '';
    const near = nearestName(unknown.replace(/^-+/, ''), Object.keys(options));
    throw new UsageError(
      `${(thrown as Error).message.split('. ')[0]}.${near === null ? '' : ` Did you mean --${near}?`}`,
    );
  }
  const { values, positionals: words } = parsed;
  return {
    run: (signal) =>
      command.run({
        words,
        values,
        json: values.json === true,
        libraryPath: (values.library as string | undefined) ?? null,
        signal,
      }),
  };
}
