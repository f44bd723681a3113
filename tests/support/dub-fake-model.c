/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fake-service-private.h"

static void
task_free (gpointer data)
{
  DubFakeTask *self = data;

  g_free (self->task_id);
  g_free (self->video_name);
  g_free (self->key);
  g_free (self->language);
  g_free (self->status);
  g_free (self->error_msg);
  g_free (self->preview_url);
  g_free (self->stage);
  g_clear_pointer (&self->scripts, json_node_unref);
  g_free (self);
}

static void
refusal_free (gpointer data)
{
  DubFakeRefusal *self = data;

  g_free (self->message);
  g_free (self);
}

void
dub_fake_model_init (DubFakeModel *self)
{
  self->tasks = g_ptr_array_new_with_free_func (task_free);
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, refusal_free);
}

void
dub_fake_model_clear (DubFakeModel *self)
{
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_hash_table_unref);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static JsonBuilder *
begin (gint64      code,
       const char *message,
       const char *request_id)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_int_value (builder, code);
  add_string (builder, "message", message);
  add_string (builder, "request_id", request_id);
  json_builder_set_member_name (builder, "data");
  json_builder_begin_object (builder);
  return builder;
}

static char *
end (JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

char *
dub_fake_model_code (gint64      code,
                     const char *message,
                     const char *request_id)
{
  return end (begin (code, message, request_id));
}

static const DubFakeRefusal *
find_refusal (DubFakeModel *self,
              JsonArray    *items)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      const char *name = json_object_get_string_member_with_default (item, "video_name", "");
      const DubFakeRefusal *refusal = g_hash_table_lookup (self->refused, name);

      if (refusal != NULL)
        return refusal;
    }
  return NULL;
}

static DubFakeTask *
find_key (DubFakeModel *self,
          const char   *key)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      DubFakeTask *task = g_ptr_array_index (self->tasks, i);

      if (key != NULL && g_strcmp0 (task->key, key) == 0)
        return task;
    }
  return NULL;
}

static DubFakeTask *
make_task (DubFakeModel *self,
           JsonObject   *item)
{
  const char *key = json_object_get_string_member_with_default (item, "client_key", NULL);
  DubFakeTask *task = find_key (self, key);
  guint n = self->tasks->len + 1;

  if (task != NULL)
    return task;
  task = g_new0 (DubFakeTask, 1);
  task->key = g_strdup (key);
  task->task_id = g_strdup_printf ("fake-task-%u", n);
  task->video_name = json_object_has_member (item, "video_name")
                       ? g_strdup (json_object_get_string_member (item, "video_name"))
                       : g_strdup_printf ("DUBBING-20260101000000-%03u", n);
  task->language =
    g_strdup (json_array_get_string_element (json_object_get_array_member (item, "target_languages"), 0));
  task->status = g_strdup ("SUBMITTED");
  task->scripts = json_object_dup_member (item, "scripts");
  task->created = g_get_real_time () / G_USEC_PER_SEC;
  g_ptr_array_add (self->tasks, task);
  return task;
}

char *
dub_fake_model_create (DubFakeModel *self,
                       JsonArray    *items,
                       const char   *request_id)
{
  const DubFakeRefusal *refusal = find_refusal (self, items);
  JsonBuilder *builder;

  if (refusal != NULL)
    return dub_fake_model_code (refusal->code, refusal->message, request_id);

  builder = begin (0, "OK", request_id);
  json_builder_set_member_name (builder, "task_ids");
  json_builder_begin_array (builder);
  for (guint i = 0; i < json_array_get_length (items); i++)
    json_builder_add_string_value (builder, make_task (self, json_array_get_object_element (items, i))->task_id);
  json_builder_end_array (builder);
  return end (builder);
}

DubFakeTask *
dub_fake_model_find (DubFakeModel *self,
                     const char   *task_id)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      DubFakeTask *task = g_ptr_array_index (self->tasks, i);

      if (g_str_equal (task->task_id, task_id))
        return task;
    }
  return NULL;
}

static char *
video_id (const DubFakeTask *task)
{
  return g_strdup_printf ("fake-video-%s", task->task_id + strlen ("fake-task-"));
}

