import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3'; // SQLite in the process: MIT, prebuilt binaries, no install script
import { AppError } from '../../shared/contract/errors.ts';
import { MIGRATIONS } from './migrations.ts';
import { withStoreErrors } from './store-errors.ts';

export type { Database, Statement } from 'better-sqlite3';

const FILE_NAME = 'library.sqlite';
/** "HSGT": marks the file as a library of Hindsight. */
const APPLICATION_ID = 0x48534754;
const OLDEST_NODE = 22;
const BUSY_MILLISECONDS = 5_000;
/** Column BLOBs are some ten kilobytes: larger pages are left half empty, smaller ones make chains long. */
const PAGE_BYTES = 8_192;

const numberPragma = (db: Database, name: string) => db.pragma(name, { simple: true }) as number;

export const libraryFile = (libraryPath: string) => join(libraryPath, FILE_NAME);

/**
 * Opens the library for writing, creates it where there is none, and brings it to today's version. Throws
 * library-newer, library-busy, library-damaged or disk, each naming the folder.
 */
export function openWriter(libraryPath: string): Database {
  return open(libraryPath, { timeout: BUSY_MILLISECONDS }, (db) => {
    refuseForeign(db, libraryPath);
    // Both take effect in a new file only. With the second one free pages can be given back without a rebuild.
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    // An import that was acknowledged must survive a power cut, not only a crash.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    migrate(db, libraryPath);
  });
}

/** Opens a library that a writer has opened before, for reading only. */
export function openReader(libraryPath: string): Database {
  return open(libraryPath, { readonly: true, fileMustExist: true, timeout: BUSY_MILLISECONDS }, (db) => {
    refuseNewer(db, libraryPath);
  });
}

/** Opens a backup, a library in a file of any name. Throws file-format where it is none, library-newer or disk. */
export function openBackup(path: string): Database {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new AppError('file-unreadable', 'There is no such file', { file: path, hint: 'Check the path.' });
  }
  try {
    return openFile(path, path, { fileMustExist: true, timeout: BUSY_MILLISECONDS }, (db) => {
      if (numberPragma(db, 'application_id') !== APPLICATION_ID) throw noBackup(path);
      refuseNewer(db, path);
    });
  } catch (thrown) {
    throw (thrown as { code?: unknown }).code === 'library-damaged' ? noBackup(path) : thrown;
  }
}

const noBackup = (path: string) =>
  new AppError('file-format', 'This is no backup of a Hindsight library', {
    file: path,
    hint: 'Choose a file that `hindsight library backup` or the Data screen has written.',
  });

/** Whether a backup can be put in the place of a library page by page. */
export const isInterchangeable = (backup: Database, library: Database) =>
  numberPragma(backup, 'user_version') === MIGRATIONS.length &&
  numberPragma(backup, 'page_size') === numberPragma(library, 'page_size');

/** Makes it so, by changing the backup. */
export function makeInterchangeable(backup: Database, library: Database, path: string): void {
  backup.pragma('foreign_keys = ON');
  migrate(backup, path);
  backup.pragma('journal_mode = DELETE'); // under a write-ahead log pages keep their size
  backup.pragma(`page_size = ${numberPragma(library, 'page_size')}`);
  backup.pragma('auto_vacuum = INCREMENTAL');
  backup.exec('VACUUM');
}

function open(libraryPath: string, options: Sqlite.Options, prepare: (db: Database) => void): Database {
  if (statSync(libraryPath, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new AppError('disk', `The library folder ${libraryPath} does not exist`, {
      file: libraryPath,
      hint: 'Create it, or choose another one.',
    });
  }
  return openFile(libraryFile(libraryPath), libraryPath, options, prepare);
}

/** `named` is what messages call it. */
function openFile(
  file: string,
  named: string,
  options: Sqlite.Options,
  prepare: (db: Database) => void,
): Database {
  // Loading the native part under an older Node ends the process without a word.
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new AppError(
      'internal',
      `Hindsight needs Node ${OLDEST_NODE} or later; this is ${process.versions.node}`,
      { hint: 'Start it with `npm start`, which brings its own Node.' },
    );
  }
  return withStoreErrors(named, () => {
    const db = new Sqlite(file, options);
    try {
      prepare(db);
      return db;
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  });
}

function refuseForeign(db: Database, libraryPath: string): void {
  const id = numberPragma(db, 'application_id');
  const isEmpty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (id === APPLICATION_ID || (id === 0 && isEmpty)) return;
  throw new AppError('library-damaged', `${libraryFile(libraryPath)} belongs to another program`, {
    file: libraryFile(libraryPath),
    hint: 'Choose another folder for the library.',
  });
}

function refuseNewer(db: Database, libraryPath: string): number {
  const version = numberPragma(db, 'user_version');
  if (version <= MIGRATIONS.length) return version;
  throw new AppError('library-newer', `The library in ${libraryPath} was written by a later Hindsight`, {
    file: libraryFile(libraryPath),
    hint: 'Update Hindsight, or choose another folder for the library.',
  });
}

/** All steps in one transaction: the library is at the old version or at the new one, never between. */
function migrate(db: Database, libraryPath: string): void {
  if (refuseNewer(db, libraryPath) === MIGRATIONS.length) return;
  db.transaction(() => {
    for (const step of MIGRATIONS.slice(refuseNewer(db, libraryPath))) db.exec(step);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  }).immediate();
}
