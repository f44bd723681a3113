/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gst/gst.h>
#include <math.h>
#include "dub-pcm.h"
#include "dub-progress.h"

typedef struct
{
  guint n_told;
  double last;
  gboolean went_back;
} Told;

static void
on_progress (const char *stage, double fraction, gpointer user_data)
{
  Told *told = user_data;

  told->n_told++;
  told->went_back |= fraction < told->last;
  told->last = fraction;
}

static DubProgress *
quiet_progress (Told *told)
{
  return dub_progress_new (on_progress, told);
}

static void
test_progress (void)
{
  Told told = { 0 };
  g_autoptr (DubProgress) progress = quiet_progress (&told);

  dub_progress_begin (progress, "one", 0.5);
  dub_progress_set (progress, 0.5);
  g_assert_cmpfloat_with_epsilon (told.last, 0.25, 1e-9);
  dub_progress_set (progress, 0.1);
  dub_progress_begin (progress, "two", 1);
  dub_progress_set (progress, 7);
  g_assert_cmpfloat_with_epsilon (told.last, 1, 1e-9);
  g_assert_false (told.went_back);
  g_assert_cmpuint (told.n_told, ==, 4);
}

static gsize
find_peak (const DubPcm *pcm)
{
  gsize peak = 0;

  for (gsize i = 0; i < pcm->n_frames; i++)
    if (fabsf (pcm->samples[i * pcm->channels]) > fabsf (pcm->samples[peak * pcm->channels]))
      peak = i;
  return peak;
}

static void
test_convert_keeps_the_instant (void)
{
  g_autoptr (DubPcm) pcm = dub_pcm_new (22050, 1, 22050);
  g_autoptr (DubPcm) up = NULL;
  g_autoptr (DubPcm) down = NULL;

  pcm->samples[11025] = 1;
  up = dub_pcm_convert (pcm, 48000, 2);
  g_assert_cmpuint (up->n_frames, ==, 48000);
  g_assert_cmpint (ABS ((int) find_peak (up) - 24000), <=, 2);
  down = dub_pcm_convert (up, 16000, 1);
  g_assert_cmpuint (down->n_frames, ==, 16000);
  g_assert_cmpint (ABS ((int) find_peak (down) - 8000), <=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/progress", test_progress);
  g_test_add_func ("/engine/pcm/convert-keeps-the-instant", test_convert_keeps_the_instant);
  return g_test_run ();
}
