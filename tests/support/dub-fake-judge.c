/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fake-service-private.h"

#include <string.h>

static const char *const languages[] = { "ar", "en", "fr", "de", "id", "it", "ja",
                                         "ko", "pt", "es", "th", "tr", "vi", NULL };
static const char *const item_members[] = { "video_url",  "target_languages", "lipsync_enabled",
                                            "video_name", "subtitle_enabled", "scripts", NULL };

static void G_GNUC_PRINTF (2, 3)
violate (GPtrArray  *violations,
         const char *format,
         ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (violations, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
judge_headers (GPtrArray         *violations,
               SoupServerMessage *message,
               const char        *token)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  guint n_tokens = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, "Access-Token") == 0)
        n_tokens++;
      else if (token != NULL && strstr (value, token) != NULL)
        violate (violations, "the token is in the header %s", name);
      if (g_ascii_strcasecmp (name, "Authorization") == 0 || g_ascii_strcasecmp (name, "Cookie") == 0)
        violate (violations, "there is a header %s", name);
    }
  if (n_tokens != 1)
    violate (violations, "%u Access-Token headers instead of one", n_tokens);
}

static void
judge_query (GPtrArray      *violations,
             DubFakeEndpoint endpoint,
             const char     *query)
{
  if (endpoint == DUB_FAKE_VIDEO_LIST && g_strcmp0 (query, "aigc_video_types=%5B%22DUBBING%22%5D") != 0)
    violate (violations, "the query of a video list is %s", query != NULL ? query : "missing");
  if ((endpoint == DUB_FAKE_USER_INFO || endpoint == DUB_FAKE_TASK_CREATE) && query != NULL)
    violate (violations, "there is a query: %s", query);
  if (endpoint == DUB_FAKE_TASK_LIST &&
      (query == NULL || !g_str_has_prefix (query, "task_ids=%5B%22") ||
       !g_str_has_suffix (query, "%22%5D&aigc_video_type=DUBBING")))
    violate (violations, "the query of a task list is %s", query != NULL ? query : "missing");
}

gboolean
dub_fake_judge_request (GPtrArray         *violations,
                        SoupServerMessage *message,
                        DubFakeEndpoint    endpoint,
                        const char        *token)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  gboolean studio = endpoint == DUB_FAKE_STUDIO_CANCEL || endpoint == DUB_FAKE_STUDIO_TEST;
  const char *wanted = endpoint == DUB_FAKE_TASK_CREATE || studio ? "POST" : "GET";
  guint before = violations->len;
  g_autofree char *whole = g_uri_to_string (uri);

  if (endpoint == DUB_FAKE_NOWHERE)
    violate (violations, "there is no %s", g_uri_get_path (uri));
  if (!g_str_equal (soup_server_message_get_method (message), wanted))
    violate (violations, "%s %s instead of %s", soup_server_message_get_method (message), g_uri_get_path (uri), wanted);
  if (token != NULL && strstr (whole, token) != NULL)
    violate (violations, "the token is in the address %s", g_uri_get_path (uri));
  if (endpoint == DUB_FAKE_PREVIEW)
    {
      if (soup_message_headers_get_one (headers, "Access-Token") != NULL)
        violate (violations, "the token was sent to the address of a dub");
      return violations->len == before;
    }
  judge_headers (violations, message, token);
  judge_query (violations, endpoint, g_uri_get_query (uri));
  return violations->len == before;
}

static gboolean
is_string (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_of_type (JsonObject *object,
            const char *name,
            GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type);
}

static void
judge_scripts (GPtrArray *violations,
               JsonNode  *scripts,
               guint      index)
{
  JsonArray *array;
  double last = 0;

  if (!JSON_NODE_HOLDS_ARRAY (scripts))
    {
      violate (violations, "dubbing_video_info[%u].scripts is not an array", index);
      return;
    }
  array = json_node_get_array (scripts);
  if (json_array_get_length (array) == 0)
    violate (violations, "dubbing_video_info[%u].scripts is empty", index);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *segment = json_array_get_object_element (array, i);
      double start = json_object_get_double_member_with_default (segment, "text_start_time", -1);
      double stop = json_object_get_double_member_with_default (segment, "text_end_time", -1);

      if (json_object_get_size (segment) != 3 || !is_string (segment, "text") || start < last || stop <= start)
        violate (violations, "dubbing_video_info[%u].scripts[%u] is not a segment", index, i);
      last = start;
    }
}

