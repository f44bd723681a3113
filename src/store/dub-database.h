/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_STORE_ERROR (dub_store_error_quark ())
GQuark dub_store_error_quark (void);

/**
 * DubStoreError:
 * @DUB_STORE_ERROR_OPEN: the file cannot be opened or made
 * @DUB_STORE_ERROR_NEWER: the file was written by a newer version of the program
 * @DUB_STORE_ERROR_DAMAGED: SQLite finds the file damaged
 * @DUB_STORE_ERROR_FULL: the disk is full, or may not be written
 * @DUB_STORE_ERROR_FAILED: a statement failed
 * @DUB_STORE_ERROR_NO_CONSENT: a task for a video without a stored consent to the current notice
 * @DUB_STORE_ERROR_CONFLICT: the task is no longer in the state that the transition starts from
 * @DUB_STORE_ERROR_NOT_FOUND: no such row
 */
typedef enum
{
  DUB_STORE_ERROR_OPEN,
  DUB_STORE_ERROR_NEWER,
  DUB_STORE_ERROR_DAMAGED,
  DUB_STORE_ERROR_FULL,
  DUB_STORE_ERROR_FAILED,
  DUB_STORE_ERROR_NO_CONSENT,
  DUB_STORE_ERROR_CONFLICT,
  DUB_STORE_ERROR_NOT_FOUND,
} DubStoreError;

#define DUB_TYPE_DATABASE (dub_database_get_type ())
G_DECLARE_FINAL_TYPE (DubDatabase, dub_database, DUB, DATABASE, GObject)

/*
 * One SQLite file and the one thread that touches it: jobs are run there first in, first out, each in a
 * transaction of its own (BEGIN IMMEDIATE; committed when the job returns TRUE, else rolled back). WAL,
 * foreign_keys, synchronous=FULL, busy_timeout 5 s. Migrations: an array of SQL texts; user_version is the
 * number of those applied.
 */

/* What a job works with; only valid inside it, on the database's thread. */
typedef struct _DubConnection DubConnection;
typedef struct _DubStatement  DubStatement;

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
 * signal "changed-elsewhere". Watched only between these two. */
void         dub_database_watch        (DubDatabase          *self);
void         dub_database_unwatch      (DubDatabase          *self);

/* Statements; bind indexes count from 1, columns from 0. All assert that they run on the database's thread. */
DubStatement *dub_connection_prepare       (DubConnection  *connection,
                                            const char     *sql,
                                            GError        **error);
gboolean      dub_connection_execute       (DubConnection  *connection,
                                            const char     *sql,
                                            GError        **error);
gint64        dub_connection_last_row_id   (DubConnection  *connection);
int           dub_connection_changes       (DubConnection  *connection);
void          dub_statement_free           (DubStatement   *statement);
void          dub_statement_bind_int       (DubStatement   *statement,
                                            int             index,
                                            gint64          value);
void          dub_statement_bind_double    (DubStatement   *statement,
                                            int             index,
                                            double          value);
void          dub_statement_bind_text      (DubStatement   *statement,
                                            int             index,
                                            const char     *value); /* NULL binds NULL */
/* TRUE with a row; FALSE at the end or, with @error set, on failure. */
gboolean      dub_statement_step           (DubStatement   *statement,
                                            GError        **error);
gboolean      dub_statement_run            (DubStatement   *statement, /* to its end, no rows wanted */
                                            GError        **error);
void          dub_statement_reset          (DubStatement   *statement);
gint64        dub_statement_get_int        (DubStatement   *statement,
                                            int             column);
double        dub_statement_get_double     (DubStatement   *statement,
                                            int             column);
const char   *dub_statement_get_text       (DubStatement   *statement, /* until the next step */
                                            int             column);
gboolean      dub_statement_is_null        (DubStatement   *statement,
                                            int             column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubStatement, dub_statement_free)

G_END_DECLS
