/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-job.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_QUARK (dub-studio-error-quark, dub_studio_error)

/* Of a job it may be "nothing": no script and an empty one are not the same. */
#define SCRIPT_TYPE DUB_JOB_SCRIPT_VARIANT_TYPE

/**
 * dub_job_engines_init:
 * @self: engines without values
 *
 * All built in, without keys.
 */
void
dub_job_engines_init (DubJobEngines *self)
{
  memset (self, 0, sizeof *self);
  self->settings = dub_engine_settings_new ();
}

/**
 * dub_job_engines_clear:
 * @self: engines
 *
 * Frees what they hold; of the keys nothing stays in memory.
 */
void
dub_job_engines_clear (DubJobEngines *self)
{
  g_clear_pointer (&self->settings, dub_engine_settings_free);
  for (guint i = 0; i < DUB_N_STAGES; i++)
    {
      if (self->keys[i] != NULL)
        explicit_bzero (self->keys[i], strlen (self->keys[i]));
      g_clear_pointer (&self->keys[i], g_free);
    }
}

/**
 * dub_job_engines_to_variant:
 * @self: engines
 *
 * Returns: (transfer floating): the same, of type %DUB_JOB_ENGINES_VARIANT_TYPE
 */
GVariant *
dub_job_engines_to_variant (const DubJobEngines *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (DUB_JOB_ENGINES_VARIANT_TYPE));
  for (guint i = 0; i < DUB_N_STAGES; i++)
    {
      const DubEngineChoice *choice = self->settings->stages[i];

      g_variant_builder_add (&builder, "(umsmsmsuums)", (guint32) choice->kind, choice->address, choice->model,
                             choice->voice, choice->parallel, choice->timeout_s, self->keys[i]);
    }
  return g_variant_builder_end (&builder);
}

/**
 * dub_job_new:
 *
 * Returns: (transfer full): a job without values, to be filled
 */
DubJob *
dub_job_new (void)
{
  DubJob *self = g_new0 (DubJob, 1);

  dub_job_engines_init (&self->engines);
  return self;
}

/**
 * dub_job_free:
 * @self: (nullable) (transfer full): a job
 *
 * Frees the job and its strings, and drops its script.
 */
void
dub_job_free (DubJob *self)
{
  if (self == NULL)
    return;

  g_free (self->video);
  g_free (self->language);
  g_free (self->work_dir);
  g_free (self->output);
  g_clear_object (&self->script);
  dub_job_engines_clear (&self->engines);
  g_free (self);
}

static GVariant *
script_to_variant (DubScript *script)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (SCRIPT_TYPE));
  for (guint i = 0; script != NULL && i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      const DubRemarks *remarks = dub_segment_get_remarks (segment);
      GVariant *said = remarks != NULL ? dub_remarks_to_variant (remarks) : NULL;

      g_variant_builder_add (&builder, "(sdd@m" DUB_REMARKS_VARIANT_TYPE ")",
                             dub_segment_get_text (segment),
                             dub_segment_get_start (segment),
                             dub_segment_get_end (segment),
                             g_variant_new_maybe (G_VARIANT_TYPE (DUB_REMARKS_VARIANT_TYPE), said));
    }
  return g_variant_builder_end (&builder);
}

static DubScript *
script_from_variant (GVariant *variant,
                     GError  **error)
{
  g_autoptr (DubScript) script = dub_script_new ();
  GVariantIter iter;
  const char *text;
  double start, end;
  GVariant *said;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&sddm@" DUB_REMARKS_VARIANT_TYPE ")", &text, &start, &end, &said))
    {
      g_autoptr (GVariant) remarks = said;
      g_autoptr (DubSegment) segment = NULL;

      if (!isfinite (start) || !isfinite (end) || start < 0 || end < start)
        {
          g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                               _("A part of the script has times that cannot be."));
          return NULL;
        }
      segment = dub_segment_new (text, start, end);
      dub_segment_set_remarks (segment, dub_remarks_from_variant (remarks));
      dub_script_add_segment (script, segment);
    }
  return g_steal_pointer (&script);
}

static void
set_misunderstanding (GError **error)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                       _("The two halves of the built-in studio do not understand each other: install Dubroom again."));
}

/* What comes over a pipe may be of another build, or cut: nothing of it is trusted before this. */
static gboolean
check_variant (GVariant   *variant,
               const char *type,
               GError    **error)
{
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE (type)) && g_variant_is_normal_form (variant))
    return TRUE;

  set_misunderstanding (error);
  return FALSE;
}

/**
 * dub_job_engines_from_variant:
 * @self: engines that are initialised
 * @variant: what came, of type %DUB_JOB_ENGINES_VARIANT_TYPE and of normal form
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE where they cannot be used
 *
 * Returns: whether they can be used
 */
