/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-private.h"

#include <glib/gi18n-lib.h>

#include "dub-error.h"

/* With less room for a title it tells nothing. */
#define MIN_TITLE 8
#define SEPARATOR " · "

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
 * dub_draft_set_script_file:
 * @file_name: (nullable): the name of the file that the script was read from, for people
 *
 * Kept beside the script until there is another one.
 */
void
dub_draft_set_script_file (DubDraft          *self,
                           DubDraftVideo     *video,
                           const DubLanguage *language,
                           const char        *file_name)
{
  g_return_if_fail (DUB_IS_DRAFT (self));
  dub_draft_video_set_script_file (video, language, file_name);
}

/**
 * dub_draft_get_script_file:
 *
 * Returns: (transfer none) (nullable): the name of the file that the script was read from
 */
const char *
dub_draft_get_script_file (DubDraft          *self,
                           DubDraftVideo     *video,
                           const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), NULL);
  return dub_draft_video_get_script_file (video, language);
}

/**
 * dub_draft_set_name:
 * @name: (nullable): a name of the person's own for all dubs; "" or %NULL: made by the style
 *
 * One that does not do is kept all the same: nothing can be generated until there is another.
 *
 * Returns: whether it does for what is wanted now; else %DUB_ERROR_NAME says why
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
  if (g_set_str (&self->name, *trimmed != '\0' ? trimmed : NULL))
    dub_draft_update (self);
  if (self->name_problem == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->name_problem));
  return FALSE;
}

/* Several videos under one own name are told apart by their titles, where there is room for them. */
static char *
dup_own_title (DubDraft      *self,
               DubDraftVideo *video)
{
  glong room = (glong) dub_draft_get_name_room (self) - g_utf8_strlen (self->name, -1) - g_utf8_strlen (SEPARATOR, -1);
  g_autofree char *title = NULL;

  if (self->n_accepted < 2 || room < MIN_TITLE)
    return g_strdup (self->name);
  title = dub_name_shorten (dub_draft_video_get_title (video), room);
  return g_strconcat (self->name, SEPARATOR, title, NULL);
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
  g_autofree char *own = NULL;

  g_return_val_if_fail (DUB_IS_DRAFT (self) && DUB_IS_DRAFT_VIDEO (video) && language != NULL, NULL);

  if (self->name == NULL)
    return dub_name_compose (dub_draft_video_get_title (video), language, (DubNameStyle) self->name_style);
  if (!dub_draft_has_several_dubs (self))
    return g_strdup (self->name);
  own = dup_own_title (self, video);
  return dub_name_compose (own, language, (DubNameStyle) self->name_style);
}
