/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-codec.h"
#include "dub-codec-answer.h"
#include "dub-codec-extras.h"
#include "dub-codec-parts.h"
#include "dub-service-sentence.h"

#define MAX_NOTE_CHARS 1000

/* What the service answers. */

static gboolean
is_address (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char *scheme;

  /* GUri takes blanks inside a host. */
  for (const char *p = url; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
        return FALSE;
    }
  if (uri == NULL)
    return FALSE;
  scheme = g_uri_get_scheme (uri);
  if (g_str_equal (scheme, "file"))
    return *g_uri_get_path (uri) == '/';
  return (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) && g_uri_get_host (uri) != NULL &&
         *g_uri_get_host (uri) != '\0';
}

/* A dub without a link that can be opened is a dub all the same: links end after 30 days. */
static char *
read_preview_url (DubRead    *read,
                  JsonObject *object)
{
  g_autofree char *url = dub_read_words (read, object, "preview_url");

  return url != NULL && is_address (url) ? g_steal_pointer (&url) : NULL;
}

static void
add_task_id (DubRead      *read,
             GStrvBuilder *ids,
             GHashTable   *seen,
             char         *id,
             const char   *name)
{
  if (dub_read_get_fault (read) == NULL && !g_hash_table_add (seen, id))
    dub_read_fail (read, name, "is there twice");
  else if (dub_read_get_fault (read) == NULL)
    g_strv_builder_add (ids, id);
  else
    g_free (id);
}

static void
read_plain_ids (DubRead      *read,
                JsonArray    *array,
                GStrvBuilder *ids,
                GHashTable   *seen)
{
  dub_read_enter (read, "task_ids", 0);
  for (guint i = 0; i < dub_read_length (array) && dub_read_get_fault (read) == NULL; i++)
    {
      dub_read_enter (read, NULL, i);
      add_task_id (read, ids, seen, dub_read_item_id (read, array, i), NULL);
      dub_read_leave (read);
    }
  dub_read_leave (read);
}

static void
read_listed_ids (DubRead      *read,
                 JsonArray    *array,
                 GStrvBuilder *ids,
                 GHashTable   *seen)
{
  dub_read_enter (read, "list", 0);
  for (guint i = 0; i < dub_read_length (array) && dub_read_get_fault (read) == NULL; i++)
    {
      JsonObject *item;

      dub_read_enter (read, NULL, i);
      item = dub_read_item (read, array, i);
      add_task_id (read, ids, seen, dub_read_id (read, item, "task_id"), "task_id");
      dub_read_leave (read);
    }
  dub_read_leave (read);
}

/**
 * dub_codec_decode_task_ids:
 * @body: the answer to a create
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError; its fault has `request_id` also
 *
 * Reads `data.task_ids`, or `data.list[].task_id` as other clients have seen it. An empty list is an error, since
 * the service then made something that cannot be asked for, or nothing. Any thread.
 *
 * Returns: (transfer full) (nullable): the ids, at least one, none twice
 */
GStrv
dub_codec_decode_task_ids (GBytes  *body,
                           char   **request_id,
                           GError **error)
{
  g_auto (DubCodecAnswer) answer = { 0 };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) ids = NULL;
  JsonArray *array;

  if (request_id != NULL)
    *request_id = NULL;
  if (!dub_codec_answer_open (&answer, body, TRUE, error))
    return NULL;

  dub_codec_answer_need_data (&answer);
  if (answer.data != NULL && !json_object_has_member (answer.data, "task_ids") &&
      json_object_has_member (answer.data, "list"))
    {
      array = dub_read_array (answer.read, answer.data, "list", DUB_READ_REQUIRED);
      read_listed_ids (answer.read, array, builder, seen);
    }
  else
    {
      array = dub_read_array (answer.read, answer.data, "task_ids", DUB_READ_REQUIRED);
      read_plain_ids (answer.read, array, builder, seen);
    }
  if (dub_read_length (array) == 0)
    dub_read_fail (answer.read, "task_ids", "is empty");

  ids = g_strv_builder_end (builder);
  return dub_codec_answer_close (&answer, request_id, error) ? g_steal_pointer (&ids) : NULL;
}

