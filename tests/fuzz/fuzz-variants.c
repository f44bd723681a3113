/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes through the pipes between the studio's server and its working processes. The first byte says what it is. */

#include "fuzz.h"

#include <math.h>
#include "dub-engine-trial.h"
#include "dub-job.h"
#include "dub-look.h"
#include "dub-media-info.h"

static void
check_script (DubScript *script)
{
  for (guint i = 0; script != NULL && i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      g_assert_true (isfinite (dub_segment_get_start (segment)) && isfinite (dub_segment_get_end (segment)));
    }
}

static void
check_job (GVariant *variant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJob) job = dub_job_from_variant (variant, &error);

  g_assert_true ((job == NULL) == (error != NULL));
  if (job != NULL)
    check_script (job->script);
}

static void
check_result (GVariant *variant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = dub_job_result_from_variant (variant, &error);

  g_assert_true ((result == NULL) == (error != NULL));
  if (result == NULL)
    return;
  check_script (result->original);
  check_script (result->translated);
}

static void
check_trial (GVariant *variant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubEngineTrial) trial = dub_engine_trial_from_variant (variant, &error);

  g_assert_true ((trial == NULL) == (error != NULL));
}

static void
check_trial_result (GVariant *variant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubEngineTrialResult) result = dub_engine_trial_result_from_variant (variant, &error);

  g_assert_true ((result == NULL) == (error != NULL));
}

static void
check_remarks (GVariant *variant)
{
  g_autoptr (DubRemarks) remarks = dub_remarks_from_variant (variant);

  if (remarks == NULL)
    return;
  g_assert_true (isfinite (remarks->confidence) && isfinite (remarks->natural_ms) && isfinite (remarks->overrun_ms));
}

static void
check_look (GVariant *variant)
{
  DubMediaInfo *info = dub_look_from_variant (variant);

  g_clear_pointer (&info, dub_media_info_free);
}

static const struct
{
  const char *type;
  void (*check) (GVariant *variant);
} kinds[] = {
  { DUB_JOB_VARIANT_TYPE, check_job },
  { DUB_JOB_RESULT_VARIANT_TYPE, check_result },
  { DUB_ENGINE_TRIAL_VARIANT_TYPE, check_trial },
  { DUB_ENGINE_TRIAL_RESULT_VARIANT_TYPE, check_trial_result },
  { DUB_REMARKS_VARIANT_TYPE, check_remarks },
  { DUB_LOOK_VARIANT_TYPE, check_look },
};

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) variant = NULL;
  guint kind;

  if (size == 0)
    return 0;
  kind = data[0] % G_N_ELEMENTS (kinds);
  bytes = g_bytes_new (data + 1, size - 1);
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (kinds[kind].type), bytes, FALSE));
  kinds[kind].check (variant);
  return 0;
}
