/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "dub-statement.h"

G_BEGIN_DECLS

#define DUB_TYPE_DATABASE (dub_database_get_type ())
G_DECLARE_FINAL_TYPE (DubDatabase, dub_database, DUB, DATABASE, GObject)

/*
 * One SQLite file and the one thread that touches it: jobs are run there first in, first out, each in a
 * transaction of its own (BEGIN IMMEDIATE; committed when the job returns TRUE, else rolled back). WAL,
 * foreign_keys, synchronous=FULL, busy_timeout 5 s. Migrations: an array of SQL texts; user_version is the
 * number of those applied.
 */

/* Returns TRUE for commit. What it returns to the caller it puts into @result (freed by @result_free). */
typedef gboolean (*DubDatabaseJob) (DubConnection  *connection,
                                    gpointer        job_data,
                                    gpointer       *result,
                                    GError        **error);

DubDatabase *dub_database_new          (const char           *path,
                                        const char *const    *migrations);
/* Every other call before it has finished waits for it. */
void         dub_database_open_async   (DubDatabase          *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean     dub_database_open_finish  (DubDatabase          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
void         dub_database_run_async    (DubDatabase          *self,
                                        DubDatabaseJob        job,
                                        gpointer              job_data,
                                        GDestroyNotify        job_data_free,
                                        GDestroyNotify        result_free,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gpointer     dub_database_run_finish   (DubDatabase          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
/* Waits for the jobs under way, checkpoints and closes; also done (blocking) when the last reference goes. */
void         dub_database_close        (DubDatabase          *self);
/* Emitted on the main context, at most once a second, when *another process* committed to the file:
 * signal "changed-elsewhere". Watched from now on. */
void         dub_database_watch        (DubDatabase          *self);

G_END_DECLS
