/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-apy-translator.h"

#include <libsoup/soup.h>
#include "dub-http-translation.h"
#include "dub-translation-answer.h"

#define FORM_TYPE "application/x-www-form-urlencoded"
#define MAX_PAIRS_BYTES (4 * 1024 * 1024)
#define MAX_ANSWER_BYTES (1024 * 1024)

struct _DubApyTranslator
{
  GObject parent_instance;

  DubHttpPeer *peer;
  DubLanguagePairs *pairs;
};

static void translator_init (DubTranslatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubApyTranslator, dub_apy_translator, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_TRANSLATOR, translator_init))

/* A direct translation, or one by way of another language (@over: NULL where there is none). */
typedef struct
{
  const char *from;
  const char *over;
  const char *to;
} Way;

/**
 * dub_apy_translator_pairs:
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: (transfer none) (nullable): the pairs
 */
DubLanguagePairs *
dub_apy_translator_pairs (DubApyTranslator *self, GError **error)
{
  g_autoptr (DubHttpRequest) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *fault = NULL;

  if (self->pairs != NULL)
    return self->pairs;
  request = dub_http_request_new ("listPairs", NULL, NULL, DUB_HTTP_WANTED_JSON, MAX_PAIRS_BYTES);
  answer = dub_http_call (self->peer, request, error);
  if (answer == NULL)
    return NULL;
  self->pairs = dub_apy_read_pairs (answer, &fault);
  if (self->pairs == NULL)
    dub_http_peer_misunderstand (self->peer, fault, error);
  return self->pairs;
}

static gboolean
find_way (DubApyTranslator *self, const char *from, const DubLanguage *to, Way *way, GError **error)
{
  DubLanguagePairs *pairs;
  const char *code = dub_language_get_code (to);

  if (!dub_http_translation_check (from, to, error))
    return FALSE;
  pairs = dub_apy_translator_pairs (self, error);
  if (pairs == NULL)
    return FALSE;
  way->over = NULL;
  return dub_language_pairs_find (pairs, from, code, &way->from, &way->to) ||
         dub_language_pairs_find_way (pairs, from, code, &way->from, &way->over, &way->to) ||
         dub_http_translation_refuse (self->peer, from, to, error);
}

static gboolean
serves (DubTranslator *translator, const char *from, const DubLanguage *to, GError **error)
{
  Way way;

  return find_way (DUB_APY_TRANSLATOR (translator), from, to, &way, error);
}

static DubHttpRequest *
make_request (DubApyTranslator *self, const char *languages, const char *text)
{
  g_autoptr (GHashTable) form = g_hash_table_new (g_str_hash, g_str_equal);
  char *body;

  g_hash_table_insert (form, (gpointer) "langpair", (gpointer) languages);
  g_hash_table_insert (form, (gpointer) "q", (gpointer) text);
  g_hash_table_insert (form, (gpointer) "markUnknown", (gpointer) "no");
  /* Else it is taken for HTML. */
  g_hash_table_insert (form, (gpointer) "format", (gpointer) "txt");
  /* apertium-apy's convention: the key is a field of the form, and no header. */
  if (self->peer->key != NULL)
    g_hash_table_insert (form, (gpointer) "key", self->peer->key);
  body = soup_form_encode_hash (form);
  return dub_http_request_new ("translate", FORM_TYPE, g_bytes_new_take (body, strlen (body)), DUB_HTTP_WANTED_JSON,
                               MAX_ANSWER_BYTES);
}

static GPtrArray *
read_answers (DubApyTranslator *self, GPtrArray *answers, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < answers->len; i++)
    {
      g_autofree char *fault = NULL;
      char *text = dub_apy_read_text (g_ptr_array_index (answers, i), &fault);

      if (text == NULL)
        {
          dub_http_peer_misunderstand (self->peer, fault, error);
          return NULL;
        }
      g_ptr_array_add (texts, text);
    }
  return g_steal_pointer (&texts);
}

/* One text a request: nothing that divides texts within one is sure to come back. */
static GPtrArray *
translate_texts (DubApyTranslator *self,
                 GPtrArray        *texts,
                 const char       *from,
                 const char       *to,
                 DubProgress      *progress,
                 GError          **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_http_request_free);
  g_autofree char *languages = g_strdup_printf ("%s|%s", from, to);
  g_autoptr (GPtrArray) answers = NULL;

  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (requests, make_request (self, languages, g_ptr_array_index (texts, i)));
  answers = dub_http_translation_call (self->peer, requests, progress, error);
  return answers != NULL ? read_answers (self, answers, error) : NULL;
}

static GPtrArray *
texts_of (DubScript *script)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < dub_script_get_length (script); i++)
    g_ptr_array_add (texts, g_strdup (dub_segment_get_text (dub_script_get_segment (script, i))));
  return texts;
}

/* Both steps are asked for here: the server's own `/translateChain` mixes up texts after one of its time-outs, and leaves
 * marks at unknown words. */
static DubScript *
translate (DubTranslator     *translator,
           DubScript         *script,
           const char        *from,
           const DubLanguage *to,
           DubProgress       *progress,
           GError           **error)
{
  DubApyTranslator *self = DUB_APY_TRANSLATOR (translator);
  g_autoptr (GPtrArray) source = texts_of (script);
  g_autoptr (GPtrArray) between = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  Way way;

  if (!find_way (self, from, to, &way, error))
    return NULL;
  if (way.over == NULL)
    texts = translate_texts (self, source, way.from, way.to, progress, error);
  else
    {
      between = translate_texts (self, source, way.from, way.over, NULL, error);
      texts = between != NULL ? translate_texts (self, between, way.over, way.to, progress, error) : NULL;
    }
  return texts != NULL ? dub_http_translation_script (script, texts) : NULL;
}

static void
dub_apy_translator_finalize (GObject *object)
{
  DubApyTranslator *self = DUB_APY_TRANSLATOR (object);

  g_clear_pointer (&self->pairs, dub_language_pairs_free);
  g_clear_pointer (&self->peer, dub_http_peer_free);
  G_OBJECT_CLASS (dub_apy_translator_parent_class)->finalize (object);
}

static void
translator_init (DubTranslatorInterface *iface)
{
  iface->serves = serves;
  iface->translate = translate;
}

static void
dub_apy_translator_class_init (DubApyTranslatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_apy_translator_finalize;
}

static void
dub_apy_translator_init (DubApyTranslator *self)
{
}

/**
 * dub_apy_translator_new:
 * @choice: where its server is
 * @key: (nullable): what that wants to see
 *
 * Returns: (transfer full): the translator
 */
DubTranslator *
dub_apy_translator_new (const DubEngineChoice *choice, const char *key)
{
  DubApyTranslator *self = g_object_new (DUB_TYPE_APY_TRANSLATOR, NULL);

  self->peer = dub_http_peer_new (choice, key, FALSE, NULL);
  return DUB_TRANSLATOR (self);
}
