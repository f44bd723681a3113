/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the conventions allow: OpenAI's API reference (audio), LibreTranslate's API documentation, apertium-apy's handlers. */

#include "dub-fake-engine-private.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define WAV_HEADER 44
#define TONE_RATE 24000
/* So long a tone is made for a character. */
#define CHARACTER_S 0.06

void
dub_fake_reply_clear (DubFakeReply *self)
{
  g_clear_pointer (&self->complaint, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
}

G_GNUC_PRINTF (3, 4)
static void
refuse (DubFakeReply *reply, guint status, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  if (reply->complaint != NULL)
    return;
  va_start (args, format);
  reply->complaint = g_strdup_vprintf (format, args);
  va_end (args);
  reply->status = status;
  sentence = g_strdup_printf ("{\"error\": {\"message\": \"%s\", \"type\": \"invalid_request_error\"}}", reply->complaint);
  g_clear_pointer (&reply->body, g_bytes_unref);
  reply->body = g_bytes_new (sentence, strlen (sentence));
  g_free (reply->type);
  reply->type = g_strdup ("application/json");
}

static gboolean
is_right (DubFakeReply *reply)
{
  return reply->complaint == NULL;
}

static void
answer_json (DubFakeReply *reply, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  reply->status = 200;
  reply->type = g_strdup ("application/json");
  reply->body = g_bytes_new_take (text, strlen (text));
}

static void
check_common (DubFakeReply *reply, SoupServerMessage *message, const char *bearer)
{
  static const char *const forbidden[] = { "Cookie", "Access-Token", "Proxy-Authorization", "X-Api-Key", NULL };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *given = soup_message_headers_get_list (headers, "Authorization");
  g_autofree char *wanted = bearer != NULL ? g_strconcat ("Bearer ", bearer, NULL) : NULL;

  if (g_strcmp0 (given, wanted) != 0)
    refuse (reply, 401, "Incorrect API key provided: %s.", given != NULL ? given : "none");
  for (guint i = 0; forbidden[i] != NULL; i++)
    if (soup_message_headers_get_list (headers, forbidden[i]) != NULL)
      refuse (reply, 400, "header %s is not allowed", forbidden[i]);
  if (g_uri_get_query (soup_server_message_get_uri (message)) != NULL)
    refuse (reply, 400, "a query is not allowed");
}

static void
check_post (DubFakeReply *reply, SoupServerMessage *message, const char *type)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *given = soup_message_headers_get_content_type (headers, NULL);

  if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    refuse (reply, 405, "method %s is not allowed", soup_server_message_get_method (message));
  if (g_strcmp0 (given, type) != 0)
    refuse (reply, 415, "type %s is not allowed", given);
}

static void
check_get (DubFakeReply *reply, SoupServerMessage *message)
{
  if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    refuse (reply, 405, "method %s is not allowed", soup_server_message_get_method (message));
  if (soup_server_message_get_request_body (message)->length > 0)
    refuse (reply, 400, "a body is not allowed");
}

/* The members of the body; NULL where it is no object. */
static JsonObject *
read_object (DubFakeReply *reply, SoupServerMessage *message, JsonParser *parser, const char *const *allowed)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GList) members = NULL;
  JsonObject *object;

  if (!json_parser_load_from_data (parser, body->data, body->length, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      refuse (reply, 400, "the body is no object");
      return NULL;
    }
  object = json_node_get_object (json_parser_get_root (parser));
  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (allowed, l->data))
      refuse (reply, 400, "field %s is not allowed", (const char *) l->data);
  return object;
}

static const char *
string_of (DubFakeReply *reply, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING || *json_node_get_string (node) == '\0')
    {
      refuse (reply, 400, "field %s is missing", name);
      return "";
    }
  return json_node_get_string (node);
}

static guint32
number_at (const guint8 *data, gsize n_bytes)
{
  guint32 number = 0;

  for (gsize i = n_bytes; i > 0; i--)
    number = number << 8 | data[i - 1];
  return number;
}

/* Seconds of sound. */
static double
check_wav (DubFakeReply *reply, GBytes *file)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);

  if (length < WAV_HEADER || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WAVEfmt ", 8) != 0 ||
      number_at (data + 4, 4) != length - 8 || number_at (data + 40, 4) != length - WAV_HEADER)
    refuse (reply, 400, "the file is no WAV file");
  else if (number_at (data + 20, 2) != 1 || number_at (data + 22, 2) != 1 || number_at (data + 24, 4) != 16000 ||
           number_at (data + 34, 2) != 16)
    refuse (reply, 400, "the file is not of 16 kHz, one channel, 16 bit");
  if (length > 25 * 1024 * 1024)
    refuse (reply, 413, "the file is larger than 25 MB");
  return (length - WAV_HEADER) / 32000.0;
}