static DubRemoteStatus
status_from_word (const char *word)
{
  if (g_strcmp0 (word, "SUBMITTED") == 0)
    return DUB_REMOTE_STATUS_SUBMITTED;
  if (g_strcmp0 (word, "PROCESSING") == 0)
    return DUB_REMOTE_STATUS_PROCESSING;
  if (g_strcmp0 (word, "SUCCESS") == 0)
    return DUB_REMOTE_STATUS_SUCCESS;
  if (g_strcmp0 (word, "FAILED") == 0)
    return DUB_REMOTE_STATUS_FAILED;
  return DUB_REMOTE_STATUS_UNKNOWN;
}

static gpointer
read_task (DubRead    *read,
           JsonObject *item)
{
  g_autoptr (DubRemoteTask) task = dub_remote_task_new ();

  task->task_id = dub_read_id (read, item, "task_id");
  task->video_name = dub_read_string (read, item, "video_name", DUB_READ_REQUIRED);
  task->status_word = dub_read_string (read, item, "status", DUB_READ_NOT_EMPTY);
  task->status = status_from_word (task->status_word);
  if (task->status == DUB_REMOTE_STATUS_SUCCESS)
    {
      task->video_id = dub_read_id (read, item, "video_id");
      task->preview_url = read_preview_url (read, item);
    }
  if (task->status == DUB_REMOTE_STATUS_FAILED)
    task->error_msg = dub_read_words (read, item, "error_msg");
  if (task->status == DUB_REMOTE_STATUS_PROCESSING)
    dub_codec_read_progress (item, task);
  return dub_read_get_fault (read) == NULL ? g_steal_pointer (&task) : NULL;
}

/**
 * dub_codec_decode_tasks:
 * @body: the answer to a question for tasks
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError
 *
 * Reads `data.list[]` (service documentation, "Task results"). A task that succeeded has its video, but may be without
 * an address that can be opened; one that failed may be without the service's words. Any thread.
 *
 * Returns: (transfer full) (element-type DubRemoteTask) (nullable): the tasks
 */
GPtrArray *
dub_codec_decode_tasks (GBytes  *body,
                        char   **request_id,
                        GError **error)
{
  g_auto (DubCodecAnswer) answer = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;

  if (request_id != NULL)
    *request_id = NULL;
  if (!dub_codec_answer_open (&answer, body, FALSE, error))
    return NULL;

  tasks = dub_codec_answer_read_list (&answer, read_task, (GDestroyNotify) dub_remote_task_free, FALSE);
  return dub_codec_answer_close (&answer, request_id, error) ? g_steal_pointer (&tasks) : NULL;
}

static gboolean
two_digits (const char *text,
            int        *value)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *value = (text[0] - '0') * 10 + (text[1] - '0');
  return TRUE;
}

/* "YYYY-MM-DD HH:MM:SS", UTC, and nothing else. */
static gint64
read_time (DubRead    *read,
           JsonObject *object,
           const char *name)
{
  g_autofree char *text = dub_read_string (read, object, name, DUB_READ_NOT_EMPTY);
  g_autoptr (GDateTime) moment = NULL;
  int part[7];

  if (text == NULL)
    return 0;
  if (strlen (text) == 19 && text[4] == '-' && text[7] == '-' && text[10] == ' ' && text[13] == ':' &&
      text[16] == ':' && two_digits (text, &part[0]) && two_digits (text + 2, &part[1]) &&
      two_digits (text + 5, &part[2]) && two_digits (text + 8, &part[3]) && two_digits (text + 11, &part[4]) &&
      two_digits (text + 14, &part[5]) && two_digits (text + 17, &part[6]))
    moment = g_date_time_new_utc (part[0] * 100 + part[1], part[2], part[3], part[4], part[5], part[6]);
  if (moment == NULL)
    {
      dub_read_fail (read, name, "is not a time");
      return 0;
    }
  return g_date_time_to_unix (moment);
}

