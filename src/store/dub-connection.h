/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "dub-database.h"

G_BEGIN_DECLS

/* Private to the database wrapper: dub-statement.c (lowest), dub-connection.c, dub-database.c. */
struct _DubConnection
{
  sqlite3 *db;
  GThread *thread;
  char *path;
  GHashTable *statements; /* SQL text -> DubStatement, kept for the next use */
  guint n_in_use;
  gboolean opening;
};

/* dub-statement.c */
void           dub_connection_set_error        (DubConnection       *self,
                                                GError             **error);
void           dub_connection_clear_statements (DubConnection       *self);

/* dub-connection.c */
DubConnection *dub_connection_open             (const char          *path,
                                                const char *const   *migrations,
                                                GError             **error);
void           dub_connection_close            (DubConnection       *self);
gboolean       dub_connection_begin            (DubConnection       *self,
                                                GError             **error);
gboolean       dub_connection_commit           (DubConnection       *self,
                                                GError             **error);
void           dub_connection_rollback         (DubConnection       *self);
gint64         dub_connection_get_data_version (DubConnection       *self);

G_END_DECLS
