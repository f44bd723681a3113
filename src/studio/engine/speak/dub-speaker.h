/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include "dub-language.h"
#include "dub-pcm.h"
#include "dub-progress.h"

G_BEGIN_DECLS

/**
 * DubVoiceQuality:
 * @DUB_VOICE_NONE: does not speak the language, or not so that anybody would understand it
 * @DUB_VOICE_POOR: speaks it so that much of it may not be understood
 * @DUB_VOICE_GOOD: can be understood
 */
typedef enum
{
  DUB_VOICE_NONE,
  DUB_VOICE_POOR,
  DUB_VOICE_GOOD,
} DubVoiceQuality;

/**
 * DubVoiceWish:
 * @pitch_hz: how high the original speaker's voice is (median fundamental frequency); 0 where nobody was heard
 *
 * What the voice should be like.
 */
typedef struct
{
  double pitch_hz;
} DubVoiceWish;

/**
 * DubSpeakerLimits:
 * @slowest: the least speed at which it still sounds like speech; 1 is its natural rate
 * @fastest: likewise
 * @attempts: how often one text may be said to find the right speed: many times where that costs nothing
 */
typedef struct
{
  double slowest;
  double fastest;
  guint  attempts;
} DubSpeakerLimits;

/* A word of what was said: its characters (not bytes) in the text, and when it is heard. */
typedef struct
{
  guint  from;
  guint  until;
  double start_ms;
  double end_ms;
} DubSpokenWord;

/**
 * DubSpoken:
 * @sound: one channel; no frames, or silence, for a text without words
 * @words: (element-type DubSpokenWord): in order, each up to where the next one begins; empty where the speaker does not tell
 * @too_long: there was more to be said
 */
typedef struct
{
  DubPcm  *sound;
  GArray  *words;
  gboolean too_long;
} DubSpoken;

DubSpoken *dub_spoken_new  (DubPcm    *sound);
void       dub_spoken_free (DubSpoken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubSpoken, dub_spoken_free)

#define DUB_TYPE_SPEAKER (dub_speaker_get_type ())
G_DECLARE_INTERFACE (DubSpeaker, dub_speaker, DUB, SPEAKER, GObject)

/* The stage that speaks. All calls block; one thread. Errors are of DUB_STUDIO_ERROR. */
struct _DubSpeakerInterface
{
  GTypeInterface parent;

  DubVoiceQuality (*serves)     (DubSpeaker         *self,
                                 const DubLanguage  *language,
                                 const char         *text,
                                 char              **why);
  gboolean        (*begin)      (DubSpeaker         *self,
                                 const DubLanguage  *language,
                                 const DubVoiceWish *wish,
                                 GError            **error);
  void            (*get_limits) (DubSpeaker         *self,
                                 DubSpeakerLimits   *limits);
  /* May be NULL. */
  gboolean        (*foresee)    (DubSpeaker         *self,
                                 const char *const  *texts,
                                 DubProgress        *progress,
                                 GError            **error);
  DubSpoken      *(*say)        (DubSpeaker         *self,
                                 const char         *text,
                                 double              speed,
                                 double              longest_ms,
                                 GError            **error);
};

/* How well it speaks @language, and @text (nullable: any text) in it; what is not good is explained in @why, a sentence for a
 * person. */
DubVoiceQuality dub_speaker_serves     (DubSpeaker         *self,
                                        const DubLanguage  *language,
                                        const char         *text,
                                        char              **why);
/* What follows is said in @language. */
gboolean        dub_speaker_begin      (DubSpeaker         *self,
                                        const DubLanguage  *language,
                                        const DubVoiceWish *wish,
                                        GError            **error);
void            dub_speaker_get_limits (DubSpeaker         *self,
                                        DubSpeakerLimits   *limits);
/* What will be said at speed 1: a speaker that is far away gets it together, beforehand. */
gboolean        dub_speaker_foresee    (DubSpeaker         *self,
                                        const char *const  *texts,
                                        DubProgress        *progress,
                                        GError            **error);
/* (transfer full) (nullable): @text at @speed, as far as @longest_ms. */
DubSpoken      *dub_speaker_say        (DubSpeaker         *self,
                                        const char         *text,
                                        double              speed,
                                        double              longest_ms,
                                        GError            **error);

G_END_DECLS
