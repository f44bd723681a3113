/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-schema.h"

#define STATES \
  "('waiting', 'publishing', 'submitting', 'submitted', 'processing', 'succeeded'," \
  " 'failed', 'rejected', 'unconfirmed', 'cancelled', 'dropped')"

/*
 * What has once been released is never changed: a new version is a new text at the end. Times are Unix
 * milliseconds, UTC.
 *
 * A task refers to the consent that it was made under, and its identity must be that of its video: the file
 * itself refuses a task without a consent to the bytes that are dubbed. A removed account keeps its row, for
 * its finished tasks. The name of a removed task that may have reached the service stays spent, because a
 * later one of the same name could not be told from it in the service's list; so does the name of a dub of the
 * account that was made elsewhere.
 *
 * Those that wait go in the order of their place, which is their id (NULL) as long as the person did not move them.
 */
static const char *const migrations[] = {
  "CREATE TABLE accounts ("
  "  id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),"
  "  kind TEXT NOT NULL CHECK (kind IN ('studio', 'service')),"
  "  name TEXT NOT NULL,"
  "  base_url TEXT,"
  "  created INTEGER NOT NULL,"
  "  removed INTEGER"
  ") STRICT;"

  "INSERT INTO accounts (id, kind, name, created) VALUES"
  "  ('studio', 'studio', 'Built-in studio', CAST ((julianday ('now') - 2440587.5) * 86400000 AS INTEGER));"

  "CREATE TABLE videos ("
  "  id INTEGER PRIMARY KEY,"
  "  uri TEXT NOT NULL CHECK (uri <> ''),"
  "  identity TEXT NOT NULL CHECK (identity <> ''),"
  "  title TEXT,"
  "  content_type TEXT,"
  "  video_codec TEXT,"
  "  audio_codec TEXT,"
  "  duration_ms INTEGER NOT NULL DEFAULT 0 CHECK (duration_ms >= 0),"
  "  size INTEGER NOT NULL DEFAULT 0 CHECK (size >= 0),"
  "  width INTEGER NOT NULL DEFAULT 0,"
  "  height INTEGER NOT NULL DEFAULT 0,"
  "  has_video INTEGER CHECK (has_video IN (0, 1)),"
  "  has_audio INTEGER CHECK (has_audio IN (0, 1)),"
  "  UNIQUE (uri, identity),"
  "  UNIQUE (id, identity)"
  ") STRICT;"

  "CREATE TABLE consents ("
  "  identity TEXT NOT NULL CHECK (identity <> ''),"
  "  notice_version TEXT NOT NULL CHECK (notice_version <> ''),"
  "  agreed INTEGER NOT NULL CHECK (agreed > 0),"
  "  PRIMARY KEY (identity, notice_version)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE tasks ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account TEXT NOT NULL REFERENCES accounts (id),"
  "  video INTEGER NOT NULL,"
  "  identity TEXT NOT NULL,"
  "  notice_version TEXT NOT NULL,"
  "  language TEXT NOT NULL,"
  "  round INTEGER NOT NULL CHECK (round >= 0),"
  "  name TEXT NOT NULL CHECK (length (name) BETWEEN 1 AND 50),"
  "  subtitles INTEGER NOT NULL CHECK (subtitles IN (0, 1)),"
  "  lipsync INTEGER NOT NULL CHECK (lipsync IN (0, 1)),"
  "  state TEXT NOT NULL CHECK (state IN " STATES "),"
  "  batch TEXT,"
  "  publish_url TEXT,"
  "  remote_task TEXT,"
  "  remote_video TEXT,"
  "  preview_url TEXT,"
  "  message TEXT,"
  "  return_code INTEGER NOT NULL,"
  "  request_id TEXT,"
  "  created INTEGER NOT NULL,"
  "  changed INTEGER NOT NULL,"
  "  submitted INTEGER NOT NULL,"
  "  finished INTEGER NOT NULL,"
  "  UNIQUE (account, name),"
  "  FOREIGN KEY (video, identity) REFERENCES videos (id, identity),"
  "  FOREIGN KEY (identity, notice_version) REFERENCES consents (identity, notice_version)"
  ") STRICT;"

  "CREATE TABLE spent_names ("
  "  account TEXT NOT NULL REFERENCES accounts (id),"
  "  name TEXT NOT NULL,"
  "  PRIMARY KEY (account, name)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE transitions ("
  "  id INTEGER PRIMARY KEY,"
  "  task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,"
  "  from_state TEXT NOT NULL CHECK (from_state IN " STATES "),"
  "  to_state TEXT NOT NULL CHECK (to_state IN " STATES "),"
  "  moment INTEGER NOT NULL,"
  "  return_code INTEGER NOT NULL,"
  "  message TEXT,"
  "  request_id TEXT"
  ") STRICT;"
  "CREATE INDEX transitions_of_task ON transitions (task);"

  "CREATE TABLE scripts ("
  "  id INTEGER PRIMARY KEY,"
  "  task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,"
  "  role TEXT NOT NULL CHECK (role IN ('given', 'original', 'translated')),"
  "  UNIQUE (task, role)"
  ") STRICT;"

  "CREATE TABLE segments ("
  "  script INTEGER NOT NULL REFERENCES scripts (id) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL,"
  "  text TEXT NOT NULL,"
  "  start_ms REAL NOT NULL,"
  "  end_ms REAL NOT NULL,"
  "  PRIMARY KEY (script, position)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE settings ("
  "  key TEXT NOT NULL PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;",

  /* The times of a lease are those of the monotonic clock of one start of the machine ("boot"). */
  "ALTER TABLE tasks ADD COLUMN place INTEGER;"

  "CREATE TABLE lease ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1),"
  "  holder INTEGER NOT NULL,"
  "  turn INTEGER NOT NULL,"
  "  boot TEXT NOT NULL,"
  "  until INTEGER NOT NULL"
  ") STRICT;",

  /* The lines of subtitles are another script of a task; whoever made a segment may have remarks on it (the text form of a
   * DUB_REMARKS_VARIANT_TYPE). */
  "CREATE TABLE scripts_3 ("
  "  id INTEGER PRIMARY KEY,"
  "  task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,"
  "  role TEXT NOT NULL CHECK (role IN ('given', 'original', 'translated', 'subtitles')),"
  "  UNIQUE (task, role)"
  ") STRICT;"
  "INSERT INTO scripts_3 (id, task, role) SELECT id, task, role FROM scripts;"
  "DROP TABLE scripts;"
  "ALTER TABLE scripts_3 RENAME TO scripts;"
  "ALTER TABLE segments ADD COLUMN remarks TEXT;",

  NULL,
};

/**
 * dub_store_get_migrations:
 *
 * Returns: the scripts that make the file; the n-th (from 1) brings a file of version n - 1 to n
 */
const char *const *
dub_store_get_migrations (void)
{
  return migrations;
}
