import { AppError } from '../../shared/contract/errors.ts';
import { restoreTextCell } from '../../shared/export/csv-cell.ts';
import type { CsvColumn } from '../../shared/export/csv-table.ts';
import { EQUITY_CSV, FILL_CSV, ORDER_CSV, TRADE_CSV } from '../../shared/export/result-tables.ts';
import { BAR_COLUMN_NAMES } from '../../shared/market/bar.ts';
import { firstInstant, instantAfter } from '../../shared/market/time-range.ts';
import type { ActionStore } from './action-store.ts';
import type { Database } from './database.ts';
import type { ImportStore } from './import-store.ts';
import type { RunStore } from './run-store.ts';
import type { SeriesStore } from './series-store.ts';

// The library as tables for plain SQL (docs/sql.md): virtual ones in a database of their own, so that a query sees what is
// meant to be seen and can change nothing.

export interface SqlStores {
  readonly series: SeriesStore;
  readonly imports: ImportStore;
  readonly runs: RunStore;
  readonly actions: ActionStore;
}

type Cell = string | number | null;
/** A look at the clock costs more than a row. */
const ROWS_BETWEEN_LOOKS = 4_096;
const COLUMNS = { orders: ORDER_CSV, fills: FILL_CSV, trades: TRADE_CSV, equity: EQUITY_CSV } as const;
type ResultTable = keyof typeof COLUMNS;

/**
 * Defines the tables and functions. `watch` is called now and then while rows are read, and throws when the time is up.
 */
export function defineTables(db: Database, stores: SqlStores, watch: () => void): void {
  const list = <Row>(
    name: string,
    columns: Readonly<Record<string, (row: Row) => Cell>>,
    rows: () => Row[],
  ) =>
    db.table(name, {
      columns: Object.keys(columns),
      *rows() {
        const cells = Object.values(columns);
        watch(); // a join reads a table once for every row of another one
        for (const row of rows()) yield cells.map((cell) => cell(row));
      },
    });
  list(
    'series',
    {
      ticker: ({ ticker }) => ticker,
      every: ({ every }) => every,
      bars: ({ bars }) => bars,
      first: ({ first }) => first,
      last: ({ last }) => last,
      content_hash: ({ contentHash }) => contentHash,
      stored_bytes: ({ storedBytes }) => storedBytes,
    },
    () => stores.series.list(),
  );
  list(
    'imports',
    {
      import: ({ importId }) => importId,
      at: ({ importedAt }) => importedAt,
      file: ({ file }) => file,
      sha256: ({ fileSha256 }) => fileSha256,
      lines_read: ({ linesRead }) => linesRead,
      accepted: ({ accepted }) => accepted,
      rejected: ({ rejected }) => rejected,
      stored: ({ stored }) => stored,
      undone: ({ undone }) => Number(undone),
    },
    () => stores.imports.list(),
  );
  list(
    'actions',
    {
      ticker: ({ ticker }) => ticker,
      at: ({ at }) => at,
      kind: ({ kind }) => kind,
      ratio: ({ ratio }) => ratio,
      amount: ({ amount }) => amount,
      source: ({ source }) => source,
    },
    () => stores.actions.list(null),
  );
  list(
    'runs',
    {
      run: ({ id }) => id,
      at: ({ createdAt }) => createdAt,
      strategy: ({ strategyName }) => strategyName,
      tickers: ({ tickers }) => tickers.join(','),
      every: ({ every }) => every,
      first: ({ first }) => first,
      last: ({ last }) => last,
      trades: ({ trades }) => trades,
      net_profit: ({ netProfit }) => netProfit,
      max_drawdown_percent: ({ maxDrawdownPercent }) => maxDrawdownPercent,
      sharpe: ({ sharpe }) => sharpe,
    },
    () => stores.runs.list(),
  );
  db.table('bars', {
    // Not named like columns, which SQLite would not allow.
    parameters: ['of_ticker', 'of_every', 'since', 'until'],
    columns: [...BAR_COLUMN_NAMES, 'ticker', 'every'],
    *rows(ticker, every, since, until) {
      yield* barRows(stores.series, { ticker, every, since, until }, watch);
    },
  });
  for (const part of Object.keys(COLUMNS) as ResultTable[]) {
    db.table(part, {
      parameters: ['of_run'],
      columns: COLUMNS[part].map(({ name }) => name),
      *rows(run) {
        if (typeof run !== 'string') throw wrong(`${part}('…') needs the id of a run: SELECT run FROM runs`);
        yield* resultRows(stores.runs, part, run, watch);
      },
    });
  }
  db.function('iso', { deterministic: true }, (time) =>
    typeof time === 'number' && Number.isFinite(time) ? new Date(time).toISOString() : null,
  );
  db.function('ms', { deterministic: true }, (text) =>
    text === null ? null : instantOf(text, firstInstant),
  );
}

