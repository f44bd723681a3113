/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-plain-words SOUND: the peer of bench-studio-words: PocketSphinx as its own program for files has it (defaults, its
 * own voice detection divides the sound), with the model, the beams and the bound of hypotheses of the studio. SOUND is 32 bit
 * floats, one channel, 16 kHz. Prints the seconds of processor time that it took, then the words. */

#include <glib.h>
#include <math.h>
#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <time.h>

/* As pocketsphinx_continuous reads a file. */
#define BLOCK 2048

static ps_decoder_t *
make_decoder (void)
{
  cmd_ln_t *config = cmd_ln_init (NULL, ps_args (), TRUE, "-hmm", DUB_SPHINX_MODELS "/en-us/en-us", "-lm",
                                  DUB_SPHINX_MODELS "/en-us/en-us.lm.bin", "-dict",
                                  DUB_SPHINX_MODELS "/en-us/cmudict-en-us.dict", "-beam", "1e-60", "-wbeam", "1e-40",
                                  "-pbeam", "1e-60", "-maxhmmpf", "10000", NULL);
  ps_decoder_t *decoder = config != NULL ? ps_init (config) : NULL;

  if (decoder == NULL)
    g_error ("the model of pocketsphinx-en-us is not installed");
  cmd_ln_free_r (config);
  return decoder;
}

static void
end_utterance (ps_decoder_t *decoder,
               GString      *words)
{
  const char *heard;

  ps_end_utt (decoder);
  heard = ps_get_hyp (decoder, NULL);
  if (heard != NULL)
    g_string_append_printf (words, "%s ", heard);
}

static void
recognise (ps_decoder_t *decoder,
           const gint16 *samples,
           gsize         n_samples,
           GString      *words)
{
  gboolean in_speech = FALSE;

  ps_start_utt (decoder);
  for (gsize at = 0; at < n_samples; at += BLOCK)
    {
      gboolean speaks;

      ps_process_raw (decoder, samples + at, MIN (BLOCK, n_samples - at), FALSE, FALSE);
      speaks = ps_get_in_speech (decoder);
      if (in_speech && !speaks)
        {
          end_utterance (decoder, words);
          ps_start_utt (decoder);
        }
      in_speech = speaks;
    }
  end_utterance (decoder, words);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *bytes = NULL;
  g_autofree gint16 *samples = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const float *sound;
  ps_decoder_t *decoder;
  gsize length;
  clock_t began;

  if (argc != 2)
    g_error ("usage: bench-plain-words SOUND");
  if (!g_file_get_contents (argv[1], &bytes, &length, &error))
    g_error ("%s", error->message);
  err_set_logfp (NULL);
  sound = (const float *) bytes;
  length /= sizeof (float);
  samples = g_new (gint16, length + 1);
  for (gsize i = 0; i < length; i++)
    samples[i] = lrintf (CLAMP (sound[i], -1, 1) * G_MAXINT16);

  began = clock ();
  decoder = make_decoder ();
  recognise (decoder, samples, length, words);
  ps_free (decoder);
  g_print ("%.3f\n%s\n", (double) (clock () - began) / CLOCKS_PER_SEC, words->str);
  return 0;
}
