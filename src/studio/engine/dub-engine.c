/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include "dub-compose.h"
#include "dub-measure.h"
#include "dub-mix.h"
#include "dub-pitch.h"
#include "dub-shares.h"
#include "dub-sound.h"
#include "dub-source.h"
#include "dub-speak.h"
#include "dub-stages.h"
#include "dub-subtitle-lines.h"
#include "dub-subtitle.h"
#include "dub-video-limits.h"

#define AAC_PACKET_FRAMES 1024

typedef struct
{
  DubJob *job;
  DubProgress *progress;
  DubStages *stages;
  const DubLanguage *language;
  DubSource *source;
  DubPcm *sound;
  DubScript *original;
  DubScript *translated; /* when it was spoken: as it is heard */
  DubScript *subtitle_lines;
  char *note;
} Dubbing;

static void
dubbing_clear (Dubbing *self)
{
  g_clear_pointer (&self->stages, dub_stages_free);
  g_clear_pointer (&self->source, dub_source_free);
  g_clear_pointer (&self->sound, dub_pcm_free);
  g_clear_object (&self->original);
  g_clear_object (&self->translated);
  g_clear_pointer (&self->note, g_free);
  g_clear_object (&self->subtitle_lines);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Dubbing, dubbing_clear)

static void
begin_stage (Dubbing *self, const char *static_stage)
{
  dub_progress_begin (self->progress, static_stage,
                      dub_shares_until (static_stage, self->job->script != NULL, self->job->subtitles));
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, sentence);
  return FALSE;
}

/* What is spoken in the video is known only when it was heard: a transcriber of one language says so before. */
static gboolean
check_translation (Dubbing *self, GError **error)
{
  const char *code = dub_language_get_code (self->language);

  if (!dub_transcriber_serves (self->stages->transcriber, NULL, error))
    return FALSE;
  if (dub_transcriber_serves (self->stages->transcriber, "*", NULL))
    return TRUE;
  if (g_str_equal (code, "en"))
    return refuse (
        error,
        _("The built-in studio understands English speech only, so there is nothing to translate into "
           "English. Choose another language, or give a script of your own (SRT, VTT or CSV)."));
  return dub_translator_serves (self->stages->translator, "en", self->language, error);
}

static char *
all_text (DubScript *script)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dub_script_get_length (script); i++)
    g_string_append_printf (text, "%s\n", dub_segment_get_text (dub_script_get_segment (script, i)));
  return g_string_free_and_steal (text);
}

/* What is not good is refused, or noted for whoever hears it. @script: NULL where it is not known yet. */
static gboolean
check_voice (Dubbing *self, DubScript *script, GError **error)
{
  g_autofree char *text = script != NULL ? all_text (script) : NULL;

  g_clear_pointer (&self->note, g_free);
  if (dub_speaker_serves (self->stages->speaker, self->language, text, &self->note) != DUB_VOICE_NONE)
    return TRUE;
  return refuse (error, self->note);
}

/* What can be said before the video is looked at. */
static gboolean
check_wishes (Dubbing *self, GError **error)
{
  if (self->job->lipsync)
    return refuse (
        error,
        _("The built-in studio cannot move lips to the new speech. Switch lip-sync off and dub again, "
           "or use the dubbing service."));
  self->language = dub_language_from_code (self->job->language != NULL ? self->job->language : "");
  if (self->language == NULL)
    return refuse (error,
                   _("The built-in studio does not know this language. Choose one of the 13 it speaks."));
  self->stages = dub_stages_new (&self->job->engines, error);
  if (self->stages == NULL || !check_voice (self, self->job->script, error))
    return FALSE;
  return self->job->script != NULL || check_translation (self, error);
}

/* It was held against what the file states when it was handed in, and may have been made to fit what is really there. */
static gboolean
check_script (Dubbing *self, GError **error)
{
  GstClockTime duration = MAX (self->source->stated, self->source->duration);
  g_autoptr (GError) wrong = NULL;

  if (!dub_script_check (self->job->script, 0, &wrong))
    return refuse (error, wrong->message);
  return dub_video_limits_check_script (self->job->script,
                                        (gint64) gst_util_uint64_scale_round (duration, 1, GST_MSECOND), error);
}

/* What went wrong, or too well, because the file is another one now is told as that. */
static gboolean
check_unchanged (Dubbing *self, gboolean done, GError **error)
{
  g_autoptr (GError) change = NULL;

  if (dub_source_check_unchanged (self->source, &change))
    return done;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&change));
  return FALSE;
}

static gboolean
understands (const char *language, gpointer transcriber)
{
  return dub_transcriber_serves (transcriber, language, NULL);
}

/* Of several sounds the one that is understood is dubbed; whoever understands all has no preference. */
static DubSource *
open_source (Dubbing *self, GError **error)
{
  DubTranscriber *transcriber = self->stages->transcriber;
  gboolean any = dub_transcriber_serves (transcriber, "*", NULL);

  return dub_source_open (self->job->video, any ? NULL : understands, transcriber, error);
}

static gboolean
open_video (Dubbing *self, GError **error)
{
  self->source = open_source (self, error);
  if (self->source == NULL || !check_unchanged (self, dub_measure (self->source, self->progress, error), error))
    return FALSE;
  if (self->job->script != NULL)
    return check_script (self, error);
  if (self->source->audio_id != NULL)
    return TRUE;
  return refuse (error, _("This video has no sound, so there is no speech to translate. "
                           "Give a script of your own (SRT, VTT or CSV), then dub again."));
}

