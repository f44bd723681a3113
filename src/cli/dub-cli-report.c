/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-report.h"

#include <json-glib/json-glib.h>

struct _DubCliReport
{
  JsonArray *dubs;
  JsonArray *refused;
  char *message;
};

/**
 * dub_cli_report_new:
 *
 * Returns: (transfer full): a report of what came of it, in which nothing stands yet
 */
DubCliReport *
dub_cli_report_new (void)
{
  DubCliReport *self = g_new0 (DubCliReport, 1);

  self->dubs = json_array_new ();
  self->refused = json_array_new ();
  return self;
}

/**
 * dub_cli_report_free:
 * @self: (transfer full): a report
 */
void
dub_cli_report_free (DubCliReport *self)
{
  json_array_unref (self->dubs);
  json_array_unref (self->refused);
  g_free (self->message);
  g_free (self);
}

/* JSON is UTF-8; paths and messages need not be. */
static void
set_text (JsonObject *object,
          const char *member,
          const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, member, valid);
  else
    json_object_set_null_member (object, member);
}

/**
 * dub_cli_report_message:
 * @self: a report
 * @sentence: why the whole of it ended early
 */
void
dub_cli_report_message (DubCliReport *self,
                        const char   *sentence)
{
  g_set_str (&self->message, sentence);
}

/**
 * dub_cli_report_refused:
 * @self: a report
 * @video: a path or an address, as given; what may hold a password is left out
 * @reason: a sentence
 *
 * Tells of a video of which no dub is made.
 */
void
dub_cli_report_refused (DubCliReport *self,
                        const char   *video,
                        const char   *reason)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GUri) uri = g_uri_parse (video, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *shown = uri != NULL ? g_uri_to_string_partial (uri, G_URI_HIDE_PASSWORD) : NULL;

  set_text (object, "video", shown != NULL ? shown : video);
  set_text (object, "reason", reason);
  json_array_add_object_element (self->refused, object);
}

/**
 * dub_cli_report_dub:
 * @self: a report
 * @task: the dub
 * @path: (nullable): where it was saved
 * @problem: (nullable): why it was not
 *
 * Tells of a dub.
 */
void
dub_cli_report_dub (DubCliReport *self,
                    DubTask      *task,
                    const char   *path,
                    const char   *problem)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", dub_task_get_id (task));
  set_text (object, "name", dub_task_get_name (task));
  set_text (object, "video", dub_task_get_video_uri (task));
  set_text (object, "language", dub_task_get_language_code (task));
  set_text (object, "state", dub_task_state_to_string (dub_task_get_state (task)));
  set_text (object, "path", path);
  set_text (object, "message", problem != NULL ? problem : dub_task_get_message (task));
  set_text (object, "request_id", dub_task_get_request_id (task));
  json_object_set_int_member (object, "return_code", dub_task_get_return_code (task));
  json_array_add_object_element (self->dubs, object);
}

/**
 * dub_cli_report_subtitles:
 * @self: a report, which was told of a dub
 * @path: (nullable): where its subtitles were saved
 * @problem: (nullable): why they were not
 *
 * Adds to the dub that was told of last. Where no subtitles were wanted, both are %NULL, and nothing is added.
 */
void
dub_cli_report_subtitles (DubCliReport *self,
                          const char   *path,
                          const char   *problem)
{
  guint n = json_array_get_length (self->dubs);
  JsonObject *object = n > 0 ? json_array_get_object_element (self->dubs, n - 1) : NULL;

  if (object == NULL || (path == NULL && problem == NULL))
    return;
  set_text (object, "subtitles", path);
  if (problem != NULL)
    set_text (object, "message", problem);
}

static gboolean
has (DubCliReport *self,
     gint64        id)
{
  for (guint i = 0; i < json_array_get_length (self->dubs); i++)
    if (json_object_get_int_member (json_array_get_object_element (self->dubs, i), "id") == id)
      return TRUE;
  return FALSE;
}

/**
 * dub_cli_report_rest:
 * @self: a report
 * @tasks: (element-type DubTask): all dubs
 *
 * Tells of those that were not told of yet: they stay in the queue.
 */
void
dub_cli_report_rest (DubCliReport *self,
                     GPtrArray    *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    if (!has (self, dub_task_get_id (tasks->pdata[i])))
      dub_cli_report_dub (self, tasks->pdata[i], NULL, NULL);
}

/**
 * dub_cli_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): `{"message": …, "dubs": [{…}], "refused": [{"video": …, "reason": …}]}`
 */
char *
dub_cli_report_to_json (DubCliReport *self)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  JsonObject *root = json_object_new ();

  set_text (root, "message", self->message);
  json_object_set_array_member (root, "dubs", json_array_ref (self->dubs));
  json_object_set_array_member (root, "refused", json_array_ref (self->refused));
  json_node_init_object (node, root);
  json_object_unref (root);
  return json_to_string (node, TRUE);
}