static void
judge_item (GPtrArray  *violations,
            JsonObject *item,
            guint       index,
            gboolean    takes_keys)
{
  g_autoptr (GList) members = json_object_get_members (item);
  JsonNode *scripts = json_object_get_member (item, "scripts");
  JsonArray *targets = json_object_has_member (item, "target_languages")
                         ? json_object_get_array_member (item, "target_languages")
                         : NULL;
  const char *name = json_object_get_string_member_with_default (item, "video_name", "");
  const char *url = json_object_get_string_member_with_default (item, "video_url", "");

  for (GList *member = members; member != NULL; member = member->next)
    {
      if (!g_strv_contains (item_members, member->data) && !(takes_keys && g_str_equal (member->data, "client_key")))
        violate (violations, "dubbing_video_info[%u] has a member %s", index, (const char *) member->data);
    }
  if (!g_str_has_prefix (url, "http://") && !g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "file://"))
    violate (violations, "dubbing_video_info[%u].video_url is %s", index, url);
  if (targets == NULL || json_array_get_length (targets) != 1 ||
      !g_strv_contains (languages, json_array_get_string_element (targets, 0)))
    violate (violations, "dubbing_video_info[%u].target_languages is not one of the languages", index);
  if (g_utf8_strlen (name, -1) > 50 || (json_object_has_member (item, "video_name") && *name == '\0'))
    violate (violations, "dubbing_video_info[%u].video_name is “%s”", index, name);
  if (!is_of_type (item, "lipsync_enabled", G_TYPE_BOOLEAN) || !is_of_type (item, "subtitle_enabled", G_TYPE_BOOLEAN))
    violate (violations, "dubbing_video_info[%u] has a switch that is neither true nor false", index);
  if (scripts != NULL)
    judge_scripts (violations, scripts, index);
}

static JsonArray *
judge_items (GPtrArray *violations,
             JsonNode  *root,
             gboolean   takes_keys)
{
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *items = object != NULL ? json_object_get_member (object, "dubbing_video_info") : NULL;
  guint before = violations->len;
  JsonArray *array;

  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items) || json_object_get_size (object) != 2 ||
      g_strcmp0 (json_object_get_string_member_with_default (object, "aigc_video_type", ""), "DUBBING") != 0)
    {
      violate (violations, "the body of a create is not made of aigc_video_type and dubbing_video_info");
      return NULL;
    }
  array = json_node_get_array (items);
  if (json_array_get_length (array) < 1 || json_array_get_length (array) > 5)
    violate (violations, "a create of %u items", json_array_get_length (array));
  for (guint i = 0; i < json_array_get_length (array); i++)
    judge_item (violations, json_array_get_object_element (array, i), i, takes_keys);
  return violations->len == before ? json_array_ref (array) : NULL;
}

JsonArray *
dub_fake_judge_create (GPtrArray         *violations,
                       SoupServerMessage *message,
                       gboolean           takes_keys)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (g_strcmp0 (type, "application/json") != 0)
    {
      violate (violations, "the content type of a create is %s", type != NULL ? type : "missing");
      return NULL;
    }
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    violate (violations, "a create without Content-Length");
  if (!json_parser_load_from_data (parser, body->data, body->length, NULL))
    {
      violate (violations, "the body of a create is not JSON");
      return NULL;
    }
  return judge_items (violations, json_parser_get_root (parser), takes_keys);
}

JsonArray *
dub_fake_judge_ids (GPtrArray  *violations,
                    const char *query)
{
  g_autoptr (GHashTable) fields = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);
  const char *text = fields != NULL ? g_hash_table_lookup (fields, "task_ids") : NULL;
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonArray *array;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      violate (violations, "task_ids is not a JSON array");
      return NULL;
    }
  array = json_node_get_array (root);
  if (json_array_get_length (array) < 1 || json_array_get_length (array) > 5)
    {
      violate (violations, "a question for %u tasks", json_array_get_length (array));
      return NULL;
    }
  return json_array_ref (array);
}
