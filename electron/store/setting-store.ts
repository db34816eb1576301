import type { Database } from './database.ts';

/** Settings of the library that are no secrets, as text by key. */
export class SettingStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(key: string): string | null {
    const value = this.#db
      .prepare<[string], string>('SELECT value FROM setting WHERE key = ?')
      .pluck()
      .get(key);
    return value ?? null;
  }

  /** Null takes a setting back. */
  put(key: string, value: string | null): void {
    if (value === null) {
      this.#db.prepare('DELETE FROM setting WHERE key = ?').run(key);
      return;
    }
    this.#db
      .prepare(
        'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      )
      .run(key, value);
  }
}
