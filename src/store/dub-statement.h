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
 * @DUB_STORE_ERROR_BUSY: another process holds the file for longer than is waited
 * @DUB_STORE_ERROR_IO: the disk gave an error
 * @DUB_STORE_ERROR_LEASE: another process works the queue
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
  DUB_STORE_ERROR_BUSY,
  DUB_STORE_ERROR_IO,
  DUB_STORE_ERROR_LEASE,
} DubStoreError;

/* Whether what failed may succeed later as it is: a full disk is emptied, a busy file let go. */
gboolean dub_store_error_may_pass (const GError *error);

/* What a job works with; only valid inside it, on the database's thread. */
typedef struct _DubConnection DubConnection;
typedef struct _DubStatement  DubStatement;

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
