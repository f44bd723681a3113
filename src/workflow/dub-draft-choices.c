/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-private.h"

/* Languages, scripts and names, as the person wants them. */

static int
language_index (const DubLanguage *language)
{
  const DubLanguage *const *languages = dub_language_get_all ();

  for (int i = 0; i < DUB_N_LANGUAGES; i++)
    if (languages[i] == language)
      return i;
  return -1;
}

/**
 * dub_draft_get_language:
 * @language: a language
 *
 * Returns: whether it is wanted
 */
gboolean
dub_draft_get_language (DubDraft          *self,
                        const DubLanguage *language)
{
  int index = language_index (language);

  g_return_val_if_fail (DUB_IS_DRAFT (self) && index >= 0, FALSE);
  return self->wanted[index];
}

/**
 * dub_draft_set_language:
 * @language: a language
 * @wanted: whether the videos shall be dubbed into it
 */
void
dub_draft_set_language (DubDraft          *self,
                        const DubLanguage *language,
                        gboolean           wanted)
{
  int index = language_index (language);

  g_return_if_fail (DUB_IS_DRAFT (self) && index >= 0);

  if (self->wanted[index] == !!wanted)
    return;
  self->wanted[index] = !!wanted;
  dub_draft_update (self);
  dub_draft_update_findings (self);
}

/**
 * dub_draft_set_script:
 * @video: one of its videos
 * @language: a language
 * @script: (nullable): what shall be said in it; %NULL to have it translated
 *
 * A script of the person's own. It is held against the video's duration, as soon as that is known.
 *
 * Returns: whether it was taken; else #DubError says which segment breaks what rule
 */
gboolean
dub_draft_set_script (DubDraft           *self,
                      DubDraftVideo      *video,
                      const DubLanguage  *language,
                      DubScript          *script,
                      GError            **error)
{
  const DubMediaInfo *info;

  g_return_val_if_fail (DUB_IS_DRAFT (self) && DUB_IS_DRAFT_VIDEO (video) && language != NULL, FALSE);

  info = dub_draft_video_get_info (video);
  if (script != NULL && !dub_script_check (script, info != NULL ? info->duration_ms : 0, error))
    return FALSE;
  dub_draft_video_set_script (video, language, script);
  dub_draft_update (self);
  dub_draft_update_findings (self);
  return TRUE;
}

/**
 * dub_draft_get_script:
 *
 * Returns: (transfer none) (nullable): the script that the person gave
 */
DubScript *
dub_draft_get_script (DubDraft          *self,
                      DubDraftVideo     *video,
                      const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), NULL);
  return dub_draft_video_get_script (video, language);
}

/**
 * dub_draft_set_name:
 * @name: (nullable): a name of the person's own for all dubs; "" or %NULL: made by the style
 *
 * Returns: whether it was taken; else %DUB_ERROR_NAME: it is longer than 50 characters
 */
gboolean
dub_draft_set_name (DubDraft    *self,
                    const char  *name,
                    GError     **error)
{
  g_autofree char *trimmed = NULL;

  g_return_val_if_fail (DUB_IS_DRAFT (self), FALSE);

  trimmed = g_strdup (name != NULL ? name : "");
  g_strstrip (trimmed);
  if (*trimmed != '\0' && !dub_name_check (trimmed, error))
    return FALSE;
  if (g_set_str (&self->name, *trimmed != '\0' ? trimmed : NULL))
    dub_draft_update (self);
  return TRUE;
}

/**
 * dub_draft_dup_name:
 * @video: one of its videos
 * @language: a language
 *
 * The name that the dub will have, if the account has no dub of that name yet.
 *
 * Returns: (transfer full): at most 50 characters
 */
char *
dub_draft_dup_name (DubDraft          *self,
                    DubDraftVideo     *video,
                    const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self) && DUB_IS_DRAFT_VIDEO (video) && language != NULL, NULL);

  if (self->name != NULL && self->n_dubs <= 1)
    return g_strdup (self->name);
  return dub_name_compose (self->name != NULL ? self->name : dub_draft_video_get_title (video), language,
                           (DubNameStyle) self->name_style);
}
