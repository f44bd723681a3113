/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-studio-task.h"

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_STORE (dub_studio_store_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioStore, dub_studio_store, DUB, STUDIO_STORE, GObject)

/* The studio's tasks in one SQLite file. Each call is one transaction, on the disk when its callback comes. */
DubStudioStore *dub_studio_store_new                    (const char           *path);
void            dub_studio_store_open_async             (DubStudioStore       *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean        dub_studio_store_open_finish            (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
void            dub_studio_store_close                  (DubStudioStore       *self);
/* @tasks: (element-type DubStudioTask): all or none are added; one whose key is there already is not made again.
 * Returns the ids of all, in their order (transfer full); @made: (transfer full) (element-type DubStudioTask): the new ones. */
void            dub_studio_store_add_async              (DubStudioStore       *self,
                                                         GPtrArray            *tasks,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GStrv           dub_studio_store_add_finish             (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GPtrArray           **made,
                                                         GError              **error);
/* Those of the keys that there are tasks of. (transfer full) */
void            dub_studio_store_list_keys_async        (DubStudioStore       *self,
                                                         const char *const    *keys,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GStrv           dub_studio_store_list_keys_finish       (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* The tasks of these ids, in this order, without scripts; those not known are left out.
 * Returns (transfer full) (element-type DubStudioTask). */
void            dub_studio_store_get_async              (DubStudioStore       *self,
                                                         const char *const    *task_ids,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GPtrArray      *dub_studio_store_get_finish             (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* Submitted and processing, oldest first, with the given scripts. */
void            dub_studio_store_list_unfinished_async  (DubStudioStore       *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GPtrArray      *dub_studio_store_list_unfinished_finish (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* Succeeded, newest first, with all scripts. */
void            dub_studio_store_list_videos_async      (DubStudioStore       *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GPtrArray      *dub_studio_store_list_videos_finish     (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* Writes the task's status with what belongs to it: output, video_id, error_msg, finished, starts, note, and (success)
 * its scripts. */
void            dub_studio_store_update_async           (DubStudioStore       *self,
                                                         const DubStudioTask  *task,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean        dub_studio_store_update_finish          (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);
/* Tasks that came to their end before @before (Unix seconds, UTC) are forgotten, with their scripts. Returns their ids
 * (transfer full). */
void            dub_studio_store_forget_async           (DubStudioStore       *self,
                                                         gint64                before,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GStrv           dub_studio_store_forget_finish          (DubStudioStore       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

G_END_DECLS
