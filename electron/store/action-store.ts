import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/contract/errors.ts';
import type { ActionInput, StoredAction } from '../../shared/contract/schemas.ts';
import type { Database } from './database.ts';

interface Row {
  readonly id: string;
  readonly ticker: string;
  readonly at: number;
  readonly kind: 'split' | 'dividend';
  readonly value: number;
  readonly source: string;
  readonly note: string;
}

/** Amounts and ratios that differ by less are the same: vendors round them differently. */
const SAME_SHARE = 1e-6;

/** The table of corporate actions: splits and dividends by ticker and ex-day. Each call is one transaction. */
export class ActionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Those of a ticker, or all; by ticker and day. */
  list(ticker: string | null): StoredAction[] {
    return this.#db
      .prepare<[string | null, string | null], Row>(
        `SELECT id, ticker, at, kind, value, source, note FROM corporate_action
        WHERE ? IS NULL OR ticker = ? ORDER BY ticker, at, kind, value`,
      )
      .all(ticker, ticker)
      .map(stored);
  }

  /** Adds an action, or changes the one with its id. Throws bad-request where the day has it already. */
  put(input: ActionInput): StoredAction {
    return this.#transaction(() => {
      const { ticker, at, kind, source, note } = input;
      const id = input.id ?? randomUUID();
      const value = figureOf(input);
      const other = this.#on(ticker, at, kind).find(
        (row) => row.id !== id && (kind === 'split' || isSame(row.value, value)),
      );
      if (other !== undefined) {
        throw new AppError('bad-request', `${ticker} has ${said(other)} on ${dayText(at)} already`, {
          field: kind === 'split' ? 'ratio' : 'amount',
          hint: 'Change that entry, or remove it first.',
        });
      }
      this.#insert({ id, ticker, at, kind, value, source, note });
      return stored({ id, ticker, at, kind, value, source, note });
    });
  }

  /**
   * Adds many; those that the table holds already are counted, splits that contradict it are named by their place in the
   * list. Two dividends on one day are two dividends; a day has one split.
   */
  add(inputs: readonly ActionInput[]): {
    ids: string[];
    unchanged: number;
    conflicts: { index: number; held: string }[];
  } {
    return this.#transaction(() => {
      const ids: string[] = [];
      const conflicts: { index: number; held: string }[] = [];
      let unchanged = 0;
      inputs.forEach((input, index) => {
        const { ticker, at, kind, source, note } = input;
        const value = figureOf(input);
        const held = this.#on(ticker, at, kind);
        if (held.some((row) => isSame(row.value, value))) unchanged++;
        else if (kind === 'split' && held[0] !== undefined) conflicts.push({ index, held: said(held[0]) });
        else {
          const id = randomUUID();
          this.#insert({ id, ticker, at, kind, value, source, note });
          ids.push(id);
        }
      });
      return { ids, unchanged, conflicts };
    });
  }

  /** Removes and returns it, so that it can be put back. Throws not-found. */
  remove(id: string): StoredAction {
    return this.#transaction(() => {
      const row = this.#db
        .prepare<[string], Row>(
          'SELECT id, ticker, at, kind, value, source, note FROM corporate_action WHERE id = ?',
        )
        .get(id);
      if (row === undefined) throw new AppError('not-found', 'This action is not in the library any more');
      this.#db.prepare('DELETE FROM corporate_action WHERE id = ?').run(id);
      return stored(row);
    });
  }

  #on(ticker: string, at: number, kind: string): Row[] {
    return this.#db
      .prepare<[string, number, string], Row>(
        `SELECT id, ticker, at, kind, value, source, note FROM corporate_action
        WHERE ticker = ? AND at = ? AND kind = ?`,
      )
      .all(ticker, at, kind);
  }

  #insert(row: Row): void {
    this.#db
      .prepare(
        `INSERT INTO corporate_action (id, ticker, at, kind, value, source, note) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET ticker = excluded.ticker, at = excluded.at, kind = excluded.kind,
          value = excluded.value, source = excluded.source, note = excluded.note`,
      )
      .run(row.id, row.ticker, row.at, row.kind, row.value, row.source, row.note);
  }

  #transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }
}

const figureOf = ({ kind, ratio, amount }: ActionInput) => (kind === 'split' ? ratio : amount)!;
const isSame = (a: number, b: number) => Math.abs(a - b) <= SAME_SHARE * Math.max(a, b);
const dayText = (at: number) => new Date(at).toISOString().slice(0, 10);
const said = ({ kind, value }: Row) =>
  kind === 'split' ? `a split of ${value} for 1` : `a dividend of ${value}`;

function stored({ value, ...row }: Row): StoredAction {
  return {
    ...row,
    ratio: row.kind === 'split' ? value : null,
    amount: row.kind === 'dividend' ? value : null,
  };
}
