import type { Removal } from '../workers/tasks.ts';
import type { Database } from './database.ts';

/** Removals that were asked for and not yet carried out. */
export class RemovalStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  put({ id, kind, target, askedAt }: Removal): void {
    this.#db
      .prepare('INSERT INTO removal (id, kind, target, asked_at) VALUES (?, ?, ?, ?)')
      .run(id, kind, target, askedAt);
  }

  /** Carried out, or taken back. */
  drop(id: string): void {
    this.#db.prepare('DELETE FROM removal WHERE id = ?').run(id);
  }

  list(): Removal[] {
    return this.#db
      .prepare<[], Removal>('SELECT id, kind, target, asked_at AS askedAt FROM removal ORDER BY asked_at')
      .all();
  }
}
