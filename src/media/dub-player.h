/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  DUB_TRACK_ORIGINAL,
  DUB_TRACK_DUB,
} DubTrack;

#define DUB_TYPE_TRACK (dub_track_get_type ())
GType dub_track_get_type (void);

#define DUB_TYPE_PLAYER (dub_player_get_type ())
G_DECLARE_FINAL_TYPE (DubPlayer, dub_player, DUB, PLAYER, GObject)

/*
 * Plays a dub and its original, one of them heard and seen, both at the same instant: changing the track goes on at
 * the same position, playing or paused. Properties, all notified on the main context:
 *   original-uri, dub-uri  string, read-write; NULL where there is none
 *   track                  DubTrack, read-write
 *   paintable              GObject (a GdkPaintable, of gtk4paintablesink), read-only; that of the current track
 *   playing                boolean, read-write
 *   position, duration     int64, milliseconds, read-only (position about 30 times a second while playing)
 *   volume                 double 0..1 (cubic), read-write; muted: boolean
 *   rate                   double 0.5..2 (pitch kept), read-write
 *   buffering              boolean
 *   frame-duration         double, milliseconds, read-only: how far a step by one picture goes; 100 where unknown
 *   error                  string or NULL: a sentence
 */
DubPlayer *dub_player_new      (void);
void       dub_player_set_uris (DubPlayer  *self,
                                const char *original_uri,
                                const char *dub_uri);
void       dub_player_seek     (DubPlayer  *self,
                                gint64      position_ms);
/* Stops and frees the pipelines; the object can be given new addresses. */
void       dub_player_close    (DubPlayer  *self);

G_END_DECLS
