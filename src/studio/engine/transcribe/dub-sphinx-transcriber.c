/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-sphinx-transcriber.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include "dub-job.h"
#include "dub-sentence.h"
#include "dub-speech-spans.h"

#define MODEL_RATE 16000
#define FRAME_MS 10

/* Measured on two dozen recordings: English that can be followed is above, other languages, and English that is
 * hopeless, are below. */
#define LEAST_CONFIDENCE 0.3
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

typedef struct
{
  guint n_words;
  guint n_sure;
  double confidence;
  double duration_ms;
} Tally;

typedef struct
{
  GString *text;
  guint n_words;
  double start_ms;
  double end_ms;
} Heard;

static ps_decoder_t *
make_decoder (GError **error)
{
  g_autofree char *acoustic = g_build_filename (DUB_SPHINX_MODELS, "en-us", "en-us", NULL);
  g_autofree char *language = g_build_filename (DUB_SPHINX_MODELS, "en-us", "en-us.lm.bin", NULL);
  g_autofree char *dictionary = g_build_filename (DUB_SPHINX_MODELS, "en-us", "cmudict-en-us.dict", NULL);
  ps_decoder_t *decoder = NULL;
  cmd_ln_t *config;

  err_set_logfp (NULL);
  config = cmd_ln_init (NULL, ps_args (), TRUE, "-hmm", acoustic, "-lm", language, "-dict", dictionary,
                        "-beam", "1e-60", "-wbeam", "1e-40", "-pbeam", "1e-60", "-cmn", "batch",
                        "-remove_silence", "no", NULL);
  if (config != NULL)
    decoder = ps_init (config);
  if (config != NULL)
    cmd_ln_free_r (config);
  if (decoder == NULL)
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                         _("Speech cannot be recognised because its English model is not installed. "
                            "Install the package pocketsphinx-en-us, or give a script of your own, then dub again."));
  return decoder;
}

static gint16 *
to_model (const DubPcm *mono)
{
  gint16 *samples = g_new (gint16, MAX (mono->n_frames, 1));

  for (gsize i = 0; i < mono->n_frames; i++)
    samples[i] = lrintf (CLAMP (mono->samples[i], -1, 1) * G_MAXINT16);
  return samples;
}

/* Silence and noise are in angle or square brackets; a second pronunciation has its number behind it:
 * "the(2)". */
static char *
plain_word (const char *word)
{
  const char *number = strchr (word, '(');

  if (word[0] == '<' || word[0] == '[' || word[0] == '+' || word[0] == '\0')
    return NULL;
  return number != NULL ? g_strndup (word, number - word) : g_strdup (word);
}

static void
take_words (ps_decoder_t *decoder, const DubSpan *span, Heard *heard, Tally *tally)
{
  for (ps_seg_t *seg = ps_seg_iter (decoder); seg != NULL; seg = ps_seg_next (seg))
    {
      g_autofree char *word = plain_word (ps_seg_word (seg));
      int first, last;
      double posterior;

      if (word == NULL)
        continue;
      ps_seg_frames (seg, &first, &last);
      if (heard->n_words++ == 0)
        heard->start_ms = span->start_ms + first * FRAME_MS;
      else
        g_string_append_c (heard->text, ' ');
      heard->end_ms = MIN (span->start_ms + (last + 1) * FRAME_MS, span->end_ms);
      g_string_append (heard->text, word);

      posterior = logmath_exp (ps_get_logmath (decoder), ps_seg_prob (seg, NULL, NULL, NULL));
      tally->n_words++;
      tally->n_sure += posterior > SURE;
      tally->confidence += posterior;
    }
  tally->duration_ms += span->end_ms - span->start_ms;
}

static gboolean
is_english (const Tally *tally)
{
  return tally->n_words > 0 && tally->confidence >= LEAST_CONFIDENCE * tally->n_words &&
         tally->n_sure >= LEAST_SURE * tally->n_words &&
         tally->n_words >= LEAST_WORDS_A_SECOND * tally->duration_ms / 1000;
}

static void
recognise (ps_decoder_t *decoder,
           const gint16 *samples,
           gsize n_samples,
           const DubSpan *span,
           Heard *heard,
           Tally *tally)
{
  gsize from = MIN (n_samples, (gsize) (span->start_ms * MODEL_RATE / 1000));
  gsize until = MIN (n_samples, (gsize) (span->end_ms * MODEL_RATE / 1000));

  ps_start_utt (decoder);
  ps_process_raw (decoder, samples + from, until - from, FALSE, TRUE);
  ps_end_utt (decoder);
  take_words (decoder, span, heard, tally);
}

static void
append_heard (DubScript *script, Heard *heard)
{
  g_autofree char *sentence = NULL;

  if (heard->n_words == 0 || heard->end_ms <= heard->start_ms)
    return;
  sentence = dub_sentence_from_words (heard->text->str);
  dub_script_append (script, sentence, heard->start_ms, heard->end_ms);
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

static DubTranscript *
transcribe (DubTranscriber *transcriber, const DubPcm *sound, DubProgress *progress, GError **error)
{
  g_autoptr (DubPcm) mono = dub_pcm_convert (sound, MODEL_RATE, 1);
  g_autoptr (GArray) spans = dub_speech_spans_find (mono);
  g_autoptr (DubScript) script = dub_script_new ();
  g_autofree gint16 *samples = to_model (mono);
  ps_decoder_t *decoder = make_decoder (error);
  Tally tally = { 0 };

  if (decoder == NULL)
    return NULL;

  for (guint i = 0; i < spans->len && (tally.duration_ms < PATIENCE_MS || is_english (&tally)); i++)
    {
      const DubSpan *span = &g_array_index (spans, DubSpan, i);
      Heard heard = { .text = g_string_new (NULL) };

      recognise (decoder, samples, mono->n_frames, span, &heard, &tally);
      append_heard (script, &heard);
      g_string_free (heard.text, TRUE);
      dub_progress_set (progress, span->end_ms * MODEL_RATE / 1000 / MAX (mono->n_frames, 1));
    }
  ps_free (decoder);
  g_debug ("%u words in %.1f s of speech, %u of them sure, confidence %.2f", tally.n_words, tally.duration_ms / 1000,
           tally.n_sure, tally.confidence / MAX (tally.n_words, 1));
  if (!is_english (&tally))
    {
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                           _("No English speech was understood in this video, and the built-in studio understands no "
                             "other language. Give a script of your own (SRT, VTT or CSV), or use the dubbing service."));
      return NULL;
    }
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
