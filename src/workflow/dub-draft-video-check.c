/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-video-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-address-check.h"
#include "dub-file-identity.h"
#include "dub-notices.h"
#include "dub-probe.h"

/* Looks at a video that was picked. */

#define THUMBNAIL_WIDTH 320
#define THUMBNAIL_HEIGHT 320

/* The video's name stands beside the sentence, and is not said again where the sentence begins with it. */
static char *
dup_refusal (DubDraftVideo *self,
             const char    *sentence)
{
  g_autofree char *name = g_strdup_printf (_("“%s”"), self->file_name);
  g_autofree char *unnamed = NULL;

  if (g_str_has_prefix (sentence, name))
    /* Translators: a video, at the beginning of sentences such as “It cannot be read.” */
    unnamed = g_strconcat (_("It"), sentence + strlen (name), NULL);
  /* Translators: %s is a sentence that says why a video is refused */
  return g_strdup_printf (_("%s It is left out."), unnamed != NULL ? unnamed : sentence);
}

static void
refuse (DubDraftVideo *self,
        const char    *id,
        const char    *sentence)
{
  GPtrArray *findings = dub_draft_video_findings_new ();
  g_autofree char *refusal = dup_refusal (self, sentence);

  g_ptr_array_add (findings, dub_finding_new (DUB_SEVERITY_REFUSED, id, refusal));
  dub_draft_video_take_findings (self, findings);
  dub_draft_video_abandon (self);
  dub_draft_video_set_state (self, DUB_DRAFT_VIDEO_REFUSED);
}

static void
on_thumbnail (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DubDraftVideo) self = user_data;
  DubThumbnail *thumbnail;

  /* A video without a picture of itself can be dubbed all the same. */
  thumbnail = dub_thumbnail_finish (result, NULL);
  if (thumbnail != NULL)
    dub_draft_video_take_thumbnail (self, thumbnail);
}

/* A script that was picked before the video's duration was known. */
static void
drop_unfit_scripts (DubDraftVideo *self)
{
  GHashTableIter iter;
  gpointer script;

  g_hash_table_iter_init (&iter, self->scripts);
  while (g_hash_table_iter_next (&iter, NULL, &script))
    {
      g_autoptr (GError) error = NULL;

      if (dub_script_check (script, self->info->duration_ms, &error))
        continue;
      g_ptr_array_add (self->dropped, dub_finding_new (DUB_SEVERITY_WARNING, "script", error->message));
      g_hash_table_iter_remove (&iter);
    }
}

static void
conclude (DubDraftVideo *self)
{
  if (--self->pending > 0 || self->state != DUB_DRAFT_VIDEO_CHECKING || g_cancellable_is_cancelled (self->cancellable))
    return;

  drop_unfit_scripts (self);
  dub_draft_video_find (self, FALSE);
  if (!dub_checks_accept (self->findings))
    {
      dub_draft_video_set_state (self, DUB_DRAFT_VIDEO_REFUSED);
      return;
    }
  if (dub_draft_video_is_local (self->uri))
    dub_thumbnail_async (self->uri, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT, self->cancellable, on_thumbnail, g_object_ref (self));
  dub_draft_video_set_state (self, DUB_DRAFT_VIDEO_ACCEPTED);
}

static void
on_consent (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubDraftVideo) self = user_data;
  gint64 agreed = 0;

  /* Where it cannot be read, the person is asked. */
  if (dub_store_get_consent_finish (DUB_STORE (source), result, &agreed, NULL))
    dub_draft_video_set_agreed (self, agreed != 0);
  conclude (self);
}

static void
take_identity (DubDraftVideo *self,
               char          *identity)
{
  self->identity = identity;
  dub_store_get_consent_async (self->store, identity, dub_notice_get_version (DUB_NOTICE_CONSENT), self->cancellable,
                               on_consent, g_object_ref (self));
}

static gboolean
was_abandoned (DubDraftVideo *self)
{
  return self->state != DUB_DRAFT_VIDEO_CHECKING || g_cancellable_is_cancelled (self->cancellable);
}

static void
on_identity (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DubDraftVideo) self = user_data;
  g_autoptr (GError) error = NULL;
  char *identity = dub_file_identity_finish (result, &error);

  if (was_abandoned (self))
    g_free (identity);
  else if (identity != NULL)
    take_identity (self, identity);
  else
    refuse (self, "unreadable", error->message);
}

static void
on_probed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubDraftVideo) self = user_data;
  g_autoptr (GFile) file = g_file_new_for_uri (self->uri);
  g_autoptr (GError) error = NULL;
  DubMediaInfo *info = dub_probe_finish (result, &error);

  if (was_abandoned (self))
    {
      g_clear_pointer (&info, dub_media_info_free);
      return;
    }
  if (info == NULL)
    {
      refuse (self, "unreadable", error->message);
      return;
    }
  dub_draft_video_take_info (self, info);
  /* Read only now: of what is no video not all bytes have to be read. */
  dub_file_identity_async (file, self->cancellable, on_identity, g_object_ref (self));
}

static void
on_address (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubDraftVideo) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) address = dub_address_check_finish (result, &error);
  DubMediaInfo *info;

  if (was_abandoned (self))
    return;
  if (address == NULL)
    {
      refuse (self, "unreachable", error->message);
      return;
    }
  info = dub_media_info_new ();
  info->content_type = g_strdup (address->content_type);
  info->size = address->size;
  /* Not known: nothing is held against it. */
  info->has_video = TRUE;
  info->has_audio = TRUE;
  dub_draft_video_take_info (self, info);
  take_identity (self, g_strdup (address->identity));
}

void
dub_draft_video_check (DubDraftVideo *self,
                       DubStore      *store)
{
  g_return_if_fail (DUB_IS_DRAFT_VIDEO (self));

  g_set_object (&self->store, store);
  self->pending = 1;
  if (!dub_draft_video_is_local (self->uri))
    dub_address_check_async (self->uri, self->cancellable, on_address, g_object_ref (self));
  else if (self->local_files)
    dub_probe_async (self->uri, self->cancellable, on_probed, g_object_ref (self));
  else
    refuse (self, "no-place",
            _("This video is a file on this computer, where the dubbing service cannot reach it. Put it on a web server and paste its link."));
}
