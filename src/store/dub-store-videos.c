/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

static void
bind_info (DubStatement       *statement,
           const DubMediaInfo *info)
{
  dub_statement_bind_text (statement, 4, info->content_type);
  dub_statement_bind_text (statement, 5, info->video_codec);
  dub_statement_bind_text (statement, 6, info->audio_codec);
  dub_statement_bind_int (statement, 7, MAX (info->duration_ms, 0));
  dub_statement_bind_int (statement, 8, (gint64) MIN (info->size, (guint64) G_MAXINT64));
  dub_statement_bind_int (statement, 9, info->width);
  dub_statement_bind_int (statement, 10, info->height);
  dub_statement_bind_int (statement, 11, info->has_video ? 1 : 0);
  dub_statement_bind_int (statement, 12, info->has_audio ? 1 : 0);
}

/* What is known stays where the new record does not know it. */
static const char put_video_sql[] =
  "INSERT INTO videos (uri, identity, title, content_type, video_codec, audio_codec,"
  " duration_ms, size, width, height, has_video, has_audio)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, coalesce (?7, 0), coalesce (?8, 0), coalesce (?9, 0), coalesce (?10, 0), ?11, ?12)"
  " ON CONFLICT (uri, identity) DO UPDATE SET"
  " title = coalesce (excluded.title, title),"
  " content_type = coalesce (excluded.content_type, content_type),"
  " video_codec = coalesce (excluded.video_codec, video_codec),"
  " audio_codec = coalesce (excluded.audio_codec, audio_codec),"
  " duration_ms = iif (excluded.duration_ms > 0, excluded.duration_ms, duration_ms),"
  " size = iif (excluded.size > 0, excluded.size, size),"
  " width = iif (excluded.width > 0, excluded.width, width),"
  " height = iif (excluded.height > 0, excluded.height, height),"
  " has_video = coalesce (excluded.has_video, has_video),"
  " has_audio = coalesce (excluded.has_audio, has_audio)"
  " RETURNING id";

static gboolean
put_video (DubConnection  *connection,
           gpointer        job_data,
           gpointer       *result,
           GError        **error)
{
  const DubVideoRecord *video = job_data;
  g_autoptr (DubStatement) upsert = NULL;
  gint64 id;
  gboolean found = FALSE;

  upsert = dub_connection_prepare (connection, put_video_sql, error);
  if (upsert == NULL)
    return FALSE;
  dub_statement_bind_text (upsert, 1, video->uri);
  dub_statement_bind_text (upsert, 2, video->identity);
  dub_statement_bind_text (upsert, 3, video->title);
  if (video->info != NULL)
    bind_info (upsert, video->info);
  if (!dub_store_find (upsert, &found, error))
    return FALSE;
  id = dub_statement_get_int (upsert, 0);
  *result = g_memdup2 (&id, sizeof id);
  return TRUE;
}

static gpointer
read_video (DubStatement  *statement,
            GError       **error)
{
  DubVideoRecord *video = dub_video_record_new ();

  video->id = dub_statement_get_int (statement, 0);
  video->uri = dub_store_dup_text (statement, 1);
  video->identity = dub_store_dup_text (statement, 2);
  video->title = dub_store_dup_text (statement, 3);
  video->info = dub_media_info_new ();
  video->info->content_type = dub_store_dup_text (statement, 4);
  video->info->video_codec = dub_store_dup_text (statement, 5);
  video->info->audio_codec = dub_store_dup_text (statement, 6);
  video->info->duration_ms = dub_statement_get_int (statement, 7);
  video->info->size = (guint64) dub_statement_get_int (statement, 8);
  video->info->width = (int) dub_statement_get_int (statement, 9);
  video->info->height = (int) dub_statement_get_int (statement, 10);
  video->info->has_video = dub_statement_get_int (statement, 11) != 0;
  video->info->has_audio = dub_statement_get_int (statement, 12) != 0;
  return video;
}

static gboolean
list_videos (DubConnection  *connection,
             gpointer        job_data,
             gpointer       *result,
             GError        **error)
{
  g_autoptr (DubStatement) select = NULL;

  select = dub_connection_prepare (connection,
                                   "SELECT id, uri, identity, title, content_type, video_codec, audio_codec,"
                                   " duration_ms, size, width, height, has_video, has_audio"
                                   " FROM videos ORDER BY id",
                                   error);
  if (select == NULL)
    return FALSE;
  *result = dub_store_read_all (select, read_video, (GDestroyNotify) dub_video_record_free, error);
  return *result != NULL;
}

/**
 * dub_store_put_video_async:
 * @self: a store
 * @video: the video, copied; its id is not looked at
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Finds the video of the same address and identity, or adds it. Of one that is found, the title and what the
 * info knows are brought up to date; what it does not know (%NULL, 0) stays as it was.
 */
void
dub_store_put_video_async (DubStore             *self,
                           const DubVideoRecord *video,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (video != NULL);

  dub_store_run (self, dub_store_put_video_async, put_video, dub_video_record_copy (video),
                 (GDestroyNotify) dub_video_record_free, g_free, cancellable, callback, user_data);
}

/**
 * dub_store_put_video_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: the row id; 0 on error
 */
gint64
dub_store_put_video_finish (DubStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autofree gint64 *id = dub_store_finish_pointer (self, result, dub_store_put_video_async, error);

  return id != NULL ? *id : 0;
}

/**
 * dub_store_list_videos_async:
 * @self: a store
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lists all videos, the first added first.
 */
void
dub_store_list_videos_async (DubStore            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_store_run (self, dub_store_list_videos_async, list_videos, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                 cancellable, callback, user_data);
}

/**
 * dub_store_list_videos_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (element-type DubVideoRecord) (nullable): the videos; each has an info, empty
 *   where nothing is known
 */
GPtrArray *
dub_store_list_videos_finish (DubStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_list_videos_async, error);
}
