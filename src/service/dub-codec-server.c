/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-codec.h"
#include "dub-codec-extras.h"
#include "dub-codec-parts.h"
#include "dub-service-error.h"

/* These sentences go over the wire as the `message` of an answer: plain English, like the service's own. */
static gboolean
is_well_formed (DubRead  *read,
                GError  **error)
{
  const char *fault = dub_read_get_fault (read);
  GError *refusal;

  if (fault == NULL)
    return TRUE;
  refusal = dub_service_error_new (DUB_SERVICE_ERROR_PARAMETERS, NULL, fault);
  g_propagate_error (error, refusal);
  return FALSE;
}

static char *
read_language (DubRead    *read,
               JsonObject *item)
{
  JsonArray *array = dub_read_array (read, item, "target_languages", DUB_READ_REQUIRED);
  char *language = NULL;

  if (array == NULL)
    return NULL;
  if (dub_read_length (array) != 1)
    {
      dub_read_fail (read, "target_languages", "must have exactly 1 language");
      return NULL;
    }
  dub_read_enter (read, "target_languages", 0);
  dub_read_enter (read, NULL, 0);
  language = dub_read_item_string (read, array, 0);
  dub_read_leave (read);
  dub_read_leave (read);
  return language;
}

static char *
read_key (DubRead    *read,
          JsonObject *item)
{
  char *key = dub_read_string (read, item, "client_key", DUB_READ_OPTIONAL);

  if (key != NULL && (*key == '\0' || g_utf8_strlen (key, -1) > DUB_MAX_KEY_LENGTH))
    dub_read_fail (read, "client_key", "must have 1 to 64 characters");
  return key;
}

static DubCreateItem *
read_item (DubRead    *read,
           JsonObject *object)
{
  DubCreateItem *item = dub_create_item_new ();

  item->video_url = dub_read_string (read, object, "video_url", DUB_READ_NOT_EMPTY);
  item->target_language = read_language (read, object);
  item->lipsync = dub_read_boolean (read, object, "lipsync_enabled", DUB_READ_OPTIONAL);
  item->video_name = dub_read_string (read, object, "video_name", DUB_READ_OPTIONAL);
  item->subtitles = dub_read_boolean (read, object, "subtitle_enabled", DUB_READ_OPTIONAL);
  item->script = dub_codec_read_script (read, object, "scripts", DUB_READ_OPTIONAL, DUB_CODEC_PLAIN);
  item->key = read_key (read, object);
  return item;
}

static void
check_type (DubRead    *read,
            JsonObject *root)
{
  g_autofree char *type = dub_read_string (read, root, "aigc_video_type", DUB_READ_REQUIRED);

  if (type != NULL && !g_str_equal (type, DUB_TYPE_WORD_DUBBING))
    dub_read_fail (read, "aigc_video_type", "must be DUBBING");
}

/**
 * dub_codec_decode_create:
 * @body: the body of a create
 * @error: %DUB_SERVICE_ERROR_PARAMETERS, its sentence naming the field
 *
 * Reads a create. How many items there are, the language, the name's length, and the times of a script are not
 * checked. Any thread.
 *
 * Returns: (transfer full) (element-type DubCreateItem) (nullable): the items
 */
GPtrArray *
dub_codec_decode_create (GBytes  *body,
                         GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (DubRead) read = dub_read_new (text, length);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);
  JsonObject *root = dub_read_root_object (read);
  JsonArray *array;

  check_type (read, root);
  array = dub_read_array (read, root, "dubbing_video_info", DUB_READ_REQUIRED);
  dub_read_enter (read, "dubbing_video_info", 0);
  for (guint i = 0; i < dub_read_length (array) && dub_read_get_fault (read) == NULL; i++)
    {
      dub_read_enter (read, NULL, i);
      g_ptr_array_add (items, read_item (read, dub_read_item (read, array, i)));
      dub_read_leave (read);
    }
  dub_read_leave (read);
  return is_well_formed (read, error) ? g_steal_pointer (&items) : NULL;
}

/**
 * dub_codec_decode_id_array:
 * @json: a JSON array of strings, as it stands in a query after decoding
 * @error: %DUB_SERVICE_ERROR_PARAMETERS
 *
 * Reads the ids of a query. How many there are is not checked. Any thread.
 *
 * Returns: (transfer full) (nullable): the ids
 */
GStrv
dub_codec_decode_id_array (const char *json,
                           GError    **error)
{
  g_autoptr (DubRead) read = dub_read_new (json, strlen (json));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonArray *array = dub_read_root_array (read);

  for (guint i = 0; i < dub_read_length (array) && dub_read_get_fault (read) == NULL; i++)
    {
      char *id;

      dub_read_enter (read, NULL, i);
      id = dub_read_item_string (read, array, i);
      if (id != NULL)
        g_strv_builder_take (ids, id);
      dub_read_leave (read);
    }
  return is_well_formed (read, error) ? g_strv_builder_end (ids) : NULL;
}