gboolean
dub_job_engines_from_variant (DubJobEngines *self,
                              GVariant      *variant,
                              GError       **error)
{
  g_autoptr (GError) wrong = NULL;

  if (g_variant_n_children (variant) != DUB_N_STAGES)
    {
      set_misunderstanding (error);
      return FALSE;
    }
  for (guint i = 0; i < DUB_N_STAGES; i++)
    {
      DubEngineChoice *choice = self->settings->stages[i];
      guint32 kind;

      g_variant_get_child (variant, i, "(umsmsmsuums)", &kind, &choice->address, &choice->model, &choice->voice,
                           &choice->parallel, &choice->timeout_s, &self->keys[i]);
      if (kind > DUB_ENGINE_APERTIUM)
        {
          set_misunderstanding (error);
          return FALSE;
        }
      choice->kind = (DubEngineKind) kind;
      if (!dub_engine_choice_check (choice, i, &wrong))
        {
          g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, wrong->message);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * dub_job_to_variant:
 * @self: a job whose strings are all set
 *
 * Returns: (transfer full): the job as it goes to the working process, in the byte order of this machine
 */
GVariant *
dub_job_to_variant (DubJob *self)
{
  GVariant *script;

  script = g_variant_new_maybe (G_VARIANT_TYPE (SCRIPT_TYPE),
                                self->script != NULL ? script_to_variant (self->script) : NULL);
  return g_variant_ref_sink (g_variant_new ("(^aysbb@m" SCRIPT_TYPE "^ay^ay@" DUB_JOB_ENGINES_VARIANT_TYPE ")",
                                            self->video, self->language, self->lipsync, self->subtitles,
                                            script, self->work_dir, self->output,
                                            dub_job_engines_to_variant (&self->engines)));
}

/**
 * dub_job_from_variant:
 * @variant: what came
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Reads a job. Everything is checked first: @variant may be anything.
 *
 * Returns: (transfer full) (nullable): the job
 */
DubJob *
dub_job_from_variant (GVariant *variant,
                      GError  **error)
{
  g_autoptr (DubJob) job = dub_job_new ();
  g_autoptr (GVariant) script = NULL;
  g_autoptr (GVariant) engines = NULL;

  if (!check_variant (variant, DUB_JOB_VARIANT_TYPE, error))
    return NULL;

  g_variant_get (variant, "(^aysbbm@" SCRIPT_TYPE "^ay^ay@" DUB_JOB_ENGINES_VARIANT_TYPE ")",
                 &job->video, &job->language, &job->lipsync, &job->subtitles,
                 &script, &job->work_dir, &job->output, &engines);
  if (!dub_job_engines_from_variant (&job->engines, engines, error))
    return NULL;
  if (script != NULL)
    {
      job->script = script_from_variant (script, error);
      if (job->script == NULL)
        return NULL;
    }
  return g_steal_pointer (&job);
}

/**
 * dub_job_result_new:
 *
 * Returns: (transfer full): a result without values, to be filled
 */
DubJobResult *
dub_job_result_new (void)
{
  return g_new0 (DubJobResult, 1);
}

/**
 * dub_job_result_free:
 * @self: (nullable) (transfer full): a result
 *
 * Frees the result and drops its scripts.
 */
void
dub_job_result_free (DubJobResult *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->original);
  g_clear_object (&self->translated);
  g_clear_object (&self->subtitle_lines);
  g_free (self->note);
  g_free (self);
}

/**
 * dub_job_result_to_variant:
 * @self: a result
 *
 * Returns: (transfer full): the result as it comes from the working process; a script that is %NULL is an empty one
 */
GVariant *
dub_job_result_to_variant (DubJobResult *self)
{
  return g_variant_ref_sink (g_variant_new ("(@" SCRIPT_TYPE "@" SCRIPT_TYPE "@" SCRIPT_TYPE "ms)",
                                            script_to_variant (self->original),
                                            script_to_variant (self->translated),
                                            script_to_variant (self->subtitle_lines), self->note));
}

/**
 * dub_job_result_from_variant:
 * @variant: what came
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Reads a result. Everything is checked first: @variant may be anything.
 *
 * Returns: (transfer full) (nullable): the result, both scripts set and not empty
 */
DubJobResult *
dub_job_result_from_variant (GVariant *variant,
                             GError  **error)
{
  g_autoptr (DubJobResult) result = dub_job_result_new ();
  g_autoptr (GVariant) original = NULL;
  g_autoptr (GVariant) translated = NULL;
  g_autoptr (GVariant) lines = NULL;

  if (!check_variant (variant, DUB_JOB_RESULT_VARIANT_TYPE, error))
    return NULL;

  g_variant_get (variant, "(@" SCRIPT_TYPE "@" SCRIPT_TYPE "@" SCRIPT_TYPE "ms)", &original, &translated, &lines,
                 &result->note);
  result->original = script_from_variant (original, error);
  if (result->original == NULL)
    return NULL;
  result->translated = script_from_variant (translated, error);
  if (result->translated == NULL)
    return NULL;
  result->subtitle_lines = script_from_variant (lines, error);
  if (result->subtitle_lines == NULL)
    return NULL;
  /* No bytes at all are two empty scripts, too, and no dub. */
  if (dub_script_get_length (result->original) == 0 || dub_script_get_length (result->translated) == 0)
    {
      set_misunderstanding (error);
      return NULL;
    }
  return g_steal_pointer (&result);
}
