/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-shares.h"

/* Means of two filmed videos (42 s of 1280 × 720 and 11 s in portrait), in processor time, that of an encoder divided by
 * its two threads: where the stages of one of them end is at most 0.06 from these without subtitles, and 0.12 with them,
 * since a picture that is encoded costs by its size, and speech by its length. */
static const struct
{
  const char *stage;
  double until[2][2]; /* of a job with a script of its own, and with subtitles */
} shares[] = {
  { "open", { { 0.04, 0.03 }, { 0.19, 0.07 } } },      { "listen", { { 0.06, 0.045 }, { 0.30, 0.11 } } },
  { "transcribe", { { 0.74, 0.61 }, { 0.30, 0.11 } } }, { "translate", { { 0.88, 0.73 }, { 0.30, 0.11 } } },
  { "speak", { { 0.91, 0.75 }, { 0.43, 0.16 } } },     { "compose", { { 1, 1 }, { 1, 1 } } },
};

/**
 * dub_shares_until:
 * @stage: the stage's name
 * @has_script: whether nothing is to be recognised
 * @has_subtitles: whether the picture is encoded
 *
 * Returns: how much of the job is done at its end
 */
double
dub_shares_until (const char *stage, gboolean has_script, gboolean has_subtitles)
{
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    if (g_str_equal (shares[i].stage, stage))
      return shares[i].until[has_script != FALSE][has_subtitles != FALSE];
  g_return_val_if_reached (1);
}
