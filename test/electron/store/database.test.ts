import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { libraryFile, openReader, openWriter } from '../../../electron/store/database.ts';
import { MIGRATIONS } from '../../../electron/store/migrations.ts';
import { withStoreErrors } from '../../../electron/store/store-errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-database-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

const failing = (code: string, message: RegExp) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(message),
    detail: expect.objectContaining({ hint: expect.any(String) }),
  });

it('brings an empty file to the present version once, with its marks', () => {
  writeFileSync(libraryFile(folder), '');
  for (let opening = 0; opening < 2; opening++) {
    const db = openWriter(folder);
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(db.pragma('application_id', { simple: true })).toBe(0x48534754);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    db.close();
  }
});

it('refuses a library of a later version, for writing and for reading', () => {
  const db = openWriter(folder);
  db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  db.close();
  expect(() => openWriter(folder)).toThrow(failing('library-newer', /later Hindsight/));
  expect(() => openReader(folder)).toThrow(failing('library-newer', /later Hindsight/));
});

it('refuses a database of another program and a file that is none', () => {
  const db = openWriter(folder);
  db.pragma('application_id = 1');
  db.close();
  expect(() => openWriter(folder)).toThrow(failing('library-damaged', /another program/));
  writeFileSync(libraryFile(folder), 'not a database '.repeat(100));
  expect(() => openWriter(folder)).toThrow(failing('library-damaged', new RegExp(folder)));
});

it('names a folder that is not there or that holds no library', () => {
  expect(() => openWriter(join(folder, 'missing'))).toThrow(failing('disk', /missing does not exist/));
  expect(() => openReader(folder)).toThrow(failing('disk', new RegExp(folder)));
});

it.skipIf(process.getuid?.() === 0)('names a folder that cannot be written', () => {
  chmodSync(folder, 0o555);
  expect(() => openWriter(folder)).toThrow(failing('disk', new RegExp(folder)));
});

it('lets readers read and not write', () => {
  const writer = openWriter(folder);
  const reader = openReader(folder);
  expect(reader.prepare('SELECT count(*) FROM series').pluck().get()).toBe(0);
  expect(() => withStoreErrors(folder, () => reader.exec('DELETE FROM series'))).toThrow(
    failing('disk', new RegExp(folder)),
  );
  reader.close();
  writer.close();
});

it('tells who waits for whom when two programs write', () => {
  const first = openWriter(folder);
  const second = openWriter(folder);
  second.pragma('busy_timeout = 10');
  first.exec('BEGIN IMMEDIATE');
  expect(() => withStoreErrors(folder, () => second.exec('BEGIN IMMEDIATE'))).toThrow(
    failing('library-busy', /Another Hindsight/),
  );
  first.exec('ROLLBACK');
  second.exec('BEGIN IMMEDIATE; ROLLBACK');
  first.close();
  second.close();
});

it('leaves a half-made upgrade undone', () => {
  const db = openWriter(folder);
  db.exec('DROP TABLE run_columns; CREATE TABLE stray (a); DROP TABLE stray');
  db.pragma('user_version = 0'); // its first step must now fail on the tables that exist
  db.close();
  expect(() => openWriter(folder)).toThrow();
  const again = openReader(folder);
  expect(again.pragma('user_version', { simple: true })).toBe(0);
  expect(again.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'run_columns'").pluck().get()).toBe(
    0,
  );
  again.close();
});
