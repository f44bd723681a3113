/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-espeak-speaker.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include "dub-espeak-voice.h"
#include "dub-espeak-skills.h"
#include "dub-job.h"
#include "dub-reading.h"

/* Words a minute. */
#define SLOWEST 130
#define NATURAL 165
#define FASTEST 260
/* More than a few syllables take. */
#define PROBE_MS 5000

struct _DubEspeakSpeaker
{
  GObject parent_instance;

  const DubLanguage *language;
  double pitch_hz;
  int rate; /* samples a second; 0: not initialised */
};

static void speaker_init (DubSpeakerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubEspeakSpeaker, dub_espeak_speaker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_SPEAKER, speaker_init))

typedef struct
{
  GArray *samples;
  GArray *words;
  gsize room;
  gboolean too_long;
} Spoken;

/* eSpeak NG counts characters from 1. */
static void
add_words (Spoken *spoken, const espeak_EVENT *events)
{
  for (; events->type != espeakEVENT_LIST_TERMINATED; events++)
    if (events->type == espeakEVENT_WORD && events->text_position > 0 && events->length > 0)
      {
        DubSpokenWord word = { events->text_position - 1, events->text_position - 1 + events->length,
                               events->audio_position, 0 };

        g_array_append_val (spoken->words, word);
      }
}

/* 1 ends the synthesis. */
static int
on_samples (short *samples, int n_samples, espeak_EVENT *events)
{
  Spoken *spoken = events->user_data;
  gsize n_taken;

  if (spoken == NULL)
    return 0;
  add_words (spoken, events);
  if (samples == NULL || n_samples <= 0)
    return 0;
  n_taken = MIN ((gsize) n_samples, spoken->room - spoken->samples->len);
  g_array_append_vals (spoken->samples, samples, n_taken);
  spoken->too_long |= n_taken < (gsize) n_samples;
  return spoken->too_long ? 1 : 0;
}

static DubPcm *
to_pcm (GArray *samples, int rate)
{
  const gint16 *values = (const gint16 *) (gpointer) samples->data;
  DubPcm *pcm = dub_pcm_new (rate, 1, samples->len);

  for (guint i = 0; i < samples->len; i++)
    pcm->samples[i] = values[i] / 32768.f;
  return pcm;
}

/* Events come in the order of the text. A word that begins beyond the end was not said. */
static void
take_words (DubSpoken *said, GArray *words)
{
  double end_ms = 1000.0 * said->sound->n_frames / said->sound->rate;

  while (words->len > 0 && g_array_index (words, DubSpokenWord, words->len - 1).start_ms >= end_ms)
    g_array_set_size (words, words->len - 1);
  for (guint i = 0; i < words->len; i++)
    g_array_index (words, DubSpokenWord, i).end_ms =
        i + 1 < words->len ? g_array_index (words, DubSpokenWord, i + 1).start_ms : end_ms;
  g_array_append_vals (said->words, words->data, words->len);
}

static DubSpoken *
synthesise (DubEspeakSpeaker *self, const char *text, double speed, double longest_ms)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (gint16));
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (DubSpokenWord));
  Spoken spoken = { samples, words, (gsize) (longest_ms / 1000 * self->rate), FALSE };
  DubSpoken *said;

  /* The same text gives the same speech: breath is made of chance. */
  espeak_ng_SetRandSeed (1);
  espeak_SetParameter (espeakRATE, (int) lrint (speed * NATURAL), 0);
  if (espeak_Synth (text, strlen (text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, &spoken) != EE_OK)
    return NULL;
  espeak_Synchronize ();
  said = dub_spoken_new (to_pcm (samples, self->rate));
  said->too_long = spoken.too_long;
  take_words (said, words);
  return said;
}

static DubPcm *
probe (const char *text, gpointer user_data)
{
  g_autoptr (DubSpoken) said = synthesise (user_data, text, 1, PROBE_MS);

  return said != NULL ? g_steal_pointer (&said->sound) : dub_pcm_new (DUB_PCM_RATE, 1, 0);
}

