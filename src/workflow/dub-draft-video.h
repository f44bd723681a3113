/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include "dub-media-info.h"
#include "dub-thumbnail.h"

G_BEGIN_DECLS

typedef enum
{
  DUB_DRAFT_VIDEO_CHECKING,
  DUB_DRAFT_VIDEO_ACCEPTED,
  DUB_DRAFT_VIDEO_REFUSED,
} DubDraftVideoState;

#define DUB_TYPE_DRAFT_VIDEO_STATE (dub_draft_video_state_get_type ())
GType dub_draft_video_state_get_type (void);

#define DUB_TYPE_DRAFT_VIDEO (dub_draft_video_get_type ())
G_DECLARE_FINAL_TYPE (DubDraftVideo, dub_draft_video, DUB, DRAFT_VIDEO, GObject)

/* A video that was picked. Properties uri, title, state, info, findings, thumbnail, agreed are notified. */
const char         *dub_draft_video_get_uri       (DubDraftVideo *self);
const char         *dub_draft_video_get_title     (DubDraftVideo *self);
const char         *dub_draft_video_get_file_name (DubDraftVideo *self); /* for people */
DubDraftVideoState  dub_draft_video_get_state     (DubDraftVideo *self);
const DubMediaInfo *dub_draft_video_get_info      (DubDraftVideo *self); /* NULL while checking, or where unreadable */
GPtrArray          *dub_draft_video_get_findings  (DubDraftVideo *self); /* DubFinding; a refusal is the first; transfer none */
const DubThumbnail *dub_draft_video_get_thumbnail (DubDraftVideo *self); /* NULL until there is one */
gboolean            dub_draft_video_get_agreed    (DubDraftVideo *self); /* a consent to the current text is stored for these bytes */

G_END_DECLS
