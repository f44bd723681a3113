/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-player.h"
#include "dub-segment-list.h"

G_BEGIN_DECLS

#define DUB_TYPE_PLAYBACK_ACTIONS (dub_playback_actions_get_type ())
G_DECLARE_FINAL_TYPE (DubPlaybackActions, dub_playback_actions, DUB, PLAYBACK_ACTIONS, GSimpleActionGroup)

DubPlaybackActions *dub_playback_actions_new              (DubPlayer          *player,
                                                           DubSegmentList     *segments);
void                dub_playback_actions_set_has_original (DubPlaybackActions *self,
                                                           gboolean            has_original);

void                dub_playback_actions_bind_keys        (GtkWidgetClass     *widget_class);
void                dub_playback_actions_add_list_keys    (GtkWidget          *list);

G_END_DECLS
