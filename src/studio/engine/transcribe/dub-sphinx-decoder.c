/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-sphinx-decoder.h"

#include <glib/gi18n-lib.h>
#include <pocketsphinx.h>
#include <string.h>
#include <sphinxbase/err.h>
#include "dub-job.h"

#define FRAME_MS 10
/* Between words that are said without a pause the decoder sets a silence of a few frames; times of words are that exact. */
#define END_MS(frame) (((frame) + 1) * FRAME_MS)

struct _DubSphinxDecoder
{
  ps_decoder_t *decoder;
};

/* Beams and noise removal as measured on clean English and with music. Under music a frame keeps tens of thousands of
 * hypotheses, 30,000 at most by default, and takes twenty times as long as it lasts; with 10,000 the same words are found. */
static cmd_ln_t *
make_config (void)
{
  g_autofree char *acoustic = g_build_filename (DUB_SPHINX_MODELS, "en-us", "en-us", NULL);
  g_autofree char *language = g_build_filename (DUB_SPHINX_MODELS, "en-us", "en-us.lm.bin", NULL);
  g_autofree char *dictionary = g_build_filename (DUB_SPHINX_MODELS, "en-us", "cmudict-en-us.dict", NULL);

  return cmd_ln_init (NULL, ps_args (), TRUE, "-hmm", acoustic, "-lm", language, "-dict", dictionary, "-beam", "1e-60",
                      "-wbeam", "1e-40", "-pbeam", "1e-60", "-maxhmmpf", "10000", "-cmn", "batch", "-remove_silence", "no",
                      NULL);
}

/**
 * dub_sphinx_decoder_new:
 * @error: return location; %DUB_STUDIO_ERROR_MISSING where the model is not installed
 *
 * Takes a second and 100 MB.
 *
 * Returns: (transfer full) (nullable): a decoder
 */
DubSphinxDecoder *
dub_sphinx_decoder_new (GError **error)
{
  g_autoptr (DubSphinxDecoder) self = g_new0 (DubSphinxDecoder, 1);
  cmd_ln_t *config;

  err_set_logfp (NULL);
  config = make_config ();
  if (config != NULL)
    self->decoder = ps_init (config);
  if (config != NULL)
    cmd_ln_free_r (config);
  if (self->decoder != NULL)
    return g_steal_pointer (&self);

  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                       _("Speech cannot be recognised because its English model is not installed. "
                          "Install the package pocketsphinx-en-us, or give a script of your own, then dub again."));
  return NULL;
}

/**
 * dub_sphinx_decoder_free:
 * @self: (nullable) (transfer full): a decoder
 */
void
dub_sphinx_decoder_free (DubSphinxDecoder *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->decoder, ps_free);
  g_free (self);
}

/* Silence and noise are in angle or square brackets; a second pronunciation has its number behind it:
 * "the(2)". (transfer full) (nullable) */
static char *
plain_word (const char *word)
{
  const char *number = strchr (word, '(');

  if (word[0] == '<' || word[0] == '[' || word[0] == '+' || word[0] == '\0')
    return NULL;
  return number != NULL ? g_strndup (word, number - word) : g_strdup (word);
}

static void
take_word (DubSphinxDecoder *self,
           ps_seg_t         *seg,
           double            start_ms,
           double            end_ms,
           GPtrArray        *words)
{
  g_autofree char *word = plain_word (ps_seg_word (seg));
  int first, last;

  if (word == NULL || *word == '\0')
    return;
  ps_seg_frames (seg, &first, &last);
  g_ptr_array_add (words, dub_heard_word_new (word, start_ms + first * FRAME_MS, MIN (start_ms + END_MS (last), end_ms),
                                              logmath_exp (ps_get_logmath (self->decoder),
                                                           ps_seg_prob (seg, NULL, NULL, NULL))));
}

/**
 * dub_sphinx_decoder_hear:
 * @self: a decoder
 * @samples: one channel, at %DUB_SPHINX_RATE
 * @n_samples: how many
 * @start_ms: when the first one is heard, from the start of the sound
 *
 * Blocks for about half the time that the samples last.
 *
 * Returns: (transfer full) (element-type DubHeardWord): the words
 */
GPtrArray *
dub_sphinx_decoder_hear (DubSphinxDecoder *self,
                         const gint16     *samples,
                         gsize             n_samples,
                         double            start_ms)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_heard_word_free);
  double end_ms = start_ms + 1000.0 * n_samples / DUB_SPHINX_RATE;

  if (ps_start_utt (self->decoder) < 0)
    return words;
  ps_process_raw (self->decoder, samples, n_samples, FALSE, TRUE);
  ps_end_utt (self->decoder);
  for (ps_seg_t *seg = ps_seg_iter (self->decoder); seg != NULL; seg = ps_seg_next (seg))
    take_word (self, seg, start_ms, end_ms, words);
  return words;
}
