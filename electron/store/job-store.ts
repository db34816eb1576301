import type { JobKind, JobResult, JobState } from '../../shared/contract/schemas.ts';
import type { JobRow } from '../workers/tasks.ts';
import type { Database } from './database.ts';

interface Row {
  readonly id: string;
  readonly kind: JobKind;
  readonly title: string;
  readonly state: JobState;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly place: string;
  readonly owner: string;
  readonly input: string | null;
  readonly result: string | null;
  readonly error: string | null;
}

/** Finished jobs beyond these are forgotten, oldest first. */
const MOST_KEPT = 2_000;

/** Jobs, written down before their work starts. */
export class JobStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Adds or replaces a job. Survives the end of the process, not of the power: no wait for the disk. */
  put(job: JobRow): void {
    const text = (value: unknown) => (value === null ? null : JSON.stringify(value));
    this.#db.pragma('synchronous = NORMAL');
    try {
      this.#db
        .prepare(
          `INSERT INTO job (id, kind, title, state, created_at, started_at, ended_at, place, owner, input, result, error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, state = excluded.state,
              started_at = excluded.started_at, ended_at = excluded.ended_at, result = excluded.result,
              error = excluded.error`,
        )
        .run(
          job.id,
          job.kind,
          job.title,
          job.state,
          job.createdAt,
          job.startedAt,
          job.endedAt,
          job.where,
          job.owner,
          text(job.input),
          text(job.result),
          text(job.error),
        );
    } finally {
      this.#db.pragma('synchronous = FULL');
    }
  }

  /** Newest first. */
  list(): JobRow[] {
    const value = (text: string | null) => (text === null ? null : JSON.parse(text));
    return this.#db
      .prepare<[number], Row>(
        `SELECT id, kind, title, state, created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt,
          place, owner, input, result, error FROM job ORDER BY number DESC LIMIT ?`,
      )
      .all(MOST_KEPT)
      .map(({ place, input, result, error, ...row }) => ({
        ...row,
        where: place,
        input: value(input),
        result: value(result) as JobResult | null,
        error: value(error),
      }));
  }

  /** Says of the unfinished jobs of these processes, which are gone, that they were interrupted. */
  interrupt(owners: readonly string[], endedAt: number): void {
    const mark = this.#db.prepare(
      `UPDATE job SET state = 'interrupted', ended_at = ? WHERE owner = ? AND state IN ('waiting', 'running')`,
    );
    this.#db
      .transaction(() => {
        for (const owner of owners) mark.run(endedAt, owner);
        this.#db
          .prepare(
            `DELETE FROM job WHERE state NOT IN ('waiting', 'running')
              AND number <= (SELECT max(number) FROM job) - ?`,
          )
          .run(MOST_KEPT);
      })
      .immediate();
  }

  /** Forgets jobs that are over. */
  forget(ids: readonly string[]): void {
    const remove = this.#db.prepare(`DELETE FROM job WHERE id = ? AND state NOT IN ('waiting', 'running')`);
    this.#db
      .transaction(() => {
        for (const id of ids) remove.run(id);
      })
      .immediate();
  }
}
