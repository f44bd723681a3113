/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-player.h"

G_BEGIN_DECLS

#define DUB_TYPE_PLAYER_CONTROLS (dub_player_controls_get_type ())
G_DECLARE_FINAL_TYPE (DubPlayerControls, dub_player_controls, DUB, PLAYER_CONTROLS, AdwBin)

/* Slider, times, transport, volume, speed, Original | Dub of a player. The buttons call the actions result.* of the page. */
void     dub_player_controls_set_player       (DubPlayerControls *self,
                                               DubPlayer         *player);
void     dub_player_controls_set_has_original (DubPlayerControls *self,
                                               gboolean           has_original);
void     dub_player_controls_set_has_segments (DubPlayerControls *self,
                                               gboolean           has_segments);
void     dub_player_controls_set_full_screen  (DubPlayerControls *self,
                                               gboolean           full_screen);
void     dub_player_controls_focus            (DubPlayerControls *self);
/* Whether a menu of it is open, so that it should stay. */
gboolean dub_player_controls_is_busy          (DubPlayerControls *self);

G_END_DECLS