/**
 * dub_codec_encode_error:
 * @code: the return code
 * @message: what is wrong
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): an answer that refuses
 */
char *
dub_codec_encode_error (gint64      code,
                        const char *message,
                        const char *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (code, message, request_id);

  return dub_codec_close_answer (builder);
}

/**
 * dub_codec_encode_task_ids:
 * @task_ids: the ids of the tasks that were made, in the order of the items
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): the answer to a create
 */
char *
dub_codec_encode_task_ids (const char *const *task_ids,
                           const char        *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (0, "OK", request_id);

  json_builder_set_member_name (builder, "task_ids");
  json_builder_begin_array (builder);
  for (gsize i = 0; task_ids[i] != NULL; i++)
    json_builder_add_string_value (builder, task_ids[i]);
  json_builder_end_array (builder);
  return dub_codec_close_answer (builder);
}

static const char *
word_of (const DubRemoteTask *task)
{
  switch (task->status)
    {
    case DUB_REMOTE_STATUS_SUBMITTED:
      return "SUBMITTED";
    case DUB_REMOTE_STATUS_PROCESSING:
      return "PROCESSING";
    case DUB_REMOTE_STATUS_SUCCESS:
      return "SUCCESS";
    case DUB_REMOTE_STATUS_FAILED:
      return "FAILED";
    case DUB_REMOTE_STATUS_UNKNOWN:
    default:
      return task->status_word;
    }
}

static void
write_task (JsonBuilder         *builder,
            const DubRemoteTask *task)
{
  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "task_id", task->task_id);
  dub_codec_write_string (builder, "aigc_video_type", DUB_TYPE_WORD_DUBBING);
  dub_codec_write_string (builder, "status", word_of (task));
  dub_codec_write_string (builder, "video_name", task->video_name);
  if (task->status == DUB_REMOTE_STATUS_SUCCESS)
    {
      dub_codec_write_string (builder, "video_id", task->video_id);
      dub_codec_write_string (builder, "preview_url", task->preview_url);
    }
  if (task->status == DUB_REMOTE_STATUS_FAILED)
    dub_codec_write_string (builder, "error_msg", task->error_msg);
  if (task->status == DUB_REMOTE_STATUS_PROCESSING)
    dub_codec_write_progress (builder, task);
  json_builder_end_object (builder);
}

/**
 * dub_codec_encode_tasks:
 * @tasks: (element-type DubRemoteTask): tasks
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): the answer to a question for tasks
 */
char *
dub_codec_encode_tasks (GPtrArray  *tasks,
                        const char *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (0, "OK", request_id);

  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tasks->len; i++)
    write_task (builder, g_ptr_array_index (tasks, i));
  json_builder_end_array (builder);
  return dub_codec_close_answer (builder);
}

static void
write_video (JsonBuilder          *builder,
             const DubRemoteVideo *video)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (video->create_time);
  g_autofree char *time = moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M:%S") : NULL;

  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "aigc_video_type", DUB_TYPE_WORD_DUBBING);
  dub_codec_write_string (builder, "video_id", video->video_id);
  dub_codec_write_string (builder, "video_name", video->video_name);
  dub_codec_write_string (builder, "create_time", time);
  dub_codec_write_string (builder, "preview_url", video->preview_url);
  json_builder_set_member_name (builder, "dubbing_info");
  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "target_language", video->target_language);
  dub_codec_write_script (builder, "original_scripts", video->original_script, DUB_CODEC_WITH_REMARKS);
  dub_codec_write_script (builder, "translated_scripts", video->translated_script, DUB_CODEC_WITH_REMARKS);
  if (video->subtitle_lines != NULL && dub_script_get_length (video->subtitle_lines) > 0)
    dub_codec_write_script (builder, "subtitle_lines", video->subtitle_lines, DUB_CODEC_PLAIN);
  if (video->note != NULL)
    dub_codec_write_string (builder, "note", video->note);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/**
 * dub_codec_encode_videos:
 * @videos: (element-type DubRemoteVideo): dubbed videos
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): the answer to a question for the dubbed videos
 */
char *
dub_codec_encode_videos (GPtrArray  *videos,
                         const char *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (0, "OK", request_id);

  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < videos->len; i++)
    write_video (builder, g_ptr_array_index (videos, i));
  json_builder_end_array (builder);
  return dub_codec_close_answer (builder);
}

/**
 * dub_codec_encode_user:
 * @display_name: the account's name
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): the answer to the question for the account
 */
char *
dub_codec_encode_user (const char *display_name,
                       const char *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (0, "OK", request_id);

  dub_codec_write_string (builder, "display_name", display_name);
  return dub_codec_close_answer (builder);
}
