import type { Database } from './database.ts';

/** What the user said of an instrument; null: nothing. */
export interface InstrumentRow {
  readonly ticker: string;
  readonly calendar: string | null;
  readonly currency: string | null;
  readonly sector: string | null;
}

/** The table of what users said of instruments. */
export class InstrumentStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  list(): InstrumentRow[] {
    return this.#db
      .prepare<[], InstrumentRow>('SELECT ticker, calendar, currency, sector FROM instrument ORDER BY ticker')
      .all();
  }

  /** Changes the named fields; null takes one back. */
  change({ ticker, ...fields }: Pick<InstrumentRow, 'ticker'> & Partial<InstrumentRow>): void {
    this.#db.transaction(() => {
      const before = this.#db
        .prepare<[string], InstrumentRow>(
          'SELECT ticker, calendar, currency, sector FROM instrument WHERE ticker = ?',
        )
        .get(ticker);
      const row = { ticker, calendar: null, currency: null, sector: null, ...before, ...fields };
      if (row.calendar === null && row.currency === null && row.sector === null) {
        this.#db.prepare('DELETE FROM instrument WHERE ticker = ?').run(ticker);
        return;
      }
      this.#db
        .prepare(
          `INSERT INTO instrument (ticker, calendar, currency, sector) VALUES (@ticker, @calendar, @currency, @sector)
          ON CONFLICT DO UPDATE SET calendar = @calendar, currency = @currency, sector = @sector`,
        )
        .run(row);
    })();
  }
}
