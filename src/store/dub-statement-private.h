/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "dub-statement.h"

G_BEGIN_DECLS

struct _DubConnection
{
  sqlite3 *db;
  GThread *thread;
  char *path;
  GHashTable *statements; /* SQL text -> DubStatement, kept for the next use */
  guint n_in_use;
  gboolean opening;
};

void           dub_connection_set_error        (DubConnection       *self,
                                                GError             **error);
void           dub_connection_clear_statements (DubConnection       *self);

G_END_DECLS