static void
take_part (DubFakeReply *reply, SoupMessageHeaders *headers, GBytes *body, GString *fields, double *duration)
{
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;
  const char *name;

  if (!soup_message_headers_get_content_disposition (headers, &disposition, &parameters) ||
      !g_str_equal (disposition, "form-data") || g_hash_table_lookup (parameters, "name") == NULL)
    {
      refuse (reply, 400, "a part has no name");
      return;
    }
  name = g_hash_table_lookup (parameters, "name");
  if (!g_str_equal (name, "file"))
    {
      g_string_append_printf (fields, "%s=%.*s;", name, (int) g_bytes_get_size (body),
                              (const char *) g_bytes_get_data (body, NULL));
      return;
    }
  g_string_append (fields, "file;");
  if (g_hash_table_lookup (parameters, "filename") == NULL)
    refuse (reply, 400, "the file has no name");
  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "audio/wav") != 0)
    refuse (reply, 400, "the file is of another type");
  *duration = check_wav (reply, body);
}

static void
add_times (JsonBuilder *builder, double start, double end)
{
  json_builder_set_member_name (builder, "start");
  json_builder_add_double_value (builder, start);
  json_builder_set_member_name (builder, "end");
  json_builder_add_double_value (builder, end);
}

static void
add_segment (JsonBuilder *builder, int id, double start, double end, const char *text)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, id);
  add_times (builder, start, end);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text);
  json_builder_set_member_name (builder, "avg_logprob");
  json_builder_add_double_value (builder, -0.25);
  json_builder_set_member_name (builder, "no_speech_prob");
  json_builder_add_double_value (builder, 0.02);
  json_builder_end_object (builder);
}

static void
add_words (JsonBuilder *builder, double start, double end, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n_words = g_strv_length (words);

  for (guint i = 0; i < n_words; i++)
    {
      /* Words come without their stops. */
      g_autofree char *bare = g_strdelimit (g_strdup (words[i]), ".!", ' ');

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "word");
      json_builder_add_string_value (builder, g_strstrip (bare));
      add_times (builder, start + (end - start) * i / n_words, start + (end - start) * (i + 1) / n_words);
      json_builder_end_object (builder);
    }
}

/* Two sentences, one in each half of the sound. */
static void
answer_transcription (DubFakeReply *reply, double duration)
{
  static const char *const sentences[] = { "Good morning.", "This is a test." };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "task");
  json_builder_add_string_value (builder, "transcribe");
  json_builder_set_member_name (builder, "language");
  json_builder_add_string_value (builder, "english");
  json_builder_set_member_name (builder, "duration");
  json_builder_add_double_value (builder, duration);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, "Good morning. This is a test.");
  json_builder_set_member_name (builder, "segments");
  json_builder_begin_array (builder);
  for (int i = 0; i < 2; i++)
    add_segment (builder, i, duration * (0.05 + 0.5 * i), duration * (0.4 + 0.5 * i), sentences[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "words");
  json_builder_begin_array (builder);
  for (int i = 0; i < 2; i++)
    add_words (builder, duration * (0.05 + 0.5 * i), duration * (0.4 + 0.5 * i), sentences[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  answer_json (reply, builder);
}

static void
judge_transcription (SoupServerMessage *message, const char *key, DubFakeReply *reply)
{
  SoupMessageBody *request = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SoupMultipart) form = NULL;
  g_autoptr (GString) fields = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  double duration = 0;

  check_common (reply, message, key);
  check_post (reply, message, "multipart/form-data");
  bytes = soup_message_body_flatten (request);
  form = soup_multipart_new_from_message (soup_server_message_get_request_headers (message), bytes);
  if (form == NULL)
    {
      refuse (reply, 400, "the form cannot be read");
      return;
    }
  for (int i = 0; i < soup_multipart_get_length (form); i++)
    {
      SoupMessageHeaders *headers;
      GBytes *body;

      soup_multipart_get_part (form, i, &headers, &body);
      take_part (reply, headers, body, fields, &duration);
    }
  parts = g_strsplit (fields->str, ";", -1);
  if (!g_str_has_prefix (fields->str, "file;model=") || strlen (parts[1]) <= strlen ("model=") ||
      !g_str_has_suffix (fields->str, ";response_format=verbose_json;timestamp_granularities[]=segment;"
                                      "timestamp_granularities[]=word;") ||
      g_strv_length (parts) != 6)
    refuse (reply, 400, "the form has other fields: %s", fields->str);
  if (is_right (reply))
    answer_transcription (reply, duration);
}

static void
put (GByteArray *file, guint32 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (file, &byte, 1);
    }
}

