/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-deck-private.h"

#include <gst/audio/audio.h>
#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>

#include "dub-media-error-private.h"
#include "dub-pipeline-private.h"

#define PATIENCE_S 20
#define NOT_SOUGHT G_MININT64

/* What is under way in the pipeline: one thing at a time, each awaited, for GStreamer's word that a change is over does not
 * say which one. */
typedef enum
{
  AT_REST,
  CHANGING_STATE, /* between playing and paused */
  GOING           /* to a picture: the first one, or that of a seek */
} Phase;

struct _DubDeck
{
  GObject parent_instance;

  char *video_sink_factory;
  char *audio_sink_factory;
  char *uri;
  char *error;
  char *missing;

  GstElement *pipeline;
  GstElement *video_sink; /* borrowed from pipeline */
  GObject    *paintable;
  guint       watch;
  guint       patience;
  guint       waited; /* seconds */

  Phase    phase;
  GstState state;     /* PLAYING or PAUSED, as it is or is about to be */
  gboolean playing;   /* is wished */
  gboolean buffering;
  gboolean silent;    /* there is no working way to a loudspeaker */
  gint64   target;    /* ms, where the seek under way goes */
  gint64   wanted;    /* ms, where the next one will go, or NOT_SOUGHT */
  gint64   known;     /* ms, the last position that was known */
  double   rate;
  double   volume;
  gboolean muted;
};

enum
{
  READY,
  ENDED,
  FAILED,
  BUFFERING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubDeck, dub_deck, G_TYPE_OBJECT)

typedef struct
{
  DubDeck    *deck;
  GstElement *pipeline;
  gint64      position;
  double      rate;
  gboolean    accepted;
} Seek;

static void start (DubDeck *self);

static void
stop (DubDeck *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->pipeline != NULL)
    {
      gst_element_set_state (self->pipeline, GST_STATE_NULL);
      gst_clear_object (&self->pipeline);
    }
  self->video_sink = NULL;
  g_clear_object (&self->paintable);
  g_clear_pointer (&self->missing, g_free);
  self->phase = AT_REST;
  self->buffering = FALSE;
}

static void
fail (DubDeck *self,
      GError  *error)
{
  stop (self);
  g_set_str (&self->error, error->message);
  g_error_free (error);
  g_signal_emit (self, signals[FAILED], 0);
}

static gboolean
on_second_over (gpointer user_data)
{
  DubDeck *self = user_data;

  if (dub_pipeline_found_nothing (self->pipeline))
    {
      fail (self, dub_media_error_damaged (self->uri));
      return G_SOURCE_REMOVE;
    }
  if (++self->waited < PATIENCE_S)
    return G_SOURCE_CONTINUE;
  fail (self, dub_media_error_timed_out (self->uri));
  return G_SOURCE_REMOVE;
}

static void
enter (DubDeck *self,
       Phase    phase)
{
  self->phase = phase;
  g_clear_handle_id (&self->patience, g_source_remove);
  self->waited = 0;
  if (phase != AT_REST)
    self->patience = g_timeout_add_seconds (1, on_second_over, self);
}

static void arrive (DubDeck *self);

static void
seek_free (Seek *seek)
{
  gst_object_unref (seek->pipeline);
  g_object_unref (seek->deck);
  g_free (seek);
}

static gboolean
on_seek_over (gpointer data)
{
  Seek *seek = data;

  if (!seek->accepted && seek->deck->pipeline == seek->pipeline)
    arrive (seek->deck);
  return G_SOURCE_REMOVE;
}

/* A thread of its own, for a seek may wait for the network. What it holds is let go on the main thread: the picture's sink
 * aborts when its last reference goes elsewhere (so not gst_element_call_async()). */
static gpointer
seek_in_thread (gpointer data)
{
  Seek *seek = data;

  seek->accepted = gst_element_seek (seek->pipeline, seek->rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                     GST_SEEK_TYPE_SET, seek->position * (gint64) GST_MSECOND, GST_SEEK_TYPE_NONE, 0);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_seek_over, seek, (GDestroyNotify) seek_free);
  return NULL;
}

static void
begin_seek (DubDeck *self)
{
  Seek *seek = g_new0 (Seek, 1);

  seek->deck = g_object_ref (self);
  seek->pipeline = gst_object_ref (self->pipeline);
  seek->position = self->target = self->wanted;
  seek->rate = self->rate;
  self->wanted = NOT_SOUGHT;
  enter (self, GOING);
  g_thread_unref (g_thread_new ("dub-seek", seek_in_thread, seek));
}

