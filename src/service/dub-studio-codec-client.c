/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-codec.h"

#include "dub-codec-answer.h"
#include "dub-codec-extras.h"
#include "dub-codec-parts.h"
#include "dub-service-codec.h"

/* What the client asks of the built-in studio alone, and its answers. */

static void
write_number (JsonBuilder *builder,
              const char  *name,
              double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

/**
 * dub_codec_encode_cancel:
 * @task_id: a task
 *
 * Returns: (transfer full): the body that asks to cancel it
 */
char *
dub_codec_encode_cancel (const char *task_id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "task_id", task_id);
  json_builder_end_object (builder);
  return dub_codec_to_text (builder);
}

/**
 * dub_codec_decode_granted:
 * @body: the answer to what has no values to answer
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError
 *
 * Returns: (transfer full) (nullable): "", where it was granted
 */
char *
dub_codec_decode_granted (GBytes  *body,
                          char   **request_id,
                          GError **error)
{
  g_auto (DubCodecAnswer) answer = { 0 };

  if (request_id != NULL)
    *request_id = NULL;
  if (!dub_codec_answer_open (&answer, body, FALSE, error) || !dub_codec_answer_close (&answer, request_id, error))
    return NULL;
  return g_strdup ("");
}

/**
 * dub_codec_encode_rehearsal_wish:
 * @wish: what is to be heard
 *
 * Returns: (transfer full): the body that asks for it
 */
char *
dub_codec_encode_rehearsal_wish (const DubRehearsalWish *wish)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "text", wish->text);
  dub_codec_write_string (builder, "language", wish->language);
  write_number (builder, "slot_ms", wish->slot_ms);
  write_number (builder, "room_ms", wish->room_ms);
  if (wish->pitch_hz > 0)
    write_number (builder, "pitch_hz", wish->pitch_hz);
  json_builder_end_object (builder);
  return dub_codec_to_text (builder);
}

static GBytes *
read_sound (DubRead    *read,
            JsonObject *data)
{
  g_autofree char *base64 = dub_read_string (read, data, "sound", DUB_READ_NOT_EMPTY);
  guchar *decoded;
  gsize size;

  if (base64 == NULL)
    return NULL;
  decoded = g_base64_decode (base64, &size);
  return g_bytes_new_take (decoded, size);
}

/**
 * dub_codec_decode_rehearsal:
 * @body: the answer to a rehearsal
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError
 *
 * Returns: (transfer full) (nullable): what is to be heard
 */
DubRehearsal *
dub_codec_decode_rehearsal (GBytes  *body,
                            char   **request_id,
                            GError **error)
{
  g_auto (DubCodecAnswer) answer = { 0 };
  g_autoptr (DubRehearsal) rehearsal = dub_rehearsal_new ();
  const char *quality;
  double unspoken;

  if (request_id != NULL)
    *request_id = NULL;
  if (!dub_codec_answer_open (&answer, body, FALSE, error))
    return NULL;

  dub_codec_answer_need_data (&answer);
  rehearsal->wav = read_sound (answer.read, answer.data);
  rehearsal->natural_ms = dub_read_number (answer.read, answer.data, "natural_ms", DUB_READ_REQUIRED);
  rehearsal->spoken_ms = dub_read_number (answer.read, answer.data, "spoken_ms", DUB_READ_REQUIRED);
  rehearsal->overrun_ms = dub_read_number (answer.read, answer.data, "overrun_ms", DUB_READ_REQUIRED);
  unspoken = dub_read_number (answer.read, answer.data, "unspoken", DUB_READ_REQUIRED);
  rehearsal->unspoken = (guint) CLAMP (unspoken, 0, G_MAXUINT);
  rehearsal->speed = dub_read_number (answer.read, answer.data, "speed", DUB_READ_REQUIRED);
  rehearsal->stretch = dub_read_number (answer.read, answer.data, "stretch", DUB_READ_REQUIRED);
  if (dub_read_get_fault (answer.read) == NULL && !dub_rehearsal_is_sound (rehearsal))
    dub_read_fail (answer.read, NULL, "is no rehearsal");
  quality = dub_codec_string (answer.data, "quality");
  rehearsal->poor = g_strcmp0 (quality, "poor") == 0;
  rehearsal->why = rehearsal->poor ? dub_read_words (answer.read, answer.data, "why") : NULL;
  return dub_codec_answer_close (&answer, request_id, error) ? g_steal_pointer (&rehearsal) : NULL;
}

/**
 * dub_codec_encode_engine_test:
 * @test: an engine to be tried out
 *
 * The key that it may want is not sent: the studio has it from the keyring, by the address.
 *
 * Returns: (transfer full): the body that asks for it
 */
char *
dub_codec_encode_engine_test (const DubEngineTest *test)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "stage", dub_stage_to_word (test->stage));
  dub_codec_write_string (builder, "engine", dub_engine_kind_to_word (test->choice->kind));
  if (test->choice->address != NULL)
    dub_codec_write_string (builder, "address", test->choice->address);
  if (test->choice->model != NULL)
    dub_codec_write_string (builder, "model", test->choice->model);
  if (test->choice->voice != NULL)
    dub_codec_write_string (builder, "voice", test->choice->voice);
  if (test->language != NULL)
    dub_codec_write_string (builder, "language", test->language);
  json_builder_end_object (builder);
  return dub_codec_to_text (builder);
}

static GStrv
read_languages (DubRead    *read,
                JsonObject *data)
{
  JsonArray *array = dub_read_array (read, data, "languages", DUB_READ_OPTIONAL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL)
    return NULL;
  dub_read_enter (read, "languages", 0);
  for (guint i = 0; i < dub_read_length (array) && dub_read_get_fault (read) == NULL; i++)
    {
      char *language;

      dub_read_enter (read, NULL, i);
      language = dub_read_item_string (read, array, i);
      if (language != NULL)
        g_strv_builder_take (builder, language);
      dub_read_leave (read);
    }
  dub_read_leave (read);
  return g_strv_builder_end (builder);
}

/**
 * dub_codec_decode_engine_verdict:
 * @body: the answer to the test of an engine
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError; its fault has the sentence on what is wrong with the engine
 *
 * Returns: (transfer full) (nullable): what was found of an engine that works
 */
DubEngineVerdict *
dub_codec_decode_engine_verdict (GBytes  *body,
                                 char   **request_id,
                                 GError **error)
{
  g_auto (DubCodecAnswer) answer = { 0 };
  g_autoptr (DubEngineVerdict) verdict = dub_engine_verdict_new ();

  if (request_id != NULL)
    *request_id = NULL;
  if (!dub_codec_answer_open (&answer, body, FALSE, error))
    return NULL;

  dub_codec_answer_need_data (&answer);
  verdict->message = dub_read_string (answer.read, answer.data, "message", DUB_READ_REQUIRED);
  verdict->languages = read_languages (answer.read, answer.data);
  return dub_codec_answer_close (&answer, request_id, error) ? g_steal_pointer (&verdict) : NULL;
}