/* A tone, as long as the text, with silence around it; as servers stream it: its length is not known beforehand. */
static void
answer_speech (DubFakeReply *reply, const char *text, double speed)
{
  gsize n_spoken = (gsize) (g_utf8_strlen (text, -1) * CHARACTER_S / speed * TONE_RATE);
  gsize n_silent = TONE_RATE / 10;
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *) "RIFF\xff\xff\xff\xffWAVEfmt ", 16);
  put (file, 16, 4);
  put (file, 1, 2);
  put (file, 1, 2);
  put (file, TONE_RATE, 4);
  put (file, TONE_RATE * 2, 4);
  put (file, 2, 2);
  put (file, 16, 2);
  g_byte_array_append (file, (const guint8 *) "data\xff\xff\xff\xff", 8);
  for (gsize i = 0; i < n_spoken + 2 * n_silent; i++)
    {
      gboolean is_spoken = i >= n_silent && i < n_silent + n_spoken;

      put (file, (guint32) lrint (is_spoken ? 8000 * sin (2 * G_PI * 220 * i / TONE_RATE) : 0), 2);
    }
  reply->status = 200;
  reply->type = g_strdup ("audio/wav");
  reply->body = g_byte_array_free_to_bytes (file);
}

static void
judge_speech (SoupServerMessage *message, const char *key, DubFakeReply *reply)
{
  static const char *const allowed[] = { "model", "input", "voice", "response_format", "speed", NULL };
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  double speed;

  check_common (reply, message, key);
  check_post (reply, message, "application/json");
  object = read_object (reply, message, parser, allowed);
  if (object == NULL)
    return;
  string_of (reply, object, "model");
  string_of (reply, object, "voice");
  if (g_utf8_strlen (string_of (reply, object, "input"), -1) > 4096)
    refuse (reply, 400, "input has more than 4096 characters");
  if (!g_str_equal (string_of (reply, object, "response_format"), "wav"))
    refuse (reply, 400, "another response_format");
  speed = json_object_get_double_member_with_default (object, "speed", 1);
  if (!(speed >= 0.25 && speed <= 4))
    refuse (reply, 400, "speed is out of range");
  reply->text = g_strdup (string_of (reply, object, "input"));
  if (is_right (reply))
    answer_speech (reply, reply->text, speed);
}

void
dub_fake_judge_openai (SoupServerMessage *message, const char *path, const char *key, DubFakeReply *reply)
{
  if (g_str_equal (path, "/v1/audio/transcriptions"))
    judge_transcription (message, key, reply);
  else if (g_str_equal (path, "/v1/audio/speech"))
    judge_speech (message, key, reply);
  else
    refuse (reply, 404, "Invalid URL (%s)", path);
}

static void
check_api_key (DubFakeReply *reply, JsonObject *object, const char *key)
{
  const char *given = json_object_get_string_member_with_default (object, "api_key", NULL);

  if (g_strcmp0 (given, key) != 0)
    refuse (reply, 403, "Invalid API key");
}

/* What would be translated, in brackets the language. */
static char *
translated (const char *to, const char *text)
{
  return g_strdup_printf ("[%s] %s", to, text);
}

static void
answer_texts (DubFakeReply *reply, JsonNode *q, const char *to)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "translatedText");
  if (JSON_NODE_HOLDS_ARRAY (q))
    {
      JsonArray *texts = json_node_get_array (q);

      json_builder_begin_array (builder);
      for (guint i = 0; i < json_array_get_length (texts); i++)
        {
          g_autofree char *text = translated (to, json_array_get_string_element (texts, i));

          json_builder_add_string_value (builder, text);
        }
      json_builder_end_array (builder);
    }
  else
    {
      g_autofree char *text = translated (to, json_node_get_string (q));

      json_builder_add_string_value (builder, text);
    }
  json_builder_end_object (builder);
  answer_json (reply, builder);
}

static void
check_q (DubFakeReply *reply, JsonNode *q, gboolean no_lists)
{
  JsonArray *texts = q != NULL && JSON_NODE_HOLDS_ARRAY (q) ? json_node_get_array (q) : NULL;

  if (q == NULL || (texts == NULL && json_node_get_value_type (q) != G_TYPE_STRING))
    refuse (reply, 400, "Invalid request: missing q parameter");
  else if (texts == NULL)
    reply->text = g_strdup (json_node_get_string (q));
  else if (no_lists || json_array_get_length (texts) == 0)
    refuse (reply, 400, "Invalid request: q is no text");
  else
    reply->text = g_strdup (json_array_get_string_element (texts, 0));
}