/* The filter asks for dubs alone; a service that ignores it sends videos of another kind, which are none of ours. */
static gboolean
is_dub (DubRead    *read,
        JsonObject *item)
{
  g_autofree char *type = dub_read_string (read, item, "aigc_video_type", DUB_READ_OPTIONAL);

  return type == NULL || g_str_equal (type, DUB_TYPE_WORD_DUBBING);
}

/* The built-in studio's; as long as any sentence. */
static char *
read_note (JsonObject *info)
{
  const char *note = dub_codec_string (info, "note");

  return note != NULL && *note != '\0' ? dub_service_sentence_clean (note, MAX_NOTE_CHARS) : NULL;
}

static gpointer
read_video (DubRead    *read,
            JsonObject *item)
{
  g_autoptr (DubRemoteVideo) video = NULL;
  JsonObject *info;

  if (!is_dub (read, item))
    return NULL;

  video = dub_remote_video_new ();
  video->video_id = dub_read_id (read, item, "video_id");
  video->video_name = dub_read_string (read, item, "video_name", DUB_READ_REQUIRED);
  video->create_time = read_time (read, item, "create_time");
  video->preview_url = read_preview_url (read, item);
  info = dub_read_object (read, item, "dubbing_info", DUB_READ_REQUIRED);
  dub_read_enter (read, "dubbing_info", 0);
  video->target_language = dub_read_string (read, info, "target_language", DUB_READ_NOT_EMPTY);
  video->original_script = dub_codec_read_script (read, info, "original_scripts", DUB_READ_REQUIRED,
                                                  DUB_CODEC_WITH_REMARKS);
  video->translated_script = dub_codec_read_script (read, info, "translated_scripts", DUB_READ_REQUIRED,
                                                    DUB_CODEC_WITH_REMARKS);
  video->subtitle_lines = dub_codec_read_lines (info, "subtitle_lines");
  video->note = read_note (info);
  dub_read_leave (read);
  return dub_read_get_fault (read) == NULL ? g_steal_pointer (&video) : NULL;
}

/**
 * dub_codec_decode_videos:
 * @body: the answer to a question for the dubbed videos
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError
 *
 * Reads `data.list[]` (service documentation, "Dubbed videos"). Videos that are no dubs are passed over; one that cannot
 * be read is left out, so that it does not hide the others. A video may be without an address. Any thread.
 *
 * Returns: (transfer full) (element-type DubRemoteVideo) (nullable): the videos
 */
GPtrArray *
dub_codec_decode_videos (GBytes  *body,
                         char   **request_id,
                         GError **error)
{
  g_auto (DubCodecAnswer) answer = { 0 };
  g_autoptr (GPtrArray) videos = NULL;

  if (request_id != NULL)
    *request_id = NULL;
  if (!dub_codec_answer_open (&answer, body, FALSE, error))
    return NULL;

  videos = dub_codec_answer_read_list (&answer, read_video, (GDestroyNotify) dub_remote_video_free, TRUE);
  return dub_codec_answer_close (&answer, request_id, error) ? g_steal_pointer (&videos) : NULL;
}

/**
 * dub_codec_decode_user:
 * @body: the answer to the question for the account
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError
 *
 * Reads `data.display_name`, which may be missing. Any thread.
 *
 * Returns: (transfer full) (nullable): the name, or ""
 */
char *
dub_codec_decode_user (GBytes  *body,
                       char   **request_id,
                       GError **error)
{
  g_auto (DubCodecAnswer) answer = { 0 };
  g_autofree char *name = NULL;

  if (request_id != NULL)
    *request_id = NULL;
  if (!dub_codec_answer_open (&answer, body, FALSE, error))
    return NULL;

  name = dub_read_words (answer.read, answer.data, "display_name");
  if (!dub_codec_answer_close (&answer, request_id, error))
    return NULL;
  return name != NULL ? g_steal_pointer (&name) : g_strdup ("");
}