/* The dub is as long as the video: sound that ends earlier is filled up with silence, to whole packets of the encoder.
 * A part of a packet would be cut off, and programs that go by packets would find the dub too short. To the nearest
 * packet, the dub is at most 11 ms longer or shorter, less than a picture is seen. */
static gboolean
take_sound (Dubbing *self, GError **error)
{
  gsize n_packets =
      gst_util_uint64_scale_round (self->source->duration, DUB_PCM_RATE, GST_SECOND * AAC_PACKET_FRAMES);
  gsize n_frames = n_packets * AAC_PACKET_FRAMES;

  if (self->source->audio_id == NULL)
    {
      self->sound = dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, n_frames);
      return TRUE;
    }
  self->sound = dub_sound_decode (self->source, self->progress, error);
  if (!check_unchanged (self, self->sound != NULL, error))
    return FALSE;
  dub_pcm_resize (self->sound, n_frames);
  return TRUE;
}

static gboolean
find_words (Dubbing *self, GError **error)
{
  g_autoptr (DubTranscript) transcript = NULL;

  if (self->job->script != NULL)
    {
      self->original = g_object_ref (self->job->script);
      self->translated = g_object_ref (self->job->script);
      return TRUE;
    }

  begin_stage (self, "transcribe");
  transcript = dub_transcriber_transcribe (self->stages->transcriber, self->sound, self->progress, error);
  if (transcript == NULL || !dub_translator_serves (self->stages->translator, transcript->language, self->language, error))
    return FALSE;
  self->original = g_object_ref (transcript->script);
  begin_stage (self, "translate");
  self->translated = dub_translator_translate (self->stages->translator, self->original, transcript->language,
                                               self->language, self->progress, error);
  return self->translated != NULL;
}

static gboolean
check_letters (Dubbing *self, GError **error)
{
  return !self->job->subtitles || dub_subtitle_check (self->translated, self->language, error);
}

/* Of whoever speaks the most. */
static double
pitch_of_original (Dubbing *self)
{
  g_autoptr (DubPitch) pitch = dub_pitch_new ();

  for (guint i = 0; i < dub_script_get_length (self->original); i++)
    {
      DubSegment *segment = dub_script_get_segment (self->original, i);

      dub_pitch_add (pitch, self->sound, dub_segment_get_start (segment), dub_segment_get_end (segment));
    }
  return dub_pitch_get (pitch);
}

static gboolean
speak_and_mix (Dubbing *self, GError **error)
{
  const DubVoiceWish wish = { pitch_of_original (self) };
  g_autoptr (GPtrArray) takes = NULL;
  DubScript *heard;

  begin_stage (self, "speak");
  if (!check_voice (self, self->translated, error) ||
      !dub_speaker_begin (self->stages->speaker, self->language, &wish, error))
    return FALSE;
  takes = dub_speak (self->stages->speaker, self->translated, (double) self->source->duration / GST_MSECOND,
                     self->progress, error);
  if (takes == NULL)
    return FALSE;
  dub_mix (self->sound, takes);

  heard = dub_speak_heard (self->translated, takes);
  g_object_unref (self->translated);
  self->translated = heard;
  return TRUE;
}

/* Made with or without them on the picture: a person can save them as a file. */
static void
lay_subtitles (Dubbing *self)
{
  self->subtitle_lines = dub_subtitle_lines_new (self->translated, self->language, self->source->seen_width,
                                                 self->source->seen_height);
}

static gboolean
put_in_place (Dubbing *self, const char *part, GError **error)
{
  if (g_rename (part, self->job->output) == 0)
    return TRUE;

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
               /* Translators: the system's word for what went wrong. */
               _("The dub could not be put in its place (%s). Check the disk, then dub again."),
               g_strerror (errno));
  return FALSE;
}

static gboolean
write_video (Dubbing *self, GError **error)
{
  g_autofree char *part = g_build_filename (self->job->work_dir, "dub.mp4", NULL);
  gboolean done;

  begin_stage (self, "compose");
  done = dub_compose (self->source, self->sound, self->job->subtitles ? self->subtitle_lines : NULL, self->language,
                      part, self->progress, error);
  if (check_unchanged (self, done, error) && put_in_place (self, part, error))
    return TRUE;
  g_unlink (part);
  return FALSE;
}

/**
 * dub_engine_run:
 * @job: its work_dir must be on the same file system as its output
 *
 * Dubs one video. Blocks for about the video's duration, longer with subtitles. To be run in a process of its
 * own: the parts that it is made of can crash.
 *
 * Returns: (transfer full) (nullable): the scripts, or %NULL with an error of
 * %DUB_STUDIO_ERROR
 */
DubJobResult *
dub_engine_run (DubJob *job, DubProgress *progress, GError **error)
{
  g_auto (Dubbing) dubbing = { .job = job, .progress = progress };
  DubJobResult *result;

  begin_stage (&dubbing, "open");
  if (!check_wishes (&dubbing, error) || !open_video (&dubbing, error))
    return NULL;
  begin_stage (&dubbing, "listen");
  if (!take_sound (&dubbing, error) || !find_words (&dubbing, error) || !check_letters (&dubbing, error) ||
      !speak_and_mix (&dubbing, error))
    return NULL;
  lay_subtitles (&dubbing);
  if (!write_video (&dubbing, error))
    return NULL;

  result = dub_job_result_new ();
  result->original = g_object_ref (dubbing.original);
  result->translated = g_object_ref (dubbing.translated);
  result->note = g_steal_pointer (&dubbing.note);
  g_set_object (&result->subtitle_lines, dubbing.subtitle_lines);
  return result;
}
