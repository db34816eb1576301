import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';

/** What nobody came back for. */
const ABANDONED_MILLISECONDS = 7 * 24 * 3_600_000;

/**
 * A folder of files that are being fetched. A file is found again by where it comes from, even by a later process after
 * this one was killed; one that another running process works on is left alone.
 */
export class PartialFiles {
  readonly #folder: string;
  /** Files that this process works on. */
  readonly #claimed = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file for an origin, with whatever an earlier try has left in it. */
  async claim(origin: string): Promise<PartialFile> {
    await mkdir(this.#folder, { recursive: true }).catch(explainDisk);
    const key = createHash('sha256').update(origin).digest('hex').slice(0, 32);
    const path = this.#pathOf(key);
    for (const name of await readdir(this.#folder)) {
      const [, leftKey, pid] = NAME.exec(name) ?? [];
      const left = join(this.#folder, name);
      if (leftKey !== key || left === path || isRunning(Number(pid))) continue;
      const isOurs = await rename(left, path).then(
        () => true,
        () => false, // another process was faster
      );
      if (isOurs) break;
    }
    this.#claimed.add(path);
    const handle = await open(path, 'a').catch(explainDisk);
    return new PartialFile(path, handle, (await handle.stat()).size, () => this.#claimed.delete(path));
  }

  /** Removes what was left behind long ago. */
  async clean(now: number): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (found !== null && now - found.mtimeMs > ABANDONED_MILLISECONDS) await rm(path, { force: true });
    }
  }

  /** Within one process a second claim gets a file of its own. */
  #pathOf(key: string): string {
    for (let number = 0; ; number++) {
      const path = join(this.#folder, `${key}.${process.pid}${number === 0 ? '' : `-${number}`}.part`);
      if (!this.#claimed.has(path)) return path;
    }
  }
}

const NAME = /^([0-9a-f]{32})\.(\d+)(?:-\d+)?\.part$/;

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export class PartialFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #onReleased: () => void;
  #size: number;

  constructor(path: string, handle: FileHandle, size: number, onReleased: () => void) {
    this.path = path;
    this.#handle = handle;
    this.#size = size;
    this.#onReleased = onReleased;
  }

  get size(): number {
    return this.#size;
  }

  async append(piece: Uint8Array): Promise<void> {
    await this.#handle.appendFile(piece).catch(explainDisk);
    this.#size += piece.byteLength;
  }

  /** Throws away what is there. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0);
    this.#size = 0;
  }

  /** Digest of the whole content, hex. */
  async digest(algorithm: 'md5' | 'sha256'): Promise<string> {
    const hash = createHash(algorithm);
    for await (const piece of createReadStream(this.path, { highWaterMark: 1024 * 1024 })) hash.update(piece);
    return hash.digest('hex');
  }

  /** Leaves the content for a later claim; an empty file is removed. */
  async release(): Promise<void> {
    await this.#handle.close();
    if (this.#size === 0) await rm(this.path, { force: true });
    this.#onReleased();
  }

  async remove(): Promise<void> {
    await this.#handle.close();
    await rm(this.path, { force: true });
    this.#onReleased();
  }
}

function explainDisk(thrown: NodeJS.ErrnoException): never {
  if (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT') {
    throw new AppError('disk', 'No space left for what is being fetched', {
      hint: 'Free some space and fetch again: it goes on where it stopped.',
    });
  }
  throw new AppError('disk', `What is being fetched cannot be stored: ${thrown.message}`, {
    hint: 'Check that you may write to the folder of the library.',
  });
}