static void
begin_change (DubDeck  *self,
              GstState  state)
{
  self->state = state;
  if (gst_element_set_state (self->pipeline, state) == GST_STATE_CHANGE_ASYNC)
    enter (self, CHANGING_STATE);
}

/* Begins what is still missing, once nothing is under way. */
static void
go_on (DubDeck *self)
{
  GstState state = self->playing && !self->buffering && self->wanted == NOT_SOUGHT ? GST_STATE_PLAYING : GST_STATE_PAUSED;

  if (self->pipeline != NULL && self->phase == AT_REST && self->state != state)
    begin_change (self, state);
  if (self->pipeline != NULL && self->phase == AT_REST && self->wanted != NOT_SOUGHT)
    begin_seek (self);
}

static void
arrive (DubDeck *self)
{
  Phase phase = self->phase;

  enter (self, AT_REST);
  go_on (self);
  if (phase == GOING && dub_deck_is_ready (self))
    g_signal_emit (self, signals[READY], 0);
}

/* A device can vanish at any time; the picture goes on without it. */
static gboolean
go_on_in_silence (DubDeck      *self,
                  GstObject    *source,
                  const GError *error)
{
  gint64 position;

  if (self->silent || !dub_pipeline_is_sound_error (self->pipeline, source, error))
    return FALSE;
  position = dub_deck_get_position (self);
  stop (self);
  self->silent = TRUE;
  start (self);
  if (self->pipeline != NULL && (position > 0 || self->rate != 1.0))
    self->wanted = position;
  return TRUE;
}

static void
handle_error (DubDeck    *self,
              GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  gst_message_parse_error (message, &error, NULL);
  if (go_on_in_silence (self, GST_MESSAGE_SRC (message), error))
    return;
  if (self->missing != NULL)
    fail (self, dub_media_error_missing (self->missing, self->uri));
  else
    fail (self, dub_media_error_from_gst (error, self->uri));
}

static void
handle_missing (DubDeck    *self,
                GstMessage *message)
{
  g_autofree char *detail = gst_missing_plugin_message_get_installer_detail (message);
  g_autofree char *what = gst_missing_plugin_message_get_description (message);

  if (detail == NULL || !dub_media_error_concerns_us (detail))
    return;
  g_set_str (&self->missing, what);
  fail (self, dub_media_error_missing (what, self->uri));
}

static void
handle_buffering (DubDeck    *self,
                  GstMessage *message)
{
  int percent = 100;
  gboolean buffering;

  gst_message_parse_buffering (message, &percent);
  buffering = percent < 100;
  enter (self, self->phase);
  if (buffering == self->buffering)
    return;
  self->buffering = buffering;
  go_on (self);
  g_signal_emit (self, signals[BUFFERING], 0);
}

static gboolean
on_message (GstBus     *bus,
            GstMessage *message,
            gpointer    user_data)
{
  g_autoptr (DubDeck) self = g_object_ref (user_data);

  if (gst_is_missing_plugin_message (message))
    {
      handle_missing (self, message);
      return G_SOURCE_CONTINUE;
    }

  switch ((guint) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE:
      if (GST_MESSAGE_SRC (message) == GST_OBJECT (self->pipeline))
        arrive (self);
      break;
    case GST_MESSAGE_EOS:
      if (dub_deck_is_ready (self))
        g_signal_emit (self, signals[ENDED], 0);
      break;
    case GST_MESSAGE_ERROR:
      handle_error (self, message);
      break;
    case GST_MESSAGE_BUFFERING:
      handle_buffering (self, message);
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
apply_volume (DubDeck *self)
{
  if (self->pipeline == NULL)
    return;
  gst_stream_volume_set_volume (GST_STREAM_VOLUME (self->pipeline), GST_STREAM_VOLUME_FORMAT_CUBIC, self->volume);
  gst_stream_volume_set_mute (GST_STREAM_VOLUME (self->pipeline), self->muted);
}

static void
take_paintable (DubDeck *self)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->video_sink), "paintable") != NULL)
    g_object_get (self->video_sink, "paintable", &self->paintable, NULL);
}

