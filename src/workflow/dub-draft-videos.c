/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-private.h"

#include <stdlib.h>

#include "dub-address.h"

/* Videos come and go. */

static void
on_video_changed (DubDraftVideo *video,
                  GParamSpec    *pspec,
                  DubDraft      *self)
{
  gboolean accepted = dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_ACCEPTED;

  /* The person has agreed for the videos that were there, not for this one. */
  if (g_str_equal (pspec->name, "state") && accepted && !dub_draft_video_get_agreed (video))
    dub_draft_set_agreed (self, FALSE);
  dub_draft_update (self);
  if (g_str_equal (pspec->name, "state") && accepted)
    dub_draft_update_findings (self);
}

static void
add_uri (DubDraft   *self,
         const char *uri)
{
  g_autoptr (DubDraftVideo) video = NULL;
  gboolean local_files = self->account != NULL && dub_account_is_studio (self->account);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->videos)); i++)
    {
      g_autoptr (DubDraftVideo) other = g_list_model_get_item (G_LIST_MODEL (self->videos), i);

      if (g_str_equal (dub_draft_video_get_uri (other), uri))
        return;
    }
  video = dub_draft_video_new (uri, local_files);
  g_signal_connect (video, "notify", G_CALLBACK (on_video_changed), self);
  /* Even if it turns out that there is a consent for it: a box that was ticked was ticked for others. */
  dub_draft_set_agreed (self, FALSE);
  g_list_store_append (self->videos, video);
  dub_draft_video_check (video, self->store);
  dub_draft_update (self);
}

/* One file under two paths is one video. */
static char *
resolve (GFile *file)
{
  const char *path = g_file_peek_path (file);
  char *real = path != NULL ? realpath (path, NULL) : NULL;
  char *uri = real != NULL ? g_filename_to_uri (real, NULL, NULL) : NULL;

  free (real);
  return uri != NULL ? uri : g_file_get_uri (file);
}

/**
 * dub_draft_add_file:
 * @file: a file that was picked or dropped
 *
 * Adds a video and begins to look at it. One that is there already is silently left as it is.
 */
void
dub_draft_add_file (DubDraft *self,
                    GFile    *file)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (DUB_IS_DRAFT (self) && G_IS_FILE (file));

  uri = resolve (file);
  add_uri (self, uri);
}

/**
 * dub_draft_add_addresses:
 * @text: a pasted text
 *
 * Adds the addresses in @text and begins to look at them.
 *
 * Returns: (transfer full) (element-type utf8): a sentence for each thing in it that is no address
 */
GPtrArray *
dub_draft_add_addresses (DubDraft   *self,
                         const char *text)
{
  g_autoptr (GPtrArray) addresses = NULL;
  GPtrArray *refused = NULL;

  g_return_val_if_fail (DUB_IS_DRAFT (self) && text != NULL, NULL);

  addresses = dub_address_parse_text (text, &refused);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    add_uri (self, addresses->pdata[i]);
  return refused != NULL ? refused : g_ptr_array_new_with_free_func (g_free);
}

/**
 * dub_draft_remove:
 * @video: one of its videos
 *
 * Takes a video out.
 */
void
dub_draft_remove (DubDraft      *self,
                  DubDraftVideo *video)
{
  guint position;

  g_return_if_fail (DUB_IS_DRAFT (self) && DUB_IS_DRAFT_VIDEO (video));

  if (!g_list_store_find (self->videos, video, &position))
    return;
  g_signal_handlers_disconnect_by_func (video, on_video_changed, self);
  dub_draft_video_abandon (video);
  g_list_store_remove (self->videos, position);
  dub_draft_update (self);
}
