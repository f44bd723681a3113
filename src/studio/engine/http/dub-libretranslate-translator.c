/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-libretranslate-translator.h"

#include <json-glib/json-glib.h>
#include "dub-http-translation.h"
#include "dub-job.h"
#include "dub-translation-answer.h"

#define JSON_TYPE "application/json"
#define MAX_LANGUAGES_BYTES (1024 * 1024)
#define MAX_ANSWER_BYTES (8 * 1024 * 1024)
/* Public servers take 2000 characters at a time, or 5000. */
#define MAX_TEXTS 20
#define MAX_CHARS 1800
#define STATUS_BAD_REQUEST 400

struct _DubLibretranslateTranslator
{
  GObject parent_instance;

  DubHttpPeer *peer;
  DubLanguagePairs *pairs;
};

static void translator_init (DubTranslatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubLibretranslateTranslator, dub_libretranslate_translator, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_TRANSLATOR, translator_init))

/* Texts @from to before @until go in one request. */
typedef struct
{
  guint from;
  guint until;
} Batch;

typedef struct
{
  DubLibretranslateTranslator *self;
  DubScript *script;
  const char *from;
  const char *to;
  DubProgress *progress;
} Translation;

static const char *
text_at (Translation *job, guint index)
{
  return dub_segment_get_text (dub_script_get_segment (job->script, index));
}

static GBytes *
write_body (Translation *job, const Batch *batch, gboolean as_list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "q");
  if (as_list)
    json_builder_begin_array (builder);
  for (guint i = batch->from; i < batch->until; i++)
    json_builder_add_string_value (builder, text_at (job, i));
  if (as_list)
    json_builder_end_array (builder);
  json_builder_set_member_name (builder, "source");
  json_builder_add_string_value (builder, job->from);
  json_builder_set_member_name (builder, "target");
  json_builder_add_string_value (builder, job->to);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, "text");
  /* LibreTranslate's convention: the key is a field of the body, and no header. */
  if (job->self->peer->key != NULL)
    {
      json_builder_set_member_name (builder, "api_key");
      json_builder_add_string_value (builder, job->self->peer->key);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static GArray *
make_batches (Translation *job, gboolean as_list)
{
  GArray *batches = g_array_new (FALSE, FALSE, sizeof (Batch));
  guint n_segments = dub_script_get_length (job->script);

  for (guint at = 0; at < n_segments;)
    {
      Batch batch = { at, at + 1 };
      glong n_chars = g_utf8_strlen (text_at (job, at), -1);

      while (as_list && batch.until < n_segments && batch.until - at < MAX_TEXTS)
        {
          n_chars += g_utf8_strlen (text_at (job, batch.until), -1);
          if (n_chars > MAX_CHARS)
            break;
          batch.until++;
        }
      g_array_append_val (batches, batch);
      at = batch.until;
    }
  return batches;
}

static GPtrArray *
make_requests (Translation *job, GArray *batches, gboolean as_list)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_http_request_free);

  for (guint i = 0; i < batches->len; i++)
    g_ptr_array_add (requests, dub_http_request_new ("translate", JSON_TYPE,
                                                     write_body (job, &g_array_index (batches, Batch, i), as_list),
                                                     DUB_HTTP_WANTED_JSON, MAX_ANSWER_BYTES));
  return requests;
}

/* The number of texts in an answer that cannot be understood is another one than was asked for, and that is an error. */
static GPtrArray *
read_answers (Translation *job, GArray *batches, GPtrArray *answers, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < answers->len; i++)
    {
      const Batch *batch = &g_array_index (batches, Batch, i);
      g_autofree char *fault = NULL;
      GPtrArray *part = dub_libretranslate_read_texts (g_ptr_array_index (answers, i), batch->until - batch->from, &fault);

      if (part == NULL)
        {
          dub_http_peer_misunderstand (job->self->peer, fault, error);
          return NULL;
        }
      g_ptr_array_extend_and_steal (texts, part);
    }
  return g_steal_pointer (&texts);
}

static gboolean
was_refused (GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    if (((DubHttpRequest *) g_ptr_array_index (requests, i))->status == STATUS_BAD_REQUEST)
      return TRUE;
  return FALSE;
}

