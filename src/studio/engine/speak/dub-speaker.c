/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-speaker.h"

G_DEFINE_INTERFACE (DubSpeaker, dub_speaker, G_TYPE_OBJECT)

static void
dub_speaker_default_init (DubSpeakerInterface *iface)
{
}

/**
 * dub_spoken_new:
 * @sound: (transfer full): what was said
 *
 * Returns: (transfer full): all that was to be said, without the times of its words
 */
DubSpoken *
dub_spoken_new (DubPcm *sound)
{
  DubSpoken *self = g_new0 (DubSpoken, 1);

  self->sound = sound;
  self->words = g_array_new (FALSE, FALSE, sizeof (DubSpokenWord));
  return self;
}

/**
 * dub_spoken_free:
 * @self: (nullable) (transfer full): what was said
 */
void
dub_spoken_free (DubSpoken *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sound, dub_pcm_free);
  g_clear_pointer (&self->words, g_array_unref);
  g_free (self);
}

/**
 * dub_speaker_serves:
 * @self: a speaker
 * @text: (nullable): what is to be said
 * @why: (out) (optional) (nullable) (transfer full): what a person should know where it is not good
 *
 * Returns: how well it speaks @language
 */
DubVoiceQuality
dub_speaker_serves (DubSpeaker *self, const DubLanguage *language, const char *text, char **why)
{
  g_autofree char *sentence = NULL;
  DubVoiceQuality quality;

  g_return_val_if_fail (DUB_IS_SPEAKER (self), DUB_VOICE_NONE);

  quality = DUB_SPEAKER_GET_IFACE (self)->serves (self, language, text, &sentence);
  if (why != NULL)
    *why = g_steal_pointer (&sentence);
  return quality;
}

/**
 * dub_speaker_begin:
 * @self: a speaker
 * @wish: what its voice should be like
 *
 * Chooses the voice for what is said next.
 *
 * Returns: whether there is one
 */
gboolean
dub_speaker_begin (DubSpeaker *self, const DubLanguage *language, const DubVoiceWish *wish, GError **error)
{
  g_return_val_if_fail (DUB_IS_SPEAKER (self), FALSE);

  return DUB_SPEAKER_GET_IFACE (self)->begin (self, language, wish, error);
}

/**
 * dub_speaker_get_limits:
 * @self: a speaker that has begun
 * @limits: (out caller-allocates): how fast it can speak
 */
void
dub_speaker_get_limits (DubSpeaker *self, DubSpeakerLimits *limits)
{
  g_return_if_fail (DUB_IS_SPEAKER (self));

  DUB_SPEAKER_GET_IFACE (self)->get_limits (self, limits);
}

/**
 * dub_speaker_foresee:
 * @self: a speaker that has begun
 * @texts: (array zero-terminated=1): what dub_speaker_say() will be asked for at speed 1
 * @progress: is told how much of it is there
 * @error: return location; the one that dub_speaker_say() would have
 *
 * Does nothing where a speaker has no use for it. Blocks.
 *
 * Returns: whether all goes well so far
 */
gboolean
dub_speaker_foresee (DubSpeaker *self, const char *const *texts, DubProgress *progress, GError **error)
{
  DubSpeakerInterface *iface;

  g_return_val_if_fail (DUB_IS_SPEAKER (self), FALSE);

  iface = DUB_SPEAKER_GET_IFACE (self);
  return iface->foresee == NULL || iface->foresee (self, texts, progress, error);
}

/**
 * dub_speaker_say:
 * @self: a speaker that has begun
 * @text: plain text, whatever it looks like
 * @speed: within its limits; 1 is its natural rate
 * @longest_ms: where it stops to speak
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the speech
 */
DubSpoken *
dub_speaker_say (DubSpeaker *self, const char *text, double speed, double longest_ms, GError **error)
{
  g_return_val_if_fail (DUB_IS_SPEAKER (self), NULL);

  return DUB_SPEAKER_GET_IFACE (self)->say (self, text, speed, longest_ms, error);
}
