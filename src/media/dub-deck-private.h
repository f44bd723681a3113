/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DUB_TYPE_DECK (dub_deck_get_type ())
G_DECLARE_FINAL_TYPE (DubDeck, dub_deck, DUB, DECK, GObject)

/*
 * One address in one pipeline; DubPlayer has two. Main context only. Signals:
 *   ready      it shows the picture asked for: the first, or that of the last seek
 *   ended      it played to the end
 *   failed     see dub_deck_get_error()
 *   buffering  see dub_deck_is_buffering()
 */
DubDeck    *dub_deck_new                (const char *video_sink_factory,
                                         const char *audio_sink_factory);
/* NULL: lets go of everything. Comes up paused, at the start. */
void        dub_deck_load               (DubDeck    *self,
                                         const char *uri);
void        dub_deck_set_playing        (DubDeck    *self,
                                         gboolean    playing);
/* Seeks that come while one is under way are gathered: the last one counts. */
void        dub_deck_seek               (DubDeck    *self,
                                         gint64      position_ms,
                                         double      rate);
void        dub_deck_set_volume         (DubDeck    *self,
                                         double      cubic,
                                         gboolean    muted);
gboolean    dub_deck_is_loaded          (DubDeck    *self);
gboolean    dub_deck_is_ready           (DubDeck    *self);
gboolean    dub_deck_is_buffering       (DubDeck    *self);
gint64      dub_deck_get_position       (DubDeck    *self);
gint64      dub_deck_get_duration       (DubDeck    *self);
double      dub_deck_get_rate           (DubDeck    *self);
/* Milliseconds; 0 where unknown. */
double      dub_deck_get_frame_duration (DubDeck    *self);
const char *dub_deck_get_error          (DubDeck    *self);
GObject    *dub_deck_get_paintable      (DubDeck    *self);

G_END_DECLS
