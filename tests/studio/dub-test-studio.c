/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-test-studio.h"

#include <libsoup/soup.h>
#include <signal.h>

#include "dub-test-support.h"

static void
read_ready (DubTestStudio *self)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  words = g_strsplit (line, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  g_assert_cmpstr (words[0], ==, "ready");
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{64}$", words[2], 0, 0));
  self->port = (guint) g_ascii_strtoull (words[1], NULL, 10);
  self->token = g_strdup (words[2]);
}

DubTestStudio *
dub_test_studio_start (const char *program,
                       const char *data_dir,
                       ...)
{
  DubTestStudio *self = g_new0 (DubTestStudio, 1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *word;
  va_list more;

  g_ptr_array_add (argv, (gpointer) program);
  g_ptr_array_add (argv, (gpointer) "--exit-with-parent");
  g_ptr_array_add (argv, (gpointer) "--data-dir");
  g_ptr_array_add (argv, (gpointer) data_dir);
  va_start (more, data_dir);
  while ((word = va_arg (more, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) word);
  va_end (more);
  g_ptr_array_add (argv, NULL);

  self->process = g_subprocess_newv ((const char *const *) argv->pdata,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  read_ready (self);
  return self;
}

static void
dub_test_studio_free (DubTestStudio *self)
{
  g_object_unref (self->process);
  g_free (self->token);
  g_free (self);
}

void
dub_test_studio_stop (DubTestStudio *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  dub_test_studio_free (self);
}

void
dub_test_studio_kill (DubTestStudio *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  dub_test_studio_free (self);
}

JsonNode *
dub_test_studio_ask (DubTestStudio *self,
                     const char    *method,
                     const char    *path,
                     const char    *token,
                     const char    *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/open_api/v1.3/%s", self->port, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (message);
  if (token != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Access-Token", token);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_cmpstr (soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL), ==,
                   "application/json");
  text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&node);
}

JsonNode *
dub_test_studio_get (DubTestStudio *self,
                     const char    *path)
{
  return dub_test_studio_ask (self, "GET", path, self->token, NULL);
}

static JsonObject *
get_data (JsonNode *answer)
{
  return json_object_get_object_member (json_node_get_object (answer), "data");
}

char *
dub_test_studio_create (DubTestStudio *self,
                        const char    *item)
{
  g_autofree char *body = g_strdup_printf ("{\"aigc_video_type\": \"DUBBING\", \"dubbing_video_info\": [%s]}", item);
  g_autoptr (JsonNode) answer = NULL;

  answer = dub_test_studio_ask (self, "POST", "creative/aigc/video/task/create/", self->token, body);
  dub_test_assert_json (answer, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\","
                                " \"data\": {\"task_ids\": [\"<id>\"]}}");
  return g_strdup (json_array_get_string_element (json_object_get_array_member (get_data (answer), "task_ids"), 0));
}

char *
dub_test_studio_list (const char *ids_json)
{
  g_autofree char *escaped = g_uri_escape_string (ids_json, NULL, FALSE);

  return g_strconcat ("creative/aigc/video/task/list/?task_ids=", escaped, "&aigc_video_type=DUBBING", NULL);
}

typedef struct
{
  DubTestStudio *studio;
  char *path;
  const char *status;
  JsonNode *entry;
} Await;

static gboolean
has_status (gpointer user_data)
{
  Await *await = user_data;
  g_autoptr (JsonNode) answer = dub_test_studio_get (await->studio, await->path);
  JsonNode *entry = json_array_get_element (json_object_get_array_member (get_data (answer), "list"), 0);
  const char *status = json_object_get_string_member (json_node_get_object (entry), "status");

  if (g_str_equal (status, await->status))
    {
      await->entry = json_node_copy (entry);
      return TRUE;
    }
  if (g_str_equal (status, "SUCCESS") || g_str_equal (status, "FAILED"))
    {
      g_autofree char *text = json_to_string (entry, FALSE);

      g_error ("the task came to another end than %s: %s", await->status, text);
    }
  return FALSE;
}

static gboolean
tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

JsonNode *
dub_test_studio_await (DubTestStudio *self,
                       const char    *task_id,
                       const char    *status)
{
  g_autofree char *ids = g_strdup_printf ("[\"%s\"]", task_id);
  g_autofree char *path = dub_test_studio_list (ids);
  Await await = { self, path, status, NULL };
  guint source = g_timeout_add (50, tick, NULL);

  dub_test_wait_for (has_status, &await, status);
  g_source_remove (source);
  return await.entry;
}

/* --- field for field --- */

static const struct
{
  const char *name;
  const char *pattern;
} patterns[] = {
  { "<id>", "^[0-9]{19}$" },
  { "<request>", "^20[0-9]{12}[0-9A-F]{16}$" },
  { "<moment>", "^20[0-9]{2}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]$" },
  { "<video>", "^file:///.*\\.mp4$" },
  { "<name>", "^DUBBING-20[0-9]{12}-[a-z0-9]{3}$" },
  { "<text>", "." },
};

static gboolean
same_string (const char *found,
             const char *golden)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (g_str_equal (golden, patterns[i].name))
      return g_regex_match_simple (patterns[i].pattern, found, 0, 0);
  return g_str_equal (found, golden);
}

static gboolean same (JsonNode *found,
                      JsonNode *golden);

static gboolean
same_object (JsonObject *found,
             JsonObject *golden)
{
  g_autoptr (GList) names = json_object_get_members (golden);

  if (json_object_get_size (found) != json_object_get_size (golden))
    return FALSE;
  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (found, l->data)
        || !same (json_object_get_member (found, l->data), json_object_get_member (golden, l->data)))
      return FALSE;
  return TRUE;
}

static gboolean
same_array (JsonArray *found,
            JsonArray *golden)
{
  if (json_array_get_length (found) != json_array_get_length (golden))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (golden); i++)
    if (!same (json_array_get_element (found, i), json_array_get_element (golden, i)))
      return FALSE;
  return TRUE;
}

static gboolean
same (JsonNode *found,
      JsonNode *golden)
{
  if (json_node_get_node_type (found) != json_node_get_node_type (golden))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (golden))
    return same_object (json_node_get_object (found), json_node_get_object (golden));
  if (JSON_NODE_HOLDS_ARRAY (golden))
    return same_array (json_node_get_array (found), json_node_get_array (golden));
  if (json_node_get_value_type (golden) == G_TYPE_STRING)
    return json_node_get_value_type (found) == G_TYPE_STRING
           && same_string (json_node_get_string (found), json_node_get_string (golden));
  if (json_node_get_value_type (found) == G_TYPE_STRING)
    return FALSE;
  return json_node_get_double (found) == json_node_get_double (golden);
}

void
dub_test_assert_json (JsonNode   *found,
                      const char *golden)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (golden, &error);
  g_autofree char *text = json_to_string (found, TRUE);

  g_assert_no_error (error);
  if (!same (found, node))
    g_error ("this answer\n%s\nis not like\n%s", text, golden);
}

void
dub_test_assert_refusal (JsonNode   *found,
                         gint64      code,
                         const char *message)
{
  g_autofree char *golden = g_strdup_printf ("{\"code\": %" G_GINT64_FORMAT ", \"message\": \"<text>\","
                                             " \"request_id\": \"<request>\", \"data\": {}}",
                                             code);
  const char *words;

  dub_test_assert_json (found, golden);
  words = json_object_get_string_member (json_node_get_object (found), "message");
  if (!g_str_has_prefix (words, message))
    g_error ("the message “%s” does not begin with “%s”", words, message);
}
