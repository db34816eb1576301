/**
 * Steps from an empty file to today's library; step n takes version n to n + 1. Released steps are never edited.
 *
 * Bars lie in chunks: all bars of a series inside one window of time, one BLOB per column. A chunk is never changed:
 * an import that adds to a window writes a new chunk and marks the old one as replaced, so that undoing it brings the
 * old one back as it was. A chunk is live while `replaced_by` is null. Times are epoch milliseconds UTC.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE series (
    id TEXT PRIMARY KEY,
    ticker TEXT NOT NULL,
    every TEXT NOT NULL,
    bars INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    stored_bytes INTEGER NOT NULL,
    UNIQUE (ticker, every)
  ) STRICT;

  CREATE TABLE import (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    imported_at INTEGER NOT NULL,
    file TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    parser_version TEXT NOT NULL,
    lines_read INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    reject_list BLOB NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE import_series (
    import INTEGER NOT NULL REFERENCES import (number),
    series_id TEXT NOT NULL,
    PRIMARY KEY (import, series_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX import_series_by_series ON import_series (series_id);

  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,
    series_id TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    time_window INTEGER NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    stored_bytes INTEGER NOT NULL,
    created_by INTEGER NOT NULL REFERENCES import (number),
    replaced_by INTEGER REFERENCES import (number)
  ) STRICT;
  CREATE UNIQUE INDEX chunk_live ON chunk (series_id, time_window) WHERE replaced_by IS NULL;
  CREATE INDEX chunk_by_series ON chunk (series_id);
  CREATE INDEX chunk_by_creator ON chunk (created_by);
  CREATE INDEX chunk_by_successor ON chunk (replaced_by) WHERE replaced_by IS NOT NULL;

  CREATE TABLE chunk_column (
    chunk INTEGER NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    crc32 INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (chunk, name)
  ) STRICT;

  CREATE TABLE run (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    summary TEXT NOT NULL,
    manifest TEXT NOT NULL,
    statistics TEXT NOT NULL,
    first_next_time INTEGER,
    result TEXT NOT NULL
  ) STRICT;
  CREATE INDEX run_by_time ON run (created_at);

  CREATE TABLE run_columns (
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    part TEXT NOT NULL,
    crc32 INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (run_id, part)
  ) STRICT;
  `,
  // How far each run is to be trusted; runs of before have nothing to say.
  `
  ALTER TABLE run ADD COLUMN trust TEXT;
  `,
  // The data library: how files were read, what instruments are, what happened to them, how sound their bars are,
  // and levels of detail beside the bars.
  `
  ALTER TABLE import ADD COLUMN plan TEXT;
  ALTER TABLE import ADD COLUMN source TEXT NOT NULL DEFAULT 'file';
  ALTER TABLE import_series ADD COLUMN bars INTEGER;
  ALTER TABLE import_series ADD COLUMN first INTEGER;
  ALTER TABLE import_series ADD COLUMN last INTEGER;

  CREATE TABLE reading_plan (
    fingerprint TEXT PRIMARY KEY,
    plan TEXT NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE instrument (
    ticker TEXT PRIMARY KEY,
    calendar TEXT,
    currency TEXT,
    sector TEXT
  ) STRICT;

  CREATE TABLE corporate_action (
    id TEXT PRIMARY KEY,
    ticker TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('split', 'dividend')),
    value REAL NOT NULL CHECK (value > 0),
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (ticker, at, kind, value)
  ) STRICT;

  CREATE TABLE series_health (
    series_id TEXT PRIMARY KEY REFERENCES series (id) ON DELETE CASCADE,
    content_hash TEXT NOT NULL,
    calendar TEXT NOT NULL,
    basis TEXT NOT NULL,
    version INTEGER NOT NULL,
    score REAL NOT NULL,
    suspect_count INTEGER NOT NULL,
    months TEXT NOT NULL,
    bars INTEGER NOT NULL,
    has_calendar INTEGER NOT NULL,
    extended_bars INTEGER NOT NULL,
    days BLOB NOT NULL,
    suspects BLOB NOT NULL
  ) STRICT;

  CREATE TABLE reviewed_suspect (
    series_id TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series_id, kind, first, last)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE chunk_level (
    chunk INTEGER NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,
    bars_per_bucket INTEGER NOT NULL,
    crc32 INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (chunk, bars_per_bucket)
  ) STRICT;

  CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  `,
  // Jobs are written down before they start; removals wait for their time of Undo to be over.
  `
  CREATE TABLE job (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    place TEXT NOT NULL,
    owner TEXT NOT NULL,
    input TEXT,
    result TEXT,
    error TEXT
  ) STRICT;

  CREATE TABLE removal (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('run', 'series', 'strategy', 'import')),
    target TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    UNIQUE (kind, target)
  ) STRICT;
  `,
];