void
dub_fake_judge_libretranslate (SoupServerMessage *message,
                               const char *path,
                               const char *key,
                               gboolean no_lists,
                               DubFakeReply *reply)
{
  static const char *const allowed[] = { "q", "source", "target", "format", "api_key", NULL };
  static const char languages[] = "[{\"code\": \"en\", \"name\": \"English\", \"targets\": [\"de\", \"es\", \"pt-BR\"]},"
                                  " {\"code\": \"es\", \"name\": \"Spanish\", \"targets\": [\"en\"]}]";
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  JsonNode *q;

  check_common (reply, message, NULL);
  if (g_str_equal (path, "/languages"))
    {
      reply->is_list = TRUE;
      check_get (reply, message);
      if (!is_right (reply))
        return;
      reply->status = 200;
      reply->type = g_strdup ("application/json");
      reply->body = g_bytes_new_static (languages, strlen (languages));
      return;
    }
  if (!g_str_equal (path, "/translate"))
    refuse (reply, 404, "Not Found: %s", path);
  check_post (reply, message, "application/json");
  object = read_object (reply, message, parser, allowed);
  if (object == NULL)
    return;
  check_api_key (reply, object, key);
  q = json_object_get_member (object, "q");
  check_q (reply, q, no_lists);
  if (!g_str_equal (string_of (reply, object, "source"), "en"))
    refuse (reply, 400, "source is not supported");
  if (!strstr ("de es pt-BR", string_of (reply, object, "target")))
    refuse (reply, 400, "target is not supported");
  if (!g_str_equal (string_of (reply, object, "format"), "text"))
    refuse (reply, 400, "another format");
  if (is_right (reply))
    answer_texts (reply, q, string_of (reply, object, "target"));
}

static void
answer_apy (DubFakeReply *reply, const char *to, const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *said = translated (to, text);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "responseData");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "translatedText");
  json_builder_add_string_value (builder, said);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "responseDetails");
  json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "responseStatus");
  json_builder_add_int_value (builder, 200);
  json_builder_end_object (builder);
  answer_json (reply, builder);
}

static void
judge_form (SoupServerMessage *message, const char *key, DubFakeReply *reply)
{
  static const char *const pairs[] = { "eng|spa", "eng|cat", "cat|fra", NULL };
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, body->length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const char *pair = g_hash_table_lookup (form, "langpair");

  check_post (reply, message, "application/x-www-form-urlencoded");
  if (g_strcmp0 (g_hash_table_lookup (form, "key"), key) != 0)
    refuse (reply, 403, "Invalid API key");
  if (g_hash_table_size (form) != (key != NULL ? 5 : 4))
    refuse (reply, 400, "other fields: %s", text);
  if (g_strcmp0 (g_hash_table_lookup (form, "markUnknown"), "no") != 0 ||
      g_strcmp0 (g_hash_table_lookup (form, "format"), "txt") != 0 || g_hash_table_lookup (form, "q") == NULL)
    refuse (reply, 400, "other values: %s", text);
  if (pair == NULL || !g_strv_contains (pairs, pair))
    refuse (reply, 400, "That pair is not installed");
  reply->text = g_strdup (g_hash_table_lookup (form, "q"));
  if (is_right (reply))
    answer_apy (reply, strrchr (pair, '|') + 1, reply->text);
}

void
dub_fake_judge_apy (SoupServerMessage *message, const char *path, const char *key, DubFakeReply *reply)
{
  static const char pairs[] = "{\"responseData\": [{\"sourceLanguage\": \"eng\", \"targetLanguage\": \"spa\"},"
                              " {\"sourceLanguage\": \"eng\", \"targetLanguage\": \"cat\"},"
                              " {\"sourceLanguage\": \"cat\", \"targetLanguage\": \"fra\"}],"
                              " \"responseDetails\": null, \"responseStatus\": 200}";

  check_common (reply, message, NULL);
  if (g_str_equal (path, "/listPairs"))
    {
      reply->is_list = TRUE;
      check_get (reply, message);
      if (!is_right (reply))
        return;
      reply->status = 200;
      reply->type = g_strdup ("application/json; charset=UTF-8");
      reply->body = g_bytes_new_static (pairs, strlen (pairs));
    }
  else if (g_str_equal (path, "/translate"))
    judge_form (message, key, reply);
  else
    refuse (reply, 404, "Resource requested does not exist: %s", path);
}