static void
write_task (JsonBuilder       *builder,
            const DubFakeTask *task)
{
  g_autofree char *video = video_id (task);

  json_builder_begin_object (builder);
  add_string (builder, "task_id", task->task_id);
  add_string (builder, "aigc_video_type", "DUBBING");
  add_string (builder, "status", task->status);
  add_string (builder, "video_name", task->video_name);
  if (g_str_equal (task->status, "SUCCESS"))
    {
      add_string (builder, "video_id", video);
      add_string (builder, "preview_url", task->preview_url);
    }
  if (task->stage != NULL && g_str_equal (task->status, "PROCESSING"))
    {
      json_builder_set_member_name (builder, "progress");
      json_builder_begin_object (builder);
      add_string (builder, "stage", task->stage);
      json_builder_set_member_name (builder, "fraction");
      json_builder_add_double_value (builder, task->fraction);
      json_builder_end_object (builder);
    }
  if (task->error_msg != NULL)
    add_string (builder, "error_msg", task->error_msg);
  json_builder_end_object (builder);
}

/* An id that is not known is left out. */
char *
dub_fake_model_tasks (DubFakeModel *self,
                      JsonArray    *ids,
                      const char   *request_id)
{
  JsonBuilder *builder = begin (0, "OK", request_id);

  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      const DubFakeTask *task = dub_fake_model_find (self, json_array_get_string_element (ids, i));

      if (task != NULL)
        write_task (builder, task);
    }
  json_builder_end_array (builder);
  return end (builder);
}

char *
dub_fake_model_cancel (DubFakeModel *self,
                       const char   *body,
                       const char   *request_id)
{
  g_autoptr (JsonNode) root = json_from_string (body, NULL);
  const char *id = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                     ? json_object_get_string_member_with_default (json_node_get_object (root), "task_id", "")
                     : "";
  DubFakeTask *task = dub_fake_model_find (self, id);

  if (task == NULL || g_str_equal (task->status, "SUCCESS") || g_str_equal (task->status, "FAILED"))
    return dub_fake_model_code (40002, "There is no such task to be cancelled.", request_id);
  g_set_str (&task->status, "FAILED");
  g_set_str (&task->error_msg, "Cancelled.");
  return end (begin (0, "OK", request_id));
}

char *
dub_fake_model_test (const char *request_id)
{
  JsonBuilder *builder = begin (0, "OK", request_id);

  add_string (builder, "message", "It works.");
  json_builder_set_member_name (builder, "languages");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, "es");
  json_builder_add_string_value (builder, "de");
  json_builder_end_array (builder);
  return end (builder);
}

static void
write_scripts (JsonBuilder       *builder,
               const DubFakeTask *task,
               const char        *name,
               const char        *text)
{
  json_builder_set_member_name (builder, name);
  if (task->scripts != NULL)
    {
      json_builder_add_value (builder, json_node_copy (task->scripts));
      return;
    }
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_string (builder, "text", text);
  json_builder_set_member_name (builder, "text_start_time");
  json_builder_add_int_value (builder, 0);
  json_builder_set_member_name (builder, "text_end_time");
  json_builder_add_double_value (builder, 1500.5);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

static void
write_video (JsonBuilder       *builder,
             const DubFakeTask *task)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (task->created);
  g_autofree char *created = g_date_time_format (moment, "%Y-%m-%d %H:%M:%S");
  g_autofree char *video = video_id (task);

  json_builder_begin_object (builder);
  add_string (builder, "aigc_video_type", "DUBBING");
  add_string (builder, "video_id", video);
  add_string (builder, "video_name", task->video_name);
  add_string (builder, "create_time", created);
  add_string (builder, "preview_url", task->preview_url);
  json_builder_set_member_name (builder, "dubbing_info");
  json_builder_begin_object (builder);
  add_string (builder, "target_language", task->language);
  write_scripts (builder, task, "original_scripts", "Hello.");
  write_scripts (builder, task, "translated_scripts", "Salut.");
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

char *
dub_fake_model_videos (DubFakeModel *self,
                       const char   *request_id)
{
  JsonBuilder *builder = begin (0, "OK", request_id);

  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const DubFakeTask *task = g_ptr_array_index (self->tasks, i);

      if (g_str_equal (task->status, "SUCCESS"))
        write_video (builder, task);
    }
  json_builder_end_array (builder);
  return end (builder);
}

char *
dub_fake_model_user (const char *request_id)
{
  JsonBuilder *builder = begin (0, "OK", request_id);

  add_string (builder, "display_name", "Coat Company");
  return end (builder);
}
