/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_WORKSPACE (dub_studio_workspace_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioWorkspace, dub_studio_workspace, DUB, STUDIO_WORKSPACE, GObject)

/* The directories of the studio: data/work/ID for a task under way (the fetched video, what lies between, the dub
 * that grows), data/videos for the dubs that are done. One file system, so that a rename makes a dub appear whole. */
DubStudioWorkspace *dub_studio_workspace_new            (const char           *data_dir);
/* Makes the directories and sweeps what an earlier run left under way. */
void                dub_studio_workspace_open_async     (DubStudioWorkspace   *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean            dub_studio_workspace_open_finish    (DubStudioWorkspace   *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* Makes the empty directories of a task, whatever was there. */
void                dub_studio_workspace_prepare_async  (DubStudioWorkspace   *self,
                                                         const char           *task_id,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean            dub_studio_workspace_prepare_finish (DubStudioWorkspace   *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* Flushes the task's dub to the disk, moves it to the videos, and sweeps the rest. */
void                dub_studio_workspace_publish_async  (DubStudioWorkspace   *self,
                                                         const char           *task_id,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean            dub_studio_workspace_publish_finish (DubStudioWorkspace   *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* Sweeps all that belongs to a task that came to nothing. */
void                dub_studio_workspace_discard_async  (DubStudioWorkspace   *self,
                                                         const char           *task_id,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
void                dub_studio_workspace_discard_finish (DubStudioWorkspace   *self,
                                                         GAsyncResult         *result);

/* (transfer full): paths of a task. */
char               *dub_studio_workspace_dup_stages     (DubStudioWorkspace   *self,
                                                         const char           *task_id);
char               *dub_studio_workspace_dup_original   (DubStudioWorkspace   *self,
                                                         const char           *task_id,
                                                         const char           *video_url);
char               *dub_studio_workspace_dup_dub        (DubStudioWorkspace   *self,
                                                         const char           *task_id);
char               *dub_studio_workspace_dup_video      (DubStudioWorkspace   *self,
                                                         const char           *task_id);
/* A video that lies in the workspace. */
typedef struct
{
  char  *task_id;
  gint64 changed; /* Unix seconds, UTC */
} DubStudioVideo;

/* Returns (transfer full) (element-type DubStudioVideo). */
void                dub_studio_workspace_list_async     (DubStudioWorkspace   *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GPtrArray          *dub_studio_workspace_list_finish    (DubStudioWorkspace   *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

G_END_DECLS
