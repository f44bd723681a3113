/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-openai-speaker.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>
#include "dub-decode-speech.h"
#include "dub-http-round.h"
#include "dub-job.h"
#include "dub-wav.h"

#define PATH "v1/audio/speech"
#define VERSION_SUFFIX "/v1"
#define USUAL_MODEL "tts-1"
#define USUAL_VOICE "alloy"
#define MAX_ANSWER_BYTES (64 * 1024 * 1024)
/* OpenAI takes from 0.25 to 4; beyond these it does not sound like a person. Each attempt costs. */
#define SLOWEST 0.7
#define FASTEST 1.6
#define ATTEMPTS 2
/* Silence that is no more than the noise of 8 bits. */
#define SILENCE 0.005f
/* What there may be before speech begins. */
#define LEAD_MS 3000

struct _DubOpenaiSpeaker
{
  GObject parent_instance;

  DubHttpPeer *peer;
  GHashTable *foreseen; /* of text: the GBytes that came for it at speed 1 */
};

static void speaker_init (DubSpeakerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubOpenaiSpeaker, dub_openai_speaker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_SPEAKER, speaker_init))

static DubVoiceQuality
serves (DubSpeaker *speaker, const DubLanguage *language, const char *text, char **why)
{
  DubOpenaiSpeaker *self = DUB_OPENAI_SPEAKER (speaker);
  GStrv languages = self->peer->choice->languages;

  /* The convention has no list of languages: what is not known is tried. */
  if (languages == NULL || languages[0] == NULL ||
      g_strv_contains ((const char *const *) languages, dub_language_get_code (language)))
    return DUB_VOICE_GOOD;
  /* Translators: the name of a server, then that of a language. */
  *why = g_strdup_printf (_("The engine at %s does not speak %s. Choose another engine in Preferences."), self->peer->name,
                          dub_language_get_name (language));
  return DUB_VOICE_NONE;
}

static gboolean
begin (DubSpeaker *speaker, const DubLanguage *language, const DubVoiceWish *wish, GError **error)
{
  g_autofree char *why = NULL;

  if (serves (speaker, language, NULL, &why) != DUB_VOICE_NONE)
    return TRUE;
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, why);
  return FALSE;
}

static void
get_limits (DubSpeaker *speaker, DubSpeakerLimits *limits)
{
  limits->slowest = SLOWEST;
  limits->fastest = FASTEST;
  limits->attempts = ATTEMPTS;
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static DubHttpRequest *
make_request (DubOpenaiSpeaker *self, const char *text, double speed)
{
  const DubEngineChoice *choice = self->peer->choice;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *body;

  json_builder_begin_object (builder);
  add_string (builder, "model", choice->model != NULL ? choice->model : USUAL_MODEL);
  add_string (builder, "input", text);
  add_string (builder, "voice", choice->voice != NULL ? choice->voice : USUAL_VOICE);
  add_string (builder, "response_format", "wav");
  json_builder_set_member_name (builder, "speed");
  /* Not more digits than mean something. */
  json_builder_add_double_value (builder, round (CLAMP (speed, SLOWEST, FASTEST) * 100) / 100);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  body = json_to_string (root, FALSE);
  return dub_http_request_new (PATH, "application/json", g_bytes_new_take (body, strlen (body)), DUB_HTTP_WANTED_SOUND,
                               MAX_ANSWER_BYTES);
}

static gboolean
has_words (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

static DubPcm *
without_silence (const DubPcm *sound)
{
  gsize from = 0, until = sound->n_frames;
  DubPcm *trimmed;

  while (from < until && fabsf (sound->samples[from]) < SILENCE)
    from++;
  while (until > from && fabsf (sound->samples[until - 1]) < SILENCE)
    until--;
  trimmed = dub_pcm_new (sound->rate, 1, until - from);
  memcpy (trimmed->samples, sound->samples + from, (until - from) * sizeof (float));
  return trimmed;
}

/* @sentence: transfer full */
static DubSpoken *
refuse_sound (GError **error, char *sentence)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED, sentence);
  g_free (sentence);
  return NULL;
}

static DubPcm *
decode (DubOpenaiSpeaker *self, GBytes *answer, double longest_ms)
{
  g_autofree char *why = NULL;
  g_autoptr (DubPcm) sound = dub_decode_speech (answer, longest_ms, &why);

  if (sound == NULL)
    g_info ("%s: %s", self->peer->name, why);
  return sound != NULL ? without_silence (sound) : NULL;
}

