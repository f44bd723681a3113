/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-private.h"

#include <glib/gi18n-lib.h>

#include "dub-error.h"
#include "dub-studio-skills.h"

/* What has to hold for a dub of the draft: a script where the account does not translate, a name that does. */

static gboolean
is_for_studio (DubDraft *self)
{
  return self->account != NULL && dub_account_is_studio (self->account);
}

/**
 * dub_draft_translates:
 * @language: a language
 *
 * Returns: whether the account translates into it, so that a video with speech needs no script
 */
gboolean
dub_draft_translates (DubDraft          *self,
                      const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self) && language != NULL, FALSE);

  return !is_for_studio (self)
         || (dub_draft_speaks (self, language)
             && dub_studio_translates (dub_studio_engines_get_settings (self->engines), language));
}

/**
 * dub_draft_speaks:
 * @language: a language
 *
 * Returns: whether the account has a voice for it; without one no script helps
 */
gboolean
dub_draft_speaks (DubDraft          *self,
                  const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self) && language != NULL, FALSE);

  return !is_for_studio (self) || dub_studio_speaks (dub_studio_engines_get_settings (self->engines), language);
}

/**
 * dub_draft_hears:
 * @language: a language
 *
 * Returns: whether the account understands speech in it
 */
gboolean
dub_draft_hears (DubDraft          *self,
                 const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self) && language != NULL, FALSE);

  return !is_for_studio (self) || dub_studio_hears (dub_studio_engines_get_settings (self->engines), language);
}

/**
 * dub_draft_get_script_need:
 * @video: one of its videos
 * @language: a language
 *
 * Returns: why the dub cannot be made, before there is a script for it or at all; %DUB_SCRIPT_NEED_NONE where it can
 */
DubScriptNeed
dub_draft_get_script_need (DubDraft          *self,
                           DubDraftVideo     *video,
                           const DubLanguage *language)
{
  const DubMediaInfo *info;

  g_return_val_if_fail (DUB_IS_DRAFT (self) && DUB_IS_DRAFT_VIDEO (video) && language != NULL, DUB_SCRIPT_NEED_NONE);

  if (!dub_draft_speaks (self, language))
    return DUB_SCRIPT_NEED_VOICE;
  if (dub_draft_video_get_script (video, language) != NULL)
    return DUB_SCRIPT_NEED_NONE;
  info = dub_draft_video_get_info (video);
  if (info != NULL && !info->has_audio)
    return DUB_SCRIPT_NEED_SOUND;
  return dub_draft_translates (self, language) ? DUB_SCRIPT_NEED_NONE : DUB_SCRIPT_NEED_LANGUAGE;
}

gboolean
dub_draft_has_several_dubs (DubDraft *self)
{
  return self->n_accepted * self->n_languages > 1;
}

/**
 * dub_draft_get_name_room:
 *
 * Returns: how many characters an own name may have, beside the language where that is added
 */
guint
dub_draft_get_name_room (DubDraft *self)
{
  glong room = DUB_NAME_MAX_CHARS;

  g_return_val_if_fail (DUB_IS_DRAFT (self), 0);

  for (guint i = 0; dub_draft_has_several_dubs (self) && i < DUB_N_LANGUAGES; i++)
    if (self->wanted[i])
      room = MIN (room, dub_name_get_room (dub_language_get_all ()[i], (DubNameStyle) self->name_style));
  return room;
}

static GError *
find_name_problem (DubDraft *self)
{
  GError *error = NULL;
  glong length, room = dub_draft_get_name_room (self);

  if (self->name == NULL || !dub_name_check (self->name, &error))
    return error;
  length = g_utf8_strlen (self->name, -1);
  if (length <= room)
    return NULL;
  return g_error_new (DUB_ERROR, DUB_ERROR_NAME,
                      ngettext ("The name has %ld character, but %ld is the limit where the language is added. Shorten it.",
                                "The name has %ld characters, but %ld is the limit where the language is added. Shorten it.",
                                (gulong) length),
                      length, room);
}

void
dub_draft_update_name (DubDraft *self)
{
  g_clear_error (&self->name_problem);
  self->name_problem = find_name_problem (self);
}

/**
 * dub_draft_get_name_problem:
 *
 * Returns: (transfer none) (nullable): why the name of the person's own does not do, a sentence; %NULL where it does
 */
const char *
dub_draft_get_name_problem (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), NULL);
  return self->name_problem != NULL ? self->name_problem->message : NULL;
}
