import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import { type Database, libraryFile, openBackup, openReader } from './database.ts';

/** What the user makes beside the database, by place in the library's folder: single files, and folders of files. */
const KEPT = ['settings.json', 'strategies', 'workspaces'] as const;
/** Pages copied at a time: 8 MB, between which a copy can be broken off. */
const STEP_PAGES = 512;

const TABLES = `
  CREATE TABLE backup_file (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE backup (made_at INTEGER NOT NULL, files INTEGER NOT NULL) STRICT;
`;

export interface BackupFile {
  /** Relative to the library's folder, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Copies the library to `target`: a library of its own, with the user's files in a table. Imports may go on meanwhile.
 * `onStep` counts bytes. Throws SQLite's errors; a broken copy is the caller's to remove.
 */
export async function writeBackup(
  libraryPath: string,
  target: string,
  madeAt: number,
  onStep: (done: number, total: number) => void,
): Promise<{ bytes: number }> {
  const source = openReader(libraryPath);
  try {
    await copyPages(source, target, onStep);
  } finally {
    source.close();
  }
  const files = userFiles(libraryPath);
  const copy = openBackup(target);
  try {
    // One file, without a log beside it.
    copy.pragma('journal_mode = DELETE');
    copy.transaction(() => {
      copy.exec(`DROP TABLE IF EXISTS backup_file; DROP TABLE IF EXISTS backup; ${TABLES}`);
      const insert = copy.prepare('INSERT INTO backup_file (path, sha256, bytes) VALUES (?, ?, ?)');
      for (const { path, bytes } of files) insert.run(path, sha256(bytes), bytes);
      copy.prepare('INSERT INTO backup (made_at, files) VALUES (?, ?)').run(madeAt, files.length);
    })();
  } finally {
    copy.close();
  }
  flush(target);
  return { bytes: statSync(target).size };
}

/** When a backup was made; null where the file is a library, but no backup. */
export function backupMadeAt(backup: Database): number | null {
  const isBackup = backup
    .prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('backup', 'backup_file')")
    .pluck();
  if (isBackup.get() !== 2) return null;
  return (backup.prepare('SELECT made_at FROM backup').pluck().get() as number | undefined) ?? null;
}

/** The user's files in a backup, or in a library whose restoring was broken off. Throws library-damaged. */
export function backupFiles(backup: Database): BackupFile[] {
  return backup
    .prepare<[], BackupFile & { sha256: string }>('SELECT path, sha256, bytes FROM backup_file ORDER BY path')
    .all()
    .map(({ path, sha256: expected, bytes }) => {
      if (!isKept(path) || sha256(bytes) !== expected) {
        throw new AppError('library-damaged', `The file ${path} in the backup is damaged`, {
          file: path,
          hint: 'Restore an earlier backup.',
        });
      }
      return { path, bytes };
    });
}

/** Puts the pages of a backup in place of the library's, in one transaction that other connections see as any other. */
export function restorePages(
  backup: Database,
  libraryPath: string,
  onStep: (done: number, total: number) => void,
): Promise<void> {
  return copyPages(backup, libraryFile(libraryPath), onStep);
}

/**
 * Ends a restore: the user's files come out of the database into the library's folder, each whole; one that is there with
 * other content is kept beside it. A process that was killed before leaves this to the next one that opens the library.
 * Returns the names of strategies.
 */
export function unpackFiles(db: Database, libraryPath: string): string[] {
  if (backupMadeAt(db) === null) return [];
  const files = backupFiles(db);
  for (const { path, bytes } of files) writeKeeping(join(libraryPath, path), bytes);
  db.exec('DROP TABLE backup_file; DROP TABLE backup');
  return files.flatMap(({ path }) =>
    path.startsWith('strategies/') ? [path.slice('strategies/'.length)] : [],
  );
}

async function copyPages(
  source: Database,
  target: string,
  onStep: (done: number, total: number) => void,
): Promise<void> {
  const pageBytes = source.pragma('page_size', { simple: true }) as number;
  await source.backup(target, {
    progress: ({ totalPages, remainingPages }) => {
      onStep((totalPages - remainingPages) * pageBytes, totalPages * pageBytes);
      return STEP_PAGES;
    },
  });
}

function userFiles(libraryPath: string): BackupFile[] {
  return KEPT.flatMap((name) => {
    const entry = statSync(join(libraryPath, name), { throwIfNoEntry: false });
    const paths = entry?.isDirectory()
      ? readdirSync(join(libraryPath, name)).map((file) => `${name}/${file}`)
      : [name];
    return paths
      .filter(
        (path) => isKept(path) && statSync(join(libraryPath, path), { throwIfNoEntry: false })?.isFile(),
      )
      .map((path) => ({ path, bytes: readFileSync(join(libraryPath, path)) }));
  });
}

/** A plain name at one of the kept places: nothing in a backup is written anywhere else. */
function isKept(path: string): boolean {
  const [place, name, ...rest] = path.split('/');
  if (rest.length > 0 || !KEPT.some((kept) => kept === place)) return false;
  return name === undefined ? place!.endsWith('.json') : /^[^\\/:\0]+\.(ts|json)$/.test(name);
}

function writeKeeping(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) {
    if (Buffer.compare(readFileSync(path), bytes) === 0) return;
    renameSync(path, freeName(path));
  }
  writeFileSync(`${path}.tmp`, bytes, { flush: true });
  renameSync(`${path}.tmp`, path);
}

/** `mine.ts` is kept as `mine-before-restore.ts`, the next one as `mine-before-restore-2.ts`. */
function freeName(path: string): string {
  const dot = path.lastIndexOf('.');
  for (let number = 1; ; number++) {
    const suffix = `-before-restore${number === 1 ? '' : `-${number}`}`;
    const free = `${path.slice(0, dot)}${suffix}${path.slice(dot)}`;
    if (statSync(free, { throwIfNoEntry: false }) === undefined) return free;
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
