/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-report.h"

#include <json-glib/json-glib.h>

struct _DubCliReport
{
  JsonArray *dubs;
  JsonArray *refused;
};

DubCliReport *
dub_cli_report_new (void)
{
  DubCliReport *self = g_new0 (DubCliReport, 1);

  self->dubs = json_array_new ();
  self->refused = json_array_new ();
  return self;
}

void
dub_cli_report_free (DubCliReport *self)
{
  json_array_unref (self->dubs);
  json_array_unref (self->refused);
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

void
dub_cli_report_refused (DubCliReport *self,
                        const char   *video,
                        const char   *reason)
{
  JsonObject *object = json_object_new ();

  set_text (object, "video", video);
  set_text (object, "reason", reason);
  json_array_add_object_element (self->refused, object);
}

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

char *
dub_cli_report_to_json (DubCliReport *self)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  JsonObject *root = json_object_new ();

  json_object_set_array_member (root, "dubs", json_array_ref (self->dubs));
  json_object_set_array_member (root, "refused", json_array_ref (self->refused));
  json_node_init_object (node, root);
  json_object_unref (root);
  return json_to_string (node, TRUE);
}
