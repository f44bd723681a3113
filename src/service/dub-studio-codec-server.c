/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-codec.h"

#include "dub-codec-parts.h"
#include "dub-language.h"
#include "dub-service-error.h"

/* Of an address, a model, a voice: bytes. */
#define MAX_VALUE 2000

static gboolean
refuse (const char *fault,
        GError    **error)
{
  g_propagate_error (error, dub_service_error_new (DUB_SERVICE_ERROR_PARAMETERS, NULL, fault));
  return FALSE;
}

static gboolean
is_well_formed (DubRead *read,
                GError **error)
{
  const char *fault = dub_read_get_fault (read);

  return fault == NULL || refuse (fault, error);
}

static DubRead *
open_body (GBytes      *body,
           JsonObject **root)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  DubRead *read = dub_read_new (text, length);

  *root = dub_read_root_object (read);
  return read;
}

static void
write_number (JsonBuilder *builder,
              const char  *name,
              double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

/**
 * dub_codec_decode_cancel:
 * @body: what came
 * @error: %DUB_SERVICE_ERROR_PARAMETERS
 *
 * Returns: (transfer full) (nullable): the id of the task that is to be cancelled
 */
char *
dub_codec_decode_cancel (GBytes  *body,
                         GError **error)
{
  JsonObject *root;
  g_autoptr (DubRead) read = open_body (body, &root);
  g_autofree char *task_id = dub_read_id (read, root, "task_id");

  return is_well_formed (read, error) ? g_steal_pointer (&task_id) : NULL;
}

/**
 * dub_codec_encode_granted:
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): the answer to what has no values to answer
 */
char *
dub_codec_encode_granted (const char *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (0, "OK", request_id);

  return dub_codec_close_answer (builder);
}

/* --- rehearsal --- */

static double
read_amount (DubRead    *read,
             JsonObject *root,
             const char *name,
             DubReadNeed need,
             double      most)
{
  double value = dub_read_number (read, root, name, need);
  g_autofree char *what = NULL;

  if (value >= 0 && value <= most)
    return value;
  what = g_strdup_printf ("must be from 0 to %g", most);
  dub_read_fail (read, name, what);
  return 0;
}

static void
check_text (DubRead    *read,
            const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (*stripped == '\0')
    dub_read_fail (read, "text", "is empty");
  else if (g_utf8_strlen (text, -1) > DUB_REHEARSAL_MAX_CHARS)
    dub_read_fail (read, "text", "must have at most 2000 characters");
}

/**
 * dub_codec_decode_rehearsal_wish:
 * @body: what came
 * @error: %DUB_SERVICE_ERROR_PARAMETERS
 *
 * Returns: (transfer full) (nullable): what is to be heard, all of it checked
 */
DubRehearsalWish *
dub_codec_decode_rehearsal_wish (GBytes  *body,
                                 GError **error)
{
  JsonObject *root;
  g_autoptr (DubRead) read = open_body (body, &root);
  g_autoptr (DubRehearsalWish) wish = dub_rehearsal_wish_new ();

  wish->text = dub_read_string (read, root, "text", DUB_READ_REQUIRED);
  wish->language = dub_read_string (read, root, "language", DUB_READ_REQUIRED);
  wish->slot_ms = read_amount (read, root, "slot_ms", DUB_READ_OPTIONAL, DUB_REHEARSAL_MAX_MS);
  wish->room_ms = read_amount (read, root, "room_ms", DUB_READ_OPTIONAL, DUB_REHEARSAL_MAX_MS);
  wish->pitch_hz = read_amount (read, root, "pitch_hz", DUB_READ_OPTIONAL, DUB_REHEARSAL_MAX_PITCH);
  check_text (read, wish->text);
  if (wish->language == NULL || dub_language_from_code (wish->language) == NULL)
    dub_read_fail (read, "language", "must be one of ar en fr de id it ja ko pt es th tr vi");
  return is_well_formed (read, error) ? g_steal_pointer (&wish) : NULL;
}

/**
 * dub_codec_encode_rehearsal:
 * @rehearsal: what is to be heard
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): the answer to a rehearsal
 */
char *
dub_codec_encode_rehearsal (const DubRehearsal *rehearsal,
                            const char         *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (0, "OK", request_id);
  gsize size;
  const guchar *wav = g_bytes_get_data (rehearsal->wav, &size);
  g_autofree char *sound = g_base64_encode (wav, size);

  dub_codec_write_string (builder, "sound", sound);
  write_number (builder, "natural_ms", rehearsal->natural_ms);
  write_number (builder, "spoken_ms", rehearsal->spoken_ms);
  write_number (builder, "overrun_ms", rehearsal->overrun_ms);
  write_number (builder, "unspoken", rehearsal->unspoken);
  write_number (builder, "speed", rehearsal->speed);
  write_number (builder, "stretch", rehearsal->stretch);
  dub_codec_write_string (builder, "quality", rehearsal->poor ? "poor" : "good");
  dub_codec_write_string (builder, "why", rehearsal->why);
  return dub_codec_close_answer (builder);
}

/* --- the test of an engine --- */

static char *
read_value (DubRead    *read,
            JsonObject *root,
            const char *name)
{
  g_autofree char *value = dub_read_string (read, root, name, DUB_READ_OPTIONAL);

  if (value == NULL || *value == '\0')
    return NULL;
  if (strlen (value) > MAX_VALUE)
    dub_read_fail (read, name, "is too long");
  return g_steal_pointer (&value);
}

/**
 * dub_codec_decode_engine_test:
 * @body: what came
 * @error: %DUB_SERVICE_ERROR_PARAMETERS
 *
 * Returns: (transfer full) (nullable): the engine that is to be tried out, of a form that can be used
 */
DubEngineTest *
dub_codec_decode_engine_test (GBytes  *body,
                              GError **error)
{
  JsonObject *root;
  g_autoptr (DubRead) read = open_body (body, &root);
  g_autoptr (DubEngineTest) test = dub_engine_test_new ();
  g_autofree char *stage = dub_read_string (read, root, "stage", DUB_READ_REQUIRED);
  g_autofree char *kind = dub_read_string (read, root, "engine", DUB_READ_REQUIRED);
  g_autoptr (GError) wrong = NULL;

  test->choice->address = read_value (read, root, "address");
  test->choice->model = read_value (read, root, "model");
  test->choice->voice = read_value (read, root, "voice");
  test->language = read_value (read, root, "language");
  if (!dub_stage_from_word (stage, &test->stage))
    dub_read_fail (read, "stage", "must be transcribe, translate or speak");
  if (!dub_engine_kind_from_word (kind, &test->choice->kind))
    dub_read_fail (read, "engine", "is none that is known");
  if (test->language != NULL && dub_language_from_code (test->language) == NULL)
    dub_read_fail (read, "language", "must be one of ar en fr de id it ja ko pt es th tr vi");
  if (!is_well_formed (read, error))
    return NULL;
  if (!dub_engine_choice_check (test->choice, test->stage, &wrong))
    {
      refuse (wrong->message, error);
      return NULL;
    }
  return g_steal_pointer (&test);
}

/**
 * dub_codec_encode_engine_verdict:
 * @verdict: what was found of an engine that works
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): the answer to its test
 */
char *
dub_codec_encode_engine_verdict (const DubEngineVerdict *verdict,
                                 const char             *request_id)
{
  g_autoptr (JsonBuilder) builder = dub_codec_open_answer (0, "OK", request_id);

  dub_codec_write_string (builder, "message", verdict->message);
  if (verdict->languages != NULL)
    {
      json_builder_set_member_name (builder, "languages");
      json_builder_begin_array (builder);
      for (guint i = 0; verdict->languages[i] != NULL; i++)
        json_builder_add_string_value (builder, verdict->languages[i]);
      json_builder_end_array (builder);
    }
  return dub_codec_close_answer (builder);
}
