/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-database.h"
#include "dub-test-support.h"

G_BEGIN_DECLS

/* Shelves; and two versions later, shelves with books on them. */
extern const char *const first_version[];
extern const char *const third_version[];

typedef struct
{
  char *dir;
  char *path;
  DubDatabase *database; /* of the third version */
} DatabaseFixture;

void     database_fixture_set_up    (DatabaseFixture *fixture,
                                     gconstpointer    data);
void     database_fixture_tear_down (DatabaseFixture *fixture,
                                     gconstpointer    data);

gboolean open_now                   (DubDatabase     *database,
                                     GError         **error);
gpointer run_now                    (DubDatabase     *database,
                                     DubDatabaseJob   job,
                                     gpointer         job_data,
                                     GError         **error);
/* Jobs whose data is an SQL text; read_job() returns all values of the first column, joined by commas. */
gboolean execute_job                (DubConnection   *connection,
                                     gpointer         sql,
                                     gpointer        *result,
                                     GError         **error);
gboolean read_job                   (DubConnection   *connection,
                                     gpointer         sql,
                                     gpointer        *result,
                                     GError         **error);
void     assert_reads               (DubDatabase     *database,
                                     const char      *sql,
                                     const char      *expected);
void     assert_executes            (DubDatabase     *database,
                                     const char      *sql);

/* A new file that somebody else is in the middle of changing, until it is given back. */
gpointer hold_file                  (const char      *path);
gboolean release_file               (gpointer         held);

G_END_DECLS