/* @refused: the server does not take lists of texts, which versions before 1.3 do not. */
static GPtrArray *
translate_texts (Translation *job, gboolean as_list, gboolean *refused, GError **error)
{
  g_autoptr (GArray) batches = make_batches (job, as_list);
  g_autoptr (GPtrArray) requests = make_requests (job, batches, as_list);
  g_autoptr (GPtrArray) answers = dub_http_translation_call (job->self->peer, requests, job->progress, error);

  *refused = answers == NULL && was_refused (requests);
  return answers != NULL ? read_answers (job, batches, answers, error) : NULL;
}

/**
 * dub_libretranslate_translator_pairs:
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: (transfer none) (nullable): the languages
 */
DubLanguagePairs *
dub_libretranslate_translator_pairs (DubLibretranslateTranslator *self, GError **error)
{
  g_autoptr (DubHttpRequest) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *fault = NULL;

  if (self->pairs != NULL)
    return self->pairs;
  request = dub_http_request_new ("languages", NULL, NULL, DUB_HTTP_WANTED_JSON, MAX_LANGUAGES_BYTES);
  answer = dub_http_call (self->peer, request, error);
  if (answer == NULL)
    return NULL;
  self->pairs = dub_libretranslate_read_languages (answer, &fault);
  if (self->pairs == NULL)
    dub_http_peer_misunderstand (self->peer, fault, error);
  return self->pairs;
}

static gboolean
serves (DubTranslator *translator, const char *from, const DubLanguage *to, GError **error)
{
  DubLibretranslateTranslator *self = DUB_LIBRETRANSLATE_TRANSLATOR (translator);
  const char *from_word, *to_word;
  DubLanguagePairs *pairs;

  if (!dub_http_translation_check (from, to, error))
    return FALSE;
  pairs = dub_libretranslate_translator_pairs (self, error);
  if (pairs == NULL)
    return FALSE;
  return dub_language_pairs_find (pairs, from, dub_language_get_code (to), &from_word, &to_word) ||
         dub_http_translation_refuse (self->peer, from, to, error);
}

static DubScript *
translate (DubTranslator     *translator,
           DubScript         *script,
           const char        *from,
           const DubLanguage *to,
           DubProgress       *progress,
           GError           **error)
{
  DubLibretranslateTranslator *self = DUB_LIBRETRANSLATE_TRANSLATOR (translator);
  Translation job = { .self = self, .script = script, .progress = progress };
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean refused;

  if (!serves (translator, from, to, error) ||
      !dub_language_pairs_find (self->pairs, from, dub_language_get_code (to), &job.from, &job.to))
    return NULL;

  texts = translate_texts (&job, TRUE, &refused, &failure);
  if (texts == NULL && refused)
    texts = translate_texts (&job, FALSE, &refused, error);
  else if (texts == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return texts != NULL ? dub_http_translation_script (script, texts) : NULL;
}

static void
dub_libretranslate_translator_finalize (GObject *object)
{
  DubLibretranslateTranslator *self = DUB_LIBRETRANSLATE_TRANSLATOR (object);

  g_clear_pointer (&self->pairs, dub_language_pairs_free);
  g_clear_pointer (&self->peer, dub_http_peer_free);
  G_OBJECT_CLASS (dub_libretranslate_translator_parent_class)->finalize (object);
}

static void
translator_init (DubTranslatorInterface *iface)
{
  iface->serves = serves;
  iface->translate = translate;
}

static void
dub_libretranslate_translator_class_init (DubLibretranslateTranslatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_libretranslate_translator_finalize;
}

static void
dub_libretranslate_translator_init (DubLibretranslateTranslator *self)
{
}

/**
 * dub_libretranslate_translator_new:
 * @choice: where its server is
 * @key: (nullable): what that wants to see
 *
 * Returns: (transfer full): the translator
 */
DubTranslator *
dub_libretranslate_translator_new (const DubEngineChoice *choice, const char *key)
{
  DubLibretranslateTranslator *self = g_object_new (DUB_TYPE_LIBRETRANSLATE_TRANSLATOR, NULL);

  self->peer = dub_http_peer_new (choice, key, FALSE, NULL);
  return DUB_TRANSLATOR (self);
}
