/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-database.h"
#include "dub-studio-task.h"

G_BEGIN_DECLS

/* Rows of the studio's store as tasks, and back; on the database's thread. */

/* Stored: the numbers stay. */
typedef enum
{
  DUB_STUDIO_ROLE_GIVEN = 0,
  DUB_STUDIO_ROLE_ORIGINAL = 1,
  DUB_STUDIO_ROLE_TRANSLATED = 2,
  DUB_STUDIO_ROLE_SUBTITLES = 3,
} DubStudioRole;

#define DUB_STUDIO_TASK_COLUMNS \
  "id, task_id, video_url, language, name, lipsync, subtitles, has_script, status, video_id, output, error_msg, " \
  "created, finished, starts, note"

/* Without its scripts. */
DubStudioTask *dub_studio_row_read_task    (DubStatement   *row);
/* @sql: a SELECT of DUB_STUDIO_TASK_COLUMNS. With the scripts; (element-type DubStudioTask) */
GPtrArray     *dub_studio_row_read_all     (DubConnection  *connection,
                                            const char     *sql,
                                            GError        **error);
gboolean       dub_studio_row_write_script (DubConnection  *connection,
                                            gint64          row,
                                            DubStudioRole   role,
                                            DubScript      *script,
                                            GError        **error);

G_END_DECLS
