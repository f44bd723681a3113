/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-player.h"

#include "dub-deck-private.h"

#define TICK_MS 33
#define SAME_INSTANT_MS 20
/* So that the last picture is seen, not the nothing behind it. */
#define BEFORE_END_MS 40
#define USUAL_FRAME_MS 100.0
#define N_TRACKS 2

struct _DubPlayer
{
  GObject parent_instance;

  char     *video_sink_factory;
  char     *audio_sink_factory;
  DubDeck  *decks[N_TRACKS];
  char     *uris[N_TRACKS];
  DubTrack  track;
  DubTrack  shown; /* whose picture is seen: it follows track when that one has its picture */
  gboolean  playing;
  gboolean  ended;
  gboolean  muted;
  double    volume;
  double    rate;
  guint     tick;
};

enum
{
  PROP_ORIGINAL_URI = 1,
  PROP_DUB_URI,
  PROP_TRACK,
  PROP_PAINTABLE,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_DURATION,
  PROP_FRAME_DURATION,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_RATE,
  PROP_BUFFERING,
  PROP_ERROR,
  PROP_VIDEO_SINK_FACTORY,
  PROP_AUDIO_SINK_FACTORY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (DubPlayer, dub_player, G_TYPE_OBJECT)

/**
 * dub_track_get_type:
 *
 * Returns: the #GType of #DubTrack
 */
GType
dub_track_get_type (void)
{
  static GType type = 0;
  static const GEnumValue values[] = {
    { DUB_TRACK_ORIGINAL, "DUB_TRACK_ORIGINAL", "original" },
    { DUB_TRACK_DUB, "DUB_TRACK_DUB", "dub" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter_pointer (&type))
    g_once_init_leave_pointer (&type, g_enum_register_static ("DubTrack", values));
  return type;
}

static DubDeck *
current (DubPlayer *self)
{
  return self->decks[self->track];
}

static DubDeck *
other (DubPlayer *self)
{
  return self->decks[self->track == DUB_TRACK_DUB ? DUB_TRACK_ORIGINAL : DUB_TRACK_DUB];
}

static void
notify (DubPlayer *self,
        guint      prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static gint64
get_duration (DubPlayer *self)
{
  gint64 duration = dub_deck_get_duration (current (self));

  return duration > 0 ? duration : dub_deck_get_duration (other (self));
}

static gint64
get_position (DubPlayer *self)
{
  gint64 duration;

  if (self->ended && (duration = get_duration (self)) > 0)
    return duration;
  return dub_deck_get_position (current (self));
}

static gboolean
on_tick (gpointer user_data)
{
  notify (user_data, PROP_POSITION);
  return G_SOURCE_CONTINUE;
}

static void
set_playing (DubPlayer *self,
             gboolean   playing)
{
  if (playing && !dub_deck_is_loaded (current (self)))
    playing = FALSE;
  if (playing == self->playing)
    return;

  if (playing && self->ended)
    dub_player_seek (self, 0);
  self->playing = playing;
  g_clear_handle_id (&self->tick, g_source_remove);
  if (playing)
    self->tick = g_timeout_add (TICK_MS, on_tick, self);
  dub_deck_set_playing (current (self), playing);
  notify (self, PROP_PLAYING);
  notify (self, PROP_POSITION);
}

static void
bring_to (DubPlayer *self,
          DubDeck   *deck,
          gint64     position)
{
  gint64 duration = dub_deck_get_duration (deck);

  if (!dub_deck_is_loaded (deck))
    return;
  if (duration > 0)
    position = MIN (position, MAX (duration - BEFORE_END_MS, 0));
  if (ABS (dub_deck_get_position (deck) - position) > SAME_INSTANT_MS || dub_deck_get_rate (deck) != self->rate)
    dub_deck_seek (deck, position, self->rate);
}

static void
show_current (DubPlayer *self)
{
  if (self->shown == self->track)
    return;
  self->shown = self->track;
  notify (self, PROP_PAINTABLE);
}

static void
on_ready (DubPlayer *self,
          DubDeck   *deck)
{
  if (deck != current (self))
    return;
  show_current (self);
  notify (self, PROP_DURATION);
  notify (self, PROP_POSITION);
  /* At rest the other one is kept at the same instant, so that changing over is quick. */
  if (!self->playing)
    bring_to (self, other (self), get_position (self));
}

static void
on_ended (DubPlayer *self,
          DubDeck   *deck)
{
  if (deck != current (self) || !self->playing)
    return;
  self->ended = TRUE;
  set_playing (self, FALSE);
}

static void
on_failed (DubPlayer *self,
           DubDeck   *deck)
{
  if (deck != current (self))
    return;
  set_playing (self, FALSE);
  show_current (self);
  notify (self, PROP_PAINTABLE);
  notify (self, PROP_BUFFERING);
  notify (self, PROP_ERROR);
}

static void
on_buffering (DubPlayer *self,
              DubDeck   *deck)
{
  if (deck == current (self))
    notify (self, PROP_BUFFERING);
}

static void
set_track (DubPlayer *self,
           DubTrack   track)
{
  gint64 position = get_position (self);
  gboolean playing = self->playing;

  if (track == self->track)
    return;
  dub_deck_set_playing (current (self), FALSE);
  self->track = track;
  bring_to (self, current (self), position);
  if (playing && dub_deck_is_loaded (current (self)))
    dub_deck_set_playing (current (self), TRUE);
  else
    set_playing (self, FALSE);
  if (dub_deck_is_ready (current (self)) || !dub_deck_is_loaded (current (self)))
    show_current (self);

  notify (self, PROP_TRACK);
  notify (self, PROP_DURATION);
  notify (self, PROP_POSITION);
  notify (self, PROP_BUFFERING);
  notify (self, PROP_ERROR);
}

static void
set_uri (DubPlayer  *self,
         DubTrack    track,
         const char *uri)
{
  if (!g_set_str (&self->uris[track], uri))
    return;
  if (track == self->track)
    {
      set_playing (self, FALSE);
      self->ended = FALSE;
    }
  dub_deck_load (self->decks[track], uri);
  dub_deck_set_volume (self->decks[track], self->volume, self->muted);
  if (track == self->track && self->rate != 1.0)
    bring_to (self, self->decks[track], 0);
  notify (self, track == DUB_TRACK_ORIGINAL ? PROP_ORIGINAL_URI : PROP_DUB_URI);
  notify (self, PROP_PAINTABLE);
  notify (self, PROP_DURATION);
  notify (self, PROP_POSITION);
  notify (self, PROP_BUFFERING);
  notify (self, PROP_ERROR);
}

static void
set_volume (DubPlayer *self,
            double     volume,
            gboolean   muted)
{
  gboolean volume_changed = volume != self->volume;
  gboolean muted_changed = muted != self->muted;

  self->volume = volume;
  self->muted = muted;
  for (guint i = 0; i < N_TRACKS; i++)
    dub_deck_set_volume (self->decks[i], volume, muted);
  if (volume_changed)
    notify (self, PROP_VOLUME);
  if (muted_changed)
    notify (self, PROP_MUTED);
}

static void
set_rate (DubPlayer *self,
          double     rate)
{
  if (rate == self->rate)
    return;
  self->rate = rate;
  if (dub_deck_is_loaded (current (self)) && !self->ended)
    dub_deck_seek (current (self), get_position (self), rate);
  notify (self, PROP_RATE);
}

/**
 * dub_player_new:
 *
 * A player that shows its picture by `gtk4paintablesink`; GTK must be initialised on the main thread. With the construct
 * property `video-sink-factory` another sink can be used, such as `fakesink` where there is no display.
 *
 * Returns: (transfer full): a player without addresses, on the track %DUB_TRACK_DUB
 */
DubPlayer *
dub_player_new (void)
{
  return g_object_new (DUB_TYPE_PLAYER, NULL);
}

/**
 * dub_player_set_uris:
 * @self: a player
 * @original_uri: (nullable): `file:` or `http(s):` address of the original
 * @dub_uri: (nullable): address of the dub
 *
 * Loads both, paused at the start. What cannot be loaded shows in the property `error` when its track is chosen.
 */
void
dub_player_set_uris (DubPlayer  *self,
                     const char *original_uri,
                     const char *dub_uri)
{
  g_return_if_fail (DUB_IS_PLAYER (self));

  set_uri (self, DUB_TRACK_DUB, dub_uri);
  set_uri (self, DUB_TRACK_ORIGINAL, original_uri);
}

/**
 * dub_player_seek:
 * @self: a player
 * @position_ms: in milliseconds; brought into the video where it lies outside
 *
 * Goes to the very picture at @position_ms, playing or paused as before. The position is notified at once, the picture
 * follows.
 */
void
dub_player_seek (DubPlayer *self,
                 gint64     position_ms)
{
  gint64 duration;

  g_return_if_fail (DUB_IS_PLAYER (self));

  duration = get_duration (self);
  if (duration > 0)
    position_ms = MIN (position_ms, MAX (duration - BEFORE_END_MS, 0));
  self->ended = FALSE;
  dub_deck_seek (current (self), MAX (position_ms, 0), self->rate);
  notify (self, PROP_POSITION);
}

/**
 * dub_player_close:
 * @self: a player
 *
 * Stops, and lets go of both videos and of the loudspeaker.
 */
void
dub_player_close (DubPlayer *self)
{
  g_return_if_fail (DUB_IS_PLAYER (self));

  dub_player_set_uris (self, NULL, NULL);
}

static void
dub_player_get_property (GObject    *object,
                         guint       prop,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DubPlayer *self = DUB_PLAYER (object);
  double frame;

  switch (prop)
    {
    case PROP_ORIGINAL_URI:
      g_value_set_string (value, self->uris[DUB_TRACK_ORIGINAL]);
      break;
    case PROP_DUB_URI:
      g_value_set_string (value, self->uris[DUB_TRACK_DUB]);
      break;
    case PROP_TRACK:
      g_value_set_enum (value, self->track);
      break;
    case PROP_PAINTABLE:
      g_value_set_object (value, dub_deck_get_paintable (self->decks[self->shown]));
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, get_position (self));
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, get_duration (self));
      break;
    case PROP_FRAME_DURATION:
      frame = dub_deck_get_frame_duration (current (self));
      g_value_set_double (value, frame > 0 ? frame : USUAL_FRAME_MS);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_BUFFERING:
      g_value_set_boolean (value, dub_deck_is_buffering (current (self)));
      break;
    case PROP_ERROR:
      g_value_set_string (value, dub_deck_get_error (current (self)));
      break;
    case PROP_VIDEO_SINK_FACTORY:
      g_value_set_string (value, self->video_sink_factory);
      break;
    case PROP_AUDIO_SINK_FACTORY:
      g_value_set_string (value, self->audio_sink_factory);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

static void
dub_player_set_property (GObject      *object,
                         guint         prop,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  DubPlayer *self = DUB_PLAYER (object);

  switch (prop)
    {
    case PROP_ORIGINAL_URI:
      set_uri (self, DUB_TRACK_ORIGINAL, g_value_get_string (value));
      break;
    case PROP_DUB_URI:
      set_uri (self, DUB_TRACK_DUB, g_value_get_string (value));
      break;
    case PROP_TRACK:
      set_track (self, g_value_get_enum (value));
      break;
    case PROP_PLAYING:
      set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_VOLUME:
      set_volume (self, g_value_get_double (value), self->muted);
      break;
    case PROP_MUTED:
      set_volume (self, self->volume, g_value_get_boolean (value));
      break;
    case PROP_RATE:
      set_rate (self, g_value_get_double (value));
      break;
    case PROP_VIDEO_SINK_FACTORY:
      self->video_sink_factory = g_value_dup_string (value);
      break;
    case PROP_AUDIO_SINK_FACTORY:
      self->audio_sink_factory = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

static void
dub_player_constructed (GObject *object)
{
  DubPlayer *self = DUB_PLAYER (object);

  G_OBJECT_CLASS (dub_player_parent_class)->constructed (object);
  for (guint i = 0; i < N_TRACKS; i++)
    {
      self->decks[i] = dub_deck_new (self->video_sink_factory, self->audio_sink_factory);
      g_signal_connect_object (self->decks[i], "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->decks[i], "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->decks[i], "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->decks[i], "buffering", G_CALLBACK (on_buffering), self, G_CONNECT_SWAPPED);
    }
}

static void
dub_player_dispose (GObject *object)
{
  DubPlayer *self = DUB_PLAYER (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  for (guint i = 0; i < N_TRACKS; i++)
    if (self->decks[i] != NULL)
      dub_deck_load (self->decks[i], NULL);
  G_OBJECT_CLASS (dub_player_parent_class)->dispose (object);
}

static void
dub_player_finalize (GObject *object)
{
  DubPlayer *self = DUB_PLAYER (object);

  for (guint i = 0; i < N_TRACKS; i++)
    {
      g_clear_object (&self->decks[i]);
      g_free (self->uris[i]);
    }
  g_free (self->video_sink_factory);
  g_free (self->audio_sink_factory);
  G_OBJECT_CLASS (dub_player_parent_class)->finalize (object);
}

static void
dub_player_class_init (DubPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags both = read | G_PARAM_WRITABLE;
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = dub_player_constructed;
  object_class->dispose = dub_player_dispose;
  object_class->finalize = dub_player_finalize;
  object_class->get_property = dub_player_get_property;
  object_class->set_property = dub_player_set_property;

  props[PROP_ORIGINAL_URI] = g_param_spec_string ("original-uri", NULL, NULL, NULL, both);
  props[PROP_DUB_URI] = g_param_spec_string ("dub-uri", NULL, NULL, NULL, both);
  props[PROP_TRACK] = g_param_spec_enum ("track", NULL, NULL, DUB_TYPE_TRACK, DUB_TRACK_DUB, both);
  props[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, G_TYPE_OBJECT, read);
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, both);
  props[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_FRAME_DURATION] = g_param_spec_double ("frame-duration", NULL, NULL, 0, G_MAXDOUBLE, USUAL_FRAME_MS, read);
  props[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, both);
  props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, both);
  props[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.5, 2, 1, both);
  props[PROP_BUFFERING] = g_param_spec_boolean ("buffering", NULL, NULL, FALSE, read);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, read);
  props[PROP_VIDEO_SINK_FACTORY] = g_param_spec_string ("video-sink-factory", NULL, NULL, "gtk4paintablesink", once);
  props[PROP_AUDIO_SINK_FACTORY] = g_param_spec_string ("audio-sink-factory", NULL, NULL, "autoaudiosink", once);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dub_player_init (DubPlayer *self)
{
  self->track = DUB_TRACK_DUB;
  self->shown = DUB_TRACK_DUB;
  self->volume = 1.0;
  self->rate = 1.0;
}
