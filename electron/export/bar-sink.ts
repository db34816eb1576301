import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { AppError } from '../../shared/contract/errors.ts';
import type { BarColumns } from '../../shared/market/bar.ts';

/** A file that bars are written to piece by piece, in order of time. */
export interface BarSink {
  write(bars: BarColumns): void;
  /** Ends the file and puts it on the disk. Returns its size. */
  finish(): number;
  /** Lets the file go, unfinished. */
  close(): void;
}

/** A new file, written in order. Throws disk where it cannot be. */
export class OutputFile {
  readonly #path: string;
  readonly #file: number;
  #isOpen = true;
  bytes = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = this.#explained(() => openSync(path, 'wx'));
  }

  write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      done += this.#explained(() => writeSync(this.#file, bytes, done));
    }
    this.bytes += bytes.length;
  }

  finish(): number {
    this.#explained(() => fsyncSync(this.#file));
    this.close();
    return this.bytes;
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }

  #explained<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      throw new AppError(
        'disk',
        code === 'ENOSPC' ? `No space left to write ${this.#path}` : `Cannot write ${this.#path}: ${message}`,
        { file: this.#path, hint: 'Free some space, or choose another folder.' },
        { cause: thrown },
      );
    }
  }
}
