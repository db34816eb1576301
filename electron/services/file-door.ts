import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/contract/errors.ts';

export interface FileTicket {
  readonly fileId: string;
  readonly name: string;
}

/**
 * Pages name files by tickets, never by paths: a desktop window registers what the user dropped, a browser uploads
 * it, and the contract only sees `fileId`.
 */
export interface FileDoor {
  register(path: string, name: string): FileTicket;
  /** Writes an upload to the library's own folder; a broken upload leaves nothing. */
  receive(name: string, stream: Readable): Promise<FileTicket>;
}

const ABANDONED_MILLISECONDS = 24 * 3_600_000;

interface HeldFile {
  readonly path: string;
  readonly name: string;
  readonly uploaded: boolean;
}

export class Files implements FileDoor {
  readonly #uploads: string;
  readonly #held = new Map<string, HeldFile>();

  constructor(libraryPath: string) {
    this.#uploads = join(libraryPath, 'uploads');
  }

  /** Removes what a killed process left behind. Younger uploads may belong to another window on this library. */
  async clean(now = Date.now()): Promise<void> {
    for (const left of await readdir(this.#uploads).catch(() => [])) {
      const path = join(this.#uploads, left);
      const { mtimeMs } = await stat(path);
      if (now - mtimeMs > ABANDONED_MILLISECONDS) await rm(path, { force: true });
    }
  }

  register(path: string, name: string): FileTicket {
    return this.#hold({ path, name: basename(name), uploaded: false });
  }

  async receive(name: string, stream: Readable): Promise<FileTicket> {
    await mkdir(this.#uploads, { recursive: true });
    const path = join(this.#uploads, randomUUID());
    try {
      await pipeline(stream, createWriteStream(path, { flags: 'wx' }));
    } catch (thrown) {
      await rm(path, { force: true });
      const { code, message } = thrown as NodeJS.ErrnoException;
      if (code === 'ENOSPC') {
        throw new AppError('disk', `No space left for the upload of ${name}`, {
          file: name,
          hint: 'Free some space and drop the file again.',
        });
      }
      throw new AppError('file-unreadable', `The upload of ${name} broke off: ${message}`, {
        file: name,
        hint: 'Drop the file again.',
      });
    }
    return this.#hold({ path, name: basename(name), uploaded: true });
  }

  /** The file behind a ticket. Throws not-found for unknown or released ones. */
  resolve(fileId: string): HeldFile {
    const held = this.#held.get(fileId);
    if (held === undefined) {
      throw new AppError('not-found', 'The file is no longer there', {
        hint: 'Drop it on the window again.',
      });
    }
    return held;
  }

  /** Forgets a ticket; an uploaded copy is deleted. */
  async release(fileId: string): Promise<void> {
    const held = this.#held.get(fileId);
    this.#held.delete(fileId);
    if (held?.uploaded) await rm(held.path, { force: true });
  }

  #hold(file: HeldFile): FileTicket {
    const fileId = randomUUID();
    this.#held.set(fileId, file);
    return { fileId, name: file.name };
  }
}