static void
start (DubDeck *self)
{
  g_autoptr (GstBus) bus = NULL;
  GError *error = NULL;
  GstStateChangeReturn change;

  self->pipeline = dub_pipeline_new (self->uri, self->video_sink_factory, self->silent ? NULL : self->audio_sink_factory,
                                     &self->video_sink, &error);
  if (self->pipeline == NULL)
    {
      fail (self, error);
      return;
    }
  take_paintable (self);
  apply_volume (self);
  bus = gst_element_get_bus (self->pipeline);
  self->watch = gst_bus_add_watch (bus, on_message, self);
  self->target = 0;
  self->wanted = NOT_SOUGHT;
  self->state = GST_STATE_PAUSED;
  enter (self, GOING);
  change = gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (change == GST_STATE_CHANGE_NO_PREROLL)
    arrive (self);
}

void
dub_deck_load (DubDeck    *self,
               const char *uri)
{
  stop (self);
  g_clear_pointer (&self->error, g_free);
  g_set_str (&self->uri, uri);
  self->playing = FALSE;
  self->silent = FALSE;
  self->known = 0;
  self->rate = 1.0;
  self->wanted = NOT_SOUGHT;
  if (uri != NULL)
    start (self);
}

void
dub_deck_set_playing (DubDeck  *self,
                      gboolean  playing)
{
  self->playing = playing;
  go_on (self);
}

void
dub_deck_seek (DubDeck *self,
               gint64   position_ms,
               double   rate)
{
  if (self->pipeline == NULL)
    return;
  self->wanted = MAX (position_ms, 0);
  self->rate = rate;
  go_on (self);
}

void
dub_deck_set_volume (DubDeck  *self,
                     double    cubic,
                     gboolean  muted)
{
  self->volume = cubic;
  self->muted = muted;
  apply_volume (self);
}

gboolean
dub_deck_is_loaded (DubDeck *self)
{
  return self->pipeline != NULL;
}

gboolean
dub_deck_is_ready (DubDeck *self)
{
  return self->pipeline != NULL && self->phase != GOING && self->wanted == NOT_SOUGHT;
}

gboolean
dub_deck_is_buffering (DubDeck *self)
{
  return self->buffering;
}

gint64
dub_deck_get_position (DubDeck *self)
{
  gint64 ns = 0;

  if (self->pipeline == NULL)
    return 0;
  if (self->wanted != NOT_SOUGHT)
    return self->wanted;
  if (self->phase == GOING)
    return self->target;
  if (gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &ns) && ns >= 0)
    self->known = ns / (gint64) GST_MSECOND;
  return self->known;
}

gint64
dub_deck_get_duration (DubDeck *self)
{
  gint64 ns = 0;

  if (self->pipeline != NULL && gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &ns) && ns > 0)
    return ns / (gint64) GST_MSECOND;
  return 0;
}

double
dub_deck_get_rate (DubDeck *self)
{
  return self->rate;
}

double
dub_deck_get_frame_duration (DubDeck *self)
{
  g_autoptr (GstPad) pad = self->video_sink != NULL ? gst_element_get_static_pad (self->video_sink, "sink") : NULL;
  g_autoptr (GstCaps) caps = pad != NULL ? gst_pad_get_current_caps (pad) : NULL;
  int n = 0, d = 0;

  if (caps != NULL && gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "framerate", &n, &d) && n > 0)
    return 1000.0 * d / n;
  return 0.0;
}

const char *
dub_deck_get_error (DubDeck *self)
{
  return self->error;
}

GObject *
dub_deck_get_paintable (DubDeck *self)
{
  return self->paintable;
}

static void
dub_deck_dispose (GObject *object)
{
  stop (DUB_DECK (object));
  G_OBJECT_CLASS (dub_deck_parent_class)->dispose (object);
}

static void
dub_deck_finalize (GObject *object)
{
  DubDeck *self = DUB_DECK (object);

  g_free (self->video_sink_factory);
  g_free (self->audio_sink_factory);
  g_free (self->uri);
  g_free (self->error);
  G_OBJECT_CLASS (dub_deck_parent_class)->finalize (object);
}

static void
dub_deck_class_init (DubDeckClass *klass)
{
  static const char *const names[N_SIGNALS] = { "ready", "ended", "failed", "buffering" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_deck_dispose;
  object_class->finalize = dub_deck_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], DUB_TYPE_DECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dub_deck_init (DubDeck *self)
{
  self->rate = 1.0;
  self->volume = 1.0;
  self->wanted = NOT_SOUGHT;
}

DubDeck *
dub_deck_new (const char *video_sink_factory,
              const char *audio_sink_factory)
{
  DubDeck *self = g_object_new (DUB_TYPE_DECK, NULL);

  self->video_sink_factory = g_strdup (video_sink_factory);
  self->audio_sink_factory = g_strdup (audio_sink_factory);
  return self;
}
