/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "dub-job.h"

static DubJob *
make_job (void)
{
  DubJob *job = dub_job_new ();

  /* The name of a file is bytes, not text. */
  job->video = g_strdup ("/videos/a “b”\n\xff.mp4");
  job->language = g_strdup ("pt");
  job->subtitles = TRUE;
  job->work_dir = g_strdup ("/videos/work");
  job->output = g_strdup ("/videos/dub.mp4");
  return job;
}

/* As through a pipe: the bytes alone. */
static GVariant *
carry (GVariant   *variant,
       const char *type)
{
  g_autoptr (GVariant) owned = variant;
  g_autoptr (GBytes) bytes = g_bytes_new (g_variant_get_data (owned), g_variant_get_size (owned));

  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
}

static void
test_job (void)
{
  g_autoptr (DubJob) job = make_job ();
  g_autoptr (DubJob) found = NULL;
  g_autoptr (GVariant) variant = carry (dub_job_to_variant (job), DUB_JOB_VARIANT_TYPE);
  g_autoptr (GError) error = NULL;

  found = dub_job_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->video, ==, job->video);
  g_assert_cmpstr (found->language, ==, "pt");
  g_assert_false (found->lipsync);
  g_assert_true (found->subtitles);
  g_assert_null (found->script);
  g_assert_cmpstr (found->work_dir, ==, job->work_dir);
  g_assert_cmpstr (found->output, ==, job->output);
}

static void
test_script (void)
{
  g_autoptr (DubJob) job = make_job ();
  g_autoptr (DubJob) found = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;

  job->script = dub_script_new ();
  dub_script_append (job->script, "สวัสดี", 0.125, 1e5);
  variant = carry (dub_job_to_variant (job), DUB_JOB_VARIANT_TYPE);
  found = dub_job_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_true (dub_script_equal (found->script, job->script));
}

/* No script and an empty one are not the same. */
static void
test_empty_script (void)
{
  g_autoptr (DubJob) job = make_job ();
  g_autoptr (DubJob) found = NULL;
  g_autoptr (GVariant) variant = NULL;

  job->script = dub_script_new ();
  variant = carry (dub_job_to_variant (job), DUB_JOB_VARIANT_TYPE);
  found = dub_job_from_variant (variant, NULL);
  g_assert_nonnull (found->script);
  g_assert_cmpuint (dub_script_get_length (found->script), ==, 0);
}

static void
test_result (void)
{
  g_autoptr (DubJobResult) result = dub_job_result_new ();
  g_autoptr (DubJobResult) found = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;

  result->original = dub_script_new ();
  dub_script_append (result->original, "Hello", 0, 900);
  result->translated = dub_script_new ();
  dub_script_append (result->translated, "Hola", 0, 900);
  result->note = g_strdup ("Some of it is hard to understand.");
  variant = carry (dub_job_result_to_variant (result), DUB_JOB_RESULT_VARIANT_TYPE);
  found = dub_job_result_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_true (dub_script_equal (found->original, result->original));
  g_assert_true (dub_script_equal (found->translated, result->translated));
  g_assert_cmpstr (found->note, ==, result->note);
}

/* As the bytes of nothing are read. */
static void
test_no_result (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (DubJobResult) result = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;

  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_JOB_RESULT_VARIANT_TYPE), nothing, FALSE));
  result = dub_job_result_from_variant (variant, &error);
  g_assert_null (result);
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
}

/* Every cut and every changed byte is either refused or read as something that can be; nothing of it crashes. */
static void
test_hostile_bytes (void)
{
  g_autoptr (DubJobResult) result = dub_job_result_new ();
  g_autoptr (GVariant) variant = NULL;
  gsize size;

  result->original = dub_script_new ();
  dub_script_append (result->original, "Hello", 0, 900);
  variant = dub_job_result_to_variant (result);
  size = g_variant_get_size (variant);

  for (gsize i = 0; i < size; i++)
    for (guint value = 0; value < 256; value += 51)
      {
        g_autofree guint8 *copy = g_memdup2 (g_variant_get_data (variant), size);
        g_autoptr (GBytes) changed = NULL;
        g_autoptr (GBytes) cut = g_bytes_new (copy, i);
        g_autoptr (GVariant) a = NULL;
        g_autoptr (GVariant) b = NULL;
        g_autoptr (DubJobResult) from_changed = NULL;
        g_autoptr (DubJobResult) from_cut = NULL;
        g_autoptr (GError) error = NULL;

        copy[i] = (guint8) value;
        changed = g_bytes_new (copy, size);
        a = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_JOB_RESULT_VARIANT_TYPE), changed, FALSE));
        b = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_JOB_RESULT_VARIANT_TYPE), cut, FALSE));
        from_changed = dub_job_result_from_variant (a, NULL);
        from_cut = dub_job_result_from_variant (b, &error);
        g_assert_true ((from_cut == NULL) == (error != NULL));
      }
}

static void
test_impossible_times (void)
{
  const double times[][2] = { { NAN, 1 }, { 0, INFINITY }, { -1, 1 }, { 2, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (DubJobResult) result = NULL;
      g_autoptr (GError) error = NULL;
      GVariantBuilder segments;
      GVariantBuilder none;
      GVariantBuilder none_either;

      g_variant_builder_init (&segments, G_VARIANT_TYPE (DUB_JOB_SCRIPT_VARIANT_TYPE));
      g_variant_builder_add (&segments, "(sddm@" DUB_REMARKS_VARIANT_TYPE ")", "Hello", times[i][0], times[i][1], NULL);
      g_variant_builder_init (&none, G_VARIANT_TYPE (DUB_JOB_SCRIPT_VARIANT_TYPE));
      g_variant_builder_init (&none_either, G_VARIANT_TYPE (DUB_JOB_SCRIPT_VARIANT_TYPE));
      variant = g_variant_ref_sink (g_variant_new (DUB_JOB_RESULT_VARIANT_TYPE, &segments, &none, &none_either, NULL));
      result = dub_job_result_from_variant (variant, &error);
      g_assert_null (result);
      g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
    }
}

static void
test_other_type (void)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_string ("job"));
  g_autoptr (DubJob) job = NULL;
  g_autoptr (GError) error = NULL;

  job = dub_job_from_variant (variant, &error);
  g_assert_null (job);
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/studio/job/plain", test_job);
  g_test_add_func ("/studio/job/script", test_script);
  g_test_add_func ("/studio/job/empty-script", test_empty_script);
  g_test_add_func ("/studio/job/result", test_result);
  g_test_add_func ("/studio/job/no-result", test_no_result);
  g_test_add_func ("/studio/job/hostile-bytes", test_hostile_bytes);
  g_test_add_func ("/studio/job/impossible-times", test_impossible_times);
  g_test_add_func ("/studio/job/other-type", test_other_type);
  return g_test_run ();
}
