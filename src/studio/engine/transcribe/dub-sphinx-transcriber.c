/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-sphinx-transcriber.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include "dub-heard-segments.h"
#include "dub-job.h"
#include "dub-sphinx-decoder.h"
#include "dub-speech-spans.h"

/* Measured on two dozen recordings: English that can be followed is above, other languages, and English that is
 * hopeless, are below. */
#define LEAST_CONFIDENCE 0.3
/* Under music hardly a word is sure; but no other language comes up to this. */
#define ENOUGH_CONFIDENCE 0.38
#define LEAST_SURE 0.1
#define SURE 0.9
/* After so much, what has not been English is not expected to become it. */
#define PATIENCE_MS 30000
/* Music and noise give a word here and there. */
#define LEAST_WORDS_A_SECOND 0.8

struct _DubSphinxTranscriber
{
  GObject parent_instance;
};

static void transcriber_init (DubTranscriberInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubSphinxTranscriber, dub_sphinx_transcriber, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_TRANSCRIBER, transcriber_init))

/* What is known of the words of some stretch of speech. */
typedef struct
{
  guint n_words;
  guint n_sure;
  double confidence;
  double duration_ms;
} Tally;

static gint16 *
to_model (const DubPcm *mono)
{
  gint16 *samples = g_new (gint16, MAX (mono->n_frames, 1));

  for (gsize i = 0; i < mono->n_frames; i++)
    samples[i] = lrintf (CLAMP (mono->samples[i], -1, 1) * G_MAXINT16);
  return samples;
}

static Tally
count (GPtrArray *words, const DubSpan *span)
{
  Tally tally = { .n_words = words->len, .duration_ms = span->end_ms - span->start_ms };

  for (guint i = 0; i < words->len; i++)
    {
      const DubHeardWord *word = g_ptr_array_index (words, i);

      tally.n_sure += word->confidence > SURE;
      tally.confidence += word->confidence;
    }
  return tally;
}

static void
add (Tally *sum, const Tally *tally)
{
  sum->n_words += tally->n_words;
  sum->n_sure += tally->n_sure;
  sum->confidence += tally->confidence;
  sum->duration_ms += tally->duration_ms;
}

static gboolean
is_english (const Tally *tally)
{
  if (tally->n_words == 0 || tally->n_words < LEAST_WORDS_A_SECOND * tally->duration_ms / 1000)
    return FALSE;
  return tally->confidence >= ENOUGH_CONFIDENCE * tally->n_words ||
         (tally->confidence >= LEAST_CONFIDENCE * tally->n_words && tally->n_sure >= LEAST_SURE * tally->n_words);
}

static gboolean
serves (DubTranscriber *transcriber, const char *language, GError **error)
{
  if (language == NULL || g_str_equal (language, "en"))
    return TRUE;
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                       _("The built-in studio understands English speech only. Give a script of your own (SRT, VTT or "
                         "CSV), choose another engine in Preferences, or use the dubbing service."));
  return FALSE;
}

static GPtrArray *
hear_span (DubSphinxDecoder *decoder, const gint16 *samples, gsize n_samples, const DubSpan *span)
{
  gsize from = MIN (n_samples, (gsize) (span->start_ms * DUB_SPHINX_RATE / 1000));
  gsize until = MIN (n_samples, (gsize) (span->end_ms * DUB_SPHINX_RATE / 1000));

  return dub_sphinx_decoder_hear (decoder, samples + from, until - from, span->start_ms);
}

/* (transfer full) (element-type DubHeardWord) (nullable): all words of all spans, or %NULL where they are not English. */
static GPtrArray *
hear (DubSphinxDecoder *decoder, const DubPcm *mono, GArray *spans, DubProgress *progress)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_heard_word_free);
  g_autofree gint16 *samples = to_model (mono);
  Tally sum = { 0 };

  for (guint i = 0; i < spans->len && (sum.duration_ms < PATIENCE_MS || is_english (&sum)); i++)
    {
      const DubSpan *span = &g_array_index (spans, DubSpan, i);
      g_autoptr (GPtrArray) words = hear_span (decoder, samples, mono->n_frames, span);
      Tally tally = count (words, span);

      add (&sum, &tally);
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&words));
      dub_progress_set (progress, span->end_ms * DUB_SPHINX_RATE / 1000 / MAX (mono->n_frames, 1));
    }
  g_debug ("%u words in %.1f s of speech, %u of them sure, confidence %.2f", sum.n_words, sum.duration_ms / 1000,
           sum.n_sure, sum.confidence / MAX (sum.n_words, 1));
  return is_english (&sum) ? g_steal_pointer (&all) : NULL;
}

static DubTranscript *
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, sentence);
  return NULL;
}

static DubTranscript *
transcribe (DubTranscriber *transcriber, const DubPcm *sound, DubProgress *progress, GError **error)
{
  g_autoptr (DubPcm) mono = dub_pcm_convert (sound, DUB_SPHINX_RATE, 1);
  g_autoptr (GArray) spans = dub_speech_spans_find (mono);
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubSphinxDecoder) decoder = NULL;
  g_autoptr (GPtrArray) words = NULL;

  if (spans->len == 0)
    return refuse (error, _("Nobody speaks in this video, so there is nothing to translate. Give a script of your own (SRT, "
                            "VTT or CSV), then dub again."));
  decoder = dub_sphinx_decoder_new (error);
  if (decoder == NULL)
    return NULL;

  words = hear (decoder, mono, spans, progress);
  if (words != NULL)
    dub_heard_segments_append (words, script);
  if (dub_script_get_length (script) == 0)
    return refuse (error, _("No English speech was understood in this video, and the built-in studio understands no "
                            "other language. Give a script of your own (SRT, VTT or CSV), choose another engine in "
                            "Preferences, or use the dubbing service."));
  return dub_transcript_new ("en", g_steal_pointer (&script));
}

static void
transcriber_init (DubTranscriberInterface *iface)
{
  iface->serves = serves;
  iface->transcribe = transcribe;
}

static void
dub_sphinx_transcriber_class_init (DubSphinxTranscriberClass *klass)
{
}

static void
dub_sphinx_transcriber_init (DubSphinxTranscriber *self)
{
}

/**
 * dub_sphinx_transcriber_new:
 *
 * Returns: (transfer full): the transcriber
 */
DubTranscriber *
dub_sphinx_transcriber_new (void)
{
  return DUB_TRANSCRIBER (g_object_new (DUB_TYPE_SPHINX_TRANSCRIBER, NULL));
}
