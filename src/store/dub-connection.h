/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-statement.h"

G_BEGIN_DECLS

/* Private to the database wrapper. */
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
