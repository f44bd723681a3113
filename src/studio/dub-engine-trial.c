/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine-trial.h"

#include <glib/gi18n-lib.h>

static const char *const no_languages[] = { NULL };

static gboolean
check_variant (GVariant   *variant,
               const char *type,
               GError    **error)
{
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE (type)) && g_variant_is_normal_form (variant))
    return TRUE;

  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                       _("The two halves of the built-in studio do not understand each other: install Dubroom again."));
  return FALSE;
}

/**
 * dub_engine_trial_new:
 *
 * Returns: (transfer full): a trial of what is built in, to be filled
 */
DubEngineTrial *
dub_engine_trial_new (void)
{
  DubEngineTrial *self = g_new0 (DubEngineTrial, 1);

  dub_job_engines_init (&self->engines);
  return self;
}

/**
 * dub_engine_trial_free:
 * @self: (nullable) (transfer full): a trial
 *
 * Of its keys nothing stays in memory.
 */
void
dub_engine_trial_free (DubEngineTrial *self)
{
  if (self == NULL)
    return;

  g_free (self->language);
  dub_job_engines_clear (&self->engines);
  g_free (self);
}

/**
 * dub_engine_trial_to_variant:
 * @self: a trial
 *
 * Returns: (transfer full): the trial as it goes to the working process
 */
GVariant *
dub_engine_trial_to_variant (const DubEngineTrial *self)
{
  return g_variant_ref_sink (g_variant_new ("(us@" DUB_JOB_ENGINES_VARIANT_TYPE ")", (guint32) self->stage,
                                            self->language != NULL ? self->language : "",
                                            dub_job_engines_to_variant (&self->engines)));
}

/**
 * dub_engine_trial_from_variant:
 * @variant: anything
 * @error: return location; %DUB_STUDIO_ERROR_FAILED, or %DUB_STUDIO_ERROR_UNSUITABLE where the engines cannot be used
 *
 * Returns: (transfer full) (nullable): the trial
 */
DubEngineTrial *
dub_engine_trial_from_variant (GVariant *variant,
                               GError  **error)
{
  g_autoptr (DubEngineTrial) self = dub_engine_trial_new ();
  g_autoptr (GVariant) engines = NULL;
  guint32 stage;

  if (!check_variant (variant, DUB_ENGINE_TRIAL_VARIANT_TYPE, error))
    return NULL;
  g_variant_get (variant, "(us@" DUB_JOB_ENGINES_VARIANT_TYPE ")", &stage, &self->language, &engines);
  if (stage >= DUB_N_STAGES)
    {
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                           _("The two halves of the built-in studio do not understand each other: install Dubroom again."));
      return NULL;
    }
  self->stage = (DubStage) stage;
  if (!dub_job_engines_from_variant (&self->engines, engines, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * dub_engine_trial_result_new:
 *
 * Returns: (transfer full): a result, to be filled
 */
DubEngineTrialResult *
dub_engine_trial_result_new (void)
{
  return g_new0 (DubEngineTrialResult, 1);
}

/**
 * dub_engine_trial_result_free:
 * @self: (nullable) (transfer full): a result
 */
void
dub_engine_trial_result_free (DubEngineTrialResult *self)
{
  if (self == NULL)
    return;

  g_free (self->message);
  g_strfreev (self->languages);
  g_free (self);
}

/**
 * dub_engine_trial_result_to_variant:
 * @self: a result with a message
 *
 * Returns: (transfer full): the result as it comes from the working process
 */
GVariant *
dub_engine_trial_result_to_variant (const DubEngineTrialResult *self)
{
  return g_variant_ref_sink (g_variant_new ("(s^as)", self->message,
                                            self->languages != NULL ? (const char *const *) self->languages : no_languages));
}

/**
 * dub_engine_trial_result_from_variant:
 * @variant: anything
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): the result
 */
DubEngineTrialResult *
dub_engine_trial_result_from_variant (GVariant *variant,
                                      GError  **error)
{
  DubEngineTrialResult *self;

  if (!check_variant (variant, DUB_ENGINE_TRIAL_RESULT_VARIANT_TYPE, error))
    return NULL;
  self = dub_engine_trial_result_new ();
  g_variant_get (variant, "(s^as)", &self->message, &self->languages);
  return self;
}