function* barRows(
  store: SeriesStore,
  asked: {
    readonly ticker: unknown;
    readonly every: unknown;
    readonly since: unknown;
    readonly until: unknown;
  },
  watch: () => void,
): Generator<Cell[]> {
  const { id, ticker, every } = seriesOf(store, asked.ticker, asked.every);
  const start = asked.since == null ? Number.NEGATIVE_INFINITY : instantOf(asked.since, firstInstant);
  const end = asked.until == null ? Number.POSITIVE_INFINITY : instantOf(asked.until, instantAfter);
  for (const chunk of store.chunks(id)) {
    if (chunk.last < start || chunk.first >= end) continue;
    watch();
    const bars = store.decode(ticker, chunk);
    const columns = BAR_COLUMN_NAMES.map((name) => bars[name]);
    const row: Cell[] = new Array(columns.length + 2).fill(null);
    row[columns.length] = ticker;
    row[columns.length + 1] = every;
    for (let bar = 0; bar < bars.length; bar++) {
      if (bars.time[bar]! < start || bars.time[bar]! >= end) continue;
      if (bar % ROWS_BETWEEN_LOOKS === 0) watch();
      for (let index = 0; index < columns.length; index++) row[index] = cellOf(columns[index]?.[bar]);
      yield row;
    }
  }
}

function seriesOf(store: SeriesStore, ticker: unknown, every: unknown) {
  if (typeof ticker !== 'string') {
    throw wrong("bars needs a ticker, as in bars('AAL.L', '1m', '2024-07-01', '2024-07-31')");
  }
  const own = store.list().filter((series) => series.ticker === ticker);
  const found = every == null ? own : own.filter((series) => series.every === every);
  if (found.length === 1) return found[0]!;
  if (own.length === 0)
    throw wrong(`The library holds no bars of ${ticker}: SELECT ticker, every FROM series`);
  throw wrong(`The library holds ${ticker} as ${own.map((series) => series.every).join(', ')}: say which`);
}

/** Milliseconds as they are; dates and times as `of` takes them. */
function instantOf(value: unknown, of: (text: string) => number): number {
  if (typeof value === 'number') return value;
  try {
    return of(String(value));
  } catch {
    throw wrong(`"${value}" is no time: write 2024-07-01, 2024-07-01 09:30 or milliseconds since 1970`);
  }
}

/** Rows of a group of results, with the columns of its exported file; times as milliseconds. */
function* resultRows(runs: RunStore, part: ResultTable, run: string, watch: () => void): Generator<Cell[]> {
  const { tickers } = runs.head(run);
  const group = { ...runs.columns(run, part), tickers };
  // One table of its own kind each: what a column reads is there.
  const columns = COLUMNS[part] as readonly CsvColumn<typeof group>[];
  for (let row = 0; row < group.length; row++) {
    if (row % ROWS_BETWEEN_LOOKS === 0) watch();
    yield columns.map(({ unit, cell }) => {
      const text = cell(group, row);
      if (text === '') return null;
      if (unit === 'text' || unit === 'word') return restoreTextCell(text);
      return unit === 'UTC' ? Date.parse(text) : Number(text);
    });
  }
}

const cellOf = (value: number | undefined): Cell =>
  value === undefined || Number.isNaN(value) ? null : value;

const wrong = (message: string) =>
  new AppError('bad-request', message, { field: 'sql', hint: 'docs/sql.md lists tables and columns.' });
