/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-playback-actions.h"
#include "dub-player-controls.h"
#include "dub-player-view.h"
#include "dub-player.h"
#include "dub-result-page.h"
#include "dub-segment-list.h"

G_BEGIN_DECLS

/**
 * DubResultPage:
 *
 * A dub, to be watched, compared with its original, read and saved.
 */
struct _DubResultPage
{
  AdwNavigationPage parent_instance;

  /* template widgets */
  AdwToolbarView *toolbar_view;
  AdwWindowTitle *window_title;
  GtkButton *save;
  AdwBanner *banner;
  AdwMultiLayoutView *layouts;
  AdwClamp *pane;
  GtkOverlay *screen;
  GtkRevealer *revealer;
  DubPlayerView *view;
  DubPlayerControls *controls;
  DubSegmentList *segments;

  /* owned */
  DubPlayer *player;
  DubPlaybackActions *actions;
  DubLibrary *library;
  DubLibraryItem *item;

  guint fade;
  gint64 left_at; /* ms */
  double pointer_x;
  double pointer_y;
  gboolean loaded;
  gboolean narrow;
  gboolean medium;
  gboolean wants_full_screen;
  gboolean full_screen;
};

AdwNavigationPage *dub_result_page_new_for_library (DubLibrary     *library,
                                                    DubLibraryItem *item);
DubPlayer         *dub_result_page_get_player      (DubResultPage  *self);
gboolean           dub_result_page_is_playing      (DubResultPage  *self);

G_END_DECLS
