import { Worker } from 'node:worker_threads';
import { AppError, fromPlainError, type PlainError } from '../../../shared/contract/errors.ts';
import type { TableHead } from '../../../shared/import/detect/table-head.ts';

/** Where the bytes of a Parquet file are. */
export type ParquetSource = { readonly path: string } | { readonly bytes: Uint8Array<ArrayBuffer> };

/** What goes to parquet.worker.ts and comes back: one answer for each question. */
export type ParquetQuestion =
  | { readonly ask: 'head'; readonly source: ParquetSource; readonly name: string; readonly rows: number }
  | { readonly ask: 'lines' };
export type ParquetAnswer =
  | { readonly head: TableHead }
  /** Null behind the last ones; `share` of the rows are in what was answered so far. */
  | { readonly lines: Uint8Array<ArrayBuffer> | null; readonly share: number }
  | { readonly error: PlainError };

/** A damaged file can send a decoder round in circles: a thread that is silent for so long is given up. */
const HEAD_MILLISECONDS = 15_000;
const LINES_MILLISECONDS = 120_000;
/** And it can claim any number of values. */
const HEAP_MEGABYTES = 1_024;

/**
 * A Parquet file that is decoded on a thread of its own, beside the one that reads the lines made of it. Whatever a damaged
 * or hostile file does to the decoder ends that thread, and no other. To be closed.
 */
export class ParquetThread {
  readonly #name: string;
  readonly #worker: Worker;
  #answered: ((answer: ParquetAnswer) => void) | null = null;
  #failure: PlainError | null = null;

  constructor(name: string) {
    this.#name = name;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const folder = extension === 'ts' ? '..' : '.'; // all of the build lies flat
    this.#worker = new Worker(new URL(`${folder}/parquet.worker.${extension}`, import.meta.url), {
      name: 'parquet',
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    this.#worker.on('message', (answer: ParquetAnswer) => this.#answered?.(answer));
    this.#worker.on('error', (error) => this.#fail(`its decoder failed: ${error.message}`));
    this.#worker.on('exit', () => this.#fail('its decoder ended'));
  }

  /** The first rows. Throws file-unreadable for what is damaged, file-format for what is no table. */
  async head(source: ParquetSource, rows: number): Promise<TableHead> {
    const question = { ask: 'head', source, name: this.#name, rows } as const;
    const answer = await this.#ask(question, HEAD_MILLISECONDS);
    if ('head' in answer) return answer.head;
    throw this.#unexpected(answer);
  }

  /** All rows as text, a line each; closes the thread in the end. `onShare` gets the share of the rows that was read. */
  async *lines(onShare: (share: number) => void): AsyncGenerator<Uint8Array, void, void> {
    try {
      // One batch is decoded while the one before is read.
      let next = this.#ask({ ask: 'lines' }, LINES_MILLISECONDS);
      for (;;) {
        const answer = await next;
        if (!('lines' in answer)) throw this.#unexpected(answer);
        if (answer.lines === null) return;
        next = this.#ask({ ask: 'lines' }, LINES_MILLISECONDS);
        next.catch(() => {}); // thrown by the next round, if there is one
        yield answer.lines;
        onShare(answer.share);
      }
    } finally {
      this.close();
    }
  }

  close(): void {
    this.#worker.removeAllListeners('exit');
    void this.#worker.terminate();
  }

  #ask(question: ParquetQuestion, milliseconds: number): Promise<ParquetAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(fromPlainError(this.#failure));
      const timer = setTimeout(() => {
        this.#fail('its decoder does not come to an end');
        this.close();
      }, milliseconds);
      this.#answered = (answer) => {
        clearTimeout(timer);
        this.#answered = null;
        if ('error' in answer) reject(fromPlainError(answer.error));
        else resolve(answer);
      };
      this.#worker.postMessage(question);
    });
  }

  #fail(reason: string): void {
    this.#failure ??= new AppError(
      'file-unreadable',
      `The Parquet file is damaged (${reason}); nothing was imported`,
      { file: this.#name, hint: 'Download or write it again.' },
    ).toPlain();
    this.#answered?.({ error: this.#failure });
  }

  #unexpected(answer: ParquetAnswer): AppError {
    return new AppError('internal', `The Parquet thread answered ${Object.keys(answer).join()}`);
  }
}
