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
/** Column BLOBs are some tens of kilobytes: larger pages make their chains short. */
const PAGE_BYTES = 16_384;

export const libraryFile = (libraryPath: string) => join(libraryPath, FILE_NAME);

/**
 * Opens the library for writing, creates it where there is none, and brings it to today's version. Throws
 * library-newer, library-busy, library-damaged or disk, each naming the folder.
 */
export function openWriter(libraryPath: string): Database {
  return open(libraryPath, { timeout: BUSY_MILLISECONDS }, (db) => {
    refuseForeign(db, libraryPath);
    db.pragma(`page_size = ${PAGE_BYTES}`); // takes effect in a new file only
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

function open(libraryPath: string, options: Sqlite.Options, prepare: (db: Database) => void): Database {
  // Loading the native part under an older Node ends the process without a word.
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new AppError(
      'internal',
      `Hindsight needs Node ${OLDEST_NODE} or later; this is ${process.versions.node}`,
      { hint: 'Start it with `npm start`, which brings its own Node.' },
    );
  }
  if (statSync(libraryPath, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new AppError('disk', `The library folder ${libraryPath} does not exist`, {
      file: libraryPath,
      hint: 'Create it, or choose another one.',
    });
  }
  return withStoreErrors(libraryPath, () => {
    const db = new Sqlite(libraryFile(libraryPath), options);
    try {
      prepare(db);
      return db;
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  });
}

const numberPragma = (db: Database, name: string) => db.pragma(name, { simple: true }) as number;

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