static DubSpoken *
make_spoken (DubOpenaiSpeaker *self, GBytes *answer, double longest_ms, GError **error)
{
  DubSpoken *spoken;
  DubPcm *sound;

  if (dub_wav_is_cut (answer))
    return refuse_sound (error, g_strdup_printf (
                                    /* Translators: the name of a server. */
                                    _("The speech that the engine at %s sent is cut off. Try again later."), self->peer->name));
  sound = decode (self, answer, longest_ms + LEAD_MS);
  if (sound == NULL)
    return refuse_sound (error, g_strdup_printf (
                                    /* Translators: the name of a server. */
                                    _("What the engine at %s sent is no sound that can be played. Check in Preferences that "
                                      "the engine there is of the kind that you chose."),
                                    self->peer->name));
  spoken = dub_spoken_new (sound);
  if (sound->n_frames == 0)
    {
      dub_spoken_free (spoken);
      return refuse_sound (error, g_strdup_printf (
                                      /* Translators: the name of a server. */
                                      _("The engine at %s sent silence for a sentence of the script. Check its model and "
                                        "voice in Preferences, then try again."),
                                      self->peer->name));
    }
  spoken->too_long = sound->n_frames > dub_pcm_frame (sound, longest_ms);
  if (spoken->too_long)
    dub_pcm_resize (sound, dub_pcm_frame (sound, longest_ms));
  return spoken;
}

static GBytes *
ask (DubOpenaiSpeaker *self, const char *text, double speed, GError **error)
{
  GBytes *foreseen = speed == 1 ? g_hash_table_lookup (self->foreseen, text) : NULL;
  g_autoptr (DubHttpRequest) request = NULL;

  if (foreseen != NULL)
    return g_bytes_ref (foreseen);
  request = make_request (self, text, speed);
  return dub_http_call (self->peer, request, error);
}

static DubSpoken *
say (DubSpeaker *speaker, const char *text, double speed, double longest_ms, GError **error)
{
  DubOpenaiSpeaker *self = DUB_OPENAI_SPEAKER (speaker);
  g_autoptr (GBytes) answer = NULL;

  if (!has_words (text))
    return dub_spoken_new (dub_pcm_new (DUB_PCM_RATE, 1, 0));
  answer = ask (self, text, speed, error);
  return answer != NULL ? make_spoken (self, answer, longest_ms, error) : NULL;
}

typedef struct
{
  DubProgress *progress;
  guint n_requests;
} Telling;

static void
on_progress (guint n_done, gpointer user_data)
{
  Telling *telling = user_data;

  dub_progress_set (telling->progress, (double) n_done / telling->n_requests);
}

/* Each text once, a few at a time. */
static gboolean
foresee (DubSpeaker *speaker, const char *const *texts, DubProgress *progress, GError **error)
{
  DubOpenaiSpeaker *self = DUB_OPENAI_SPEAKER (speaker);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_http_request_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GPtrArray) answers = NULL;
  Telling telling = { .progress = progress };

  for (guint i = 0; texts[i] != NULL; i++)
    if (has_words (texts[i]) && g_hash_table_add (seen, (gpointer) texts[i]))
      {
        g_ptr_array_add (asked, (gpointer) texts[i]);
        g_ptr_array_add (requests, make_request (self, texts[i], 1));
      }
  if (requests->len == 0)
    return TRUE;
  telling.n_requests = requests->len;
  answers = dub_http_call_all (self->peer, requests, on_progress, &telling, error);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    g_hash_table_replace (self->foreseen, g_strdup (g_ptr_array_index (asked, i)),
                          g_bytes_ref (g_ptr_array_index (answers, i)));
  return answers != NULL;
}

static void
dub_openai_speaker_finalize (GObject *object)
{
  DubOpenaiSpeaker *self = DUB_OPENAI_SPEAKER (object);

  g_clear_pointer (&self->foreseen, g_hash_table_unref);
  g_clear_pointer (&self->peer, dub_http_peer_free);
  G_OBJECT_CLASS (dub_openai_speaker_parent_class)->finalize (object);
}

static void
speaker_init (DubSpeakerInterface *iface)
{
  iface->serves = serves;
  iface->begin = begin;
  iface->get_limits = get_limits;
  iface->foresee = foresee;
  iface->say = say;
}

static void
dub_openai_speaker_class_init (DubOpenaiSpeakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_openai_speaker_finalize;
}

static void
dub_openai_speaker_init (DubOpenaiSpeaker *self)
{
  self->foreseen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

/**
 * dub_openai_speaker_new:
 * @choice: where its server is
 * @key: (nullable): what that wants to see
 *
 * Returns: (transfer full): the speaker
 */
DubSpeaker *
dub_openai_speaker_new (const DubEngineChoice *choice, const char *key)
{
  DubOpenaiSpeaker *self = g_object_new (DUB_TYPE_OPENAI_SPEAKER, NULL);

  self->peer = dub_http_peer_new (choice, key, TRUE, VERSION_SUFFIX);
  return DUB_SPEAKER (self);
}
