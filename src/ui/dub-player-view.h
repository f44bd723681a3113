/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-player.h"

G_BEGIN_DECLS

#define DUB_TYPE_PLAYER_VIEW (dub_player_view_get_type ())
G_DECLARE_FINAL_TYPE (DubPlayerView, dub_player_view, DUB, PLAYER_VIEW, AdwBin)

/* The picture of a player; in its place, what is wrong. Properties: ratio (double, read-only): width by height of the picture,
 * 0 where unknown. Signals: pressed (a click), doubled (a double click). */
void          dub_player_view_set_player (DubPlayerView *self,
                                          DubPlayer     *player);
double        dub_player_view_get_ratio  (DubPlayerView *self);
/* Whether it has all the room there is, on black. */
void          dub_player_view_set_filled (DubPlayerView *self,
                                          gboolean       filled);
/* What is seen now, or NULL. (transfer full) */
GdkPaintable *dub_player_view_dup_still  (DubPlayerView *self);

G_END_DECLS