static gboolean
start (DubEspeakSpeaker *self)
{
  if (self->rate <= 0)
    self->rate = espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
  if (self->rate <= 0)
    return FALSE;
  espeak_SetSynthCallback (on_samples);
  return TRUE;
}

static gboolean
begin (DubSpeaker *speaker, const DubLanguage *language, const DubVoiceWish *wish, GError **error)
{
  DubEspeakSpeaker *self = DUB_ESPEAK_SPEAKER (speaker);

  if (self->language == language && self->pitch_hz == wish->pitch_hz)
    return TRUE;
  if (!start (self) || !dub_espeak_voice_set (language, wish->pitch_hz, probe, self))
    {
      g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                   /* Translators: the name of a language. */
                   _("There is no voice for %s here. Install the package espeak-ng-data, then dub again."),
                   dub_language_get_name (language));
      return FALSE;
    }
  self->language = language;
  self->pitch_hz = wish->pitch_hz;
  return TRUE;
}

static void
get_limits (DubSpeaker *speaker, DubSpeakerLimits *limits)
{
  limits->slowest = (double) SLOWEST / NATURAL;
  limits->fastest = (double) FASTEST / NATURAL;
  limits->attempts = 4;
}

/* What the voice takes for one word is a clause of the reading: its time is divided by how much there is to read
 * of each word. */
static void
divide (DubSpoken *said, GArray *read)
{
  g_autoptr (GArray) clauses = g_steal_pointer (&said->words);
  guint at = 0;

  said->words = g_array_new (FALSE, FALSE, sizeof (DubSpokenWord));
  for (guint i = 0; i < clauses->len; i++)
    {
      const DubSpokenWord *clause = &g_array_index (clauses, DubSpokenWord, i);
      double each = (clause->end_ms - clause->start_ms) / MAX (clause->until - clause->from, 1);

      for (; at < read->len && g_array_index (read, DubReadWord, at).read_from < clause->until; at++)
        {
          const DubReadWord *word = &g_array_index (read, DubReadWord, at);
          guint from = MAX (word->read_from, clause->from) - clause->from;
          guint until = MIN (MAX (word->read_until, clause->from), clause->until) - clause->from;
          DubSpokenWord spoken = { word->from, word->until, clause->start_ms + from * each,
                                   clause->start_ms + until * each };

          g_array_append_val (said->words, spoken);
        }
    }
}

static DubSpoken *
say (DubSpeaker *speaker, const char *text, double speed, double longest_ms, GError **error)
{
  DubEspeakSpeaker *self = DUB_ESPEAK_SPEAKER (speaker);
  g_autoptr (DubReading) reading = NULL;
  DubSpoken *said;

  if (g_str_equal (dub_language_get_code (self->language), "ja"))
    {
      reading = dub_reading_new (text, error);
      if (reading == NULL)
        return NULL;
    }

  said = synthesise (self, reading != NULL ? reading->text : text, speed, longest_ms);
  if (said == NULL)
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                         _("A sentence of the script could not be spoken. Dub again; if it fails once more, "
                            "shorten the sentences."));
  else if (reading != NULL)
    divide (said, reading->words);
  return said;
}

static void
dub_espeak_speaker_finalize (GObject *object)
{
  DubEspeakSpeaker *self = DUB_ESPEAK_SPEAKER (object);

  if (self->rate > 0)
    espeak_Terminate ();
  G_OBJECT_CLASS (dub_espeak_speaker_parent_class)->finalize (object);
}

static void
speaker_init (DubSpeakerInterface *iface)
{
  iface->serves = dub_espeak_skills_serves;
  iface->begin = begin;
  iface->get_limits = get_limits;
  iface->say = say;
}

static void
dub_espeak_speaker_class_init (DubEspeakSpeakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_espeak_speaker_finalize;
}

static void
dub_espeak_speaker_init (DubEspeakSpeaker *self)
{
}

/**
 * dub_espeak_speaker_new:
 *
 * Returns: (transfer full): the speaker
 */
DubSpeaker *
dub_espeak_speaker_new (void)
{
  return DUB_SPEAKER (g_object_new (DUB_TYPE_ESPEAK_SPEAKER, NULL));
}
