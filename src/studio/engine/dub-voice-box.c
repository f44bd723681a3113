/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-voice-box.h"

#include <glib/gi18n-lib.h>
#include "dub-fit.h"
#include "dub-stages.h"
#include "dub-wav.h"

/* What voices have at most; half of what a dub has, half as long on its way. */
#define RATE 24000

struct _DubVoiceBox
{
  GVariant *engines; /* that @stages were made of */
  DubStages *stages;
};

/**
 * dub_voice_box_new:
 *
 * Returns: (transfer full): a voice box without a voice yet
 */
DubVoiceBox *
dub_voice_box_new (void)
{
  return g_new0 (DubVoiceBox, 1);
}

/**
 * dub_voice_box_free:
 * @self: (transfer full): a voice box
 */
void
dub_voice_box_free (DubVoiceBox *self)
{
  g_clear_pointer (&self->stages, dub_stages_free);
  g_clear_pointer (&self->engines, g_variant_unref);
  g_free (self);
}

static DubStages *
make_stages (GVariant *variant, GError **error)
{
  DubJobEngines engines;
  DubStages *stages = NULL;

  dub_job_engines_init (&engines);
  if (dub_job_engines_from_variant (&engines, variant, error))
    stages = dub_stages_new (&engines, error);
  dub_job_engines_clear (&engines);
  return stages;
}

static DubSpeaker *
find_speaker (DubVoiceBox *self, GVariant *engines, GError **error)
{
  if (self->stages != NULL && g_variant_equal (self->engines, engines))
    return self->stages->speaker;

  g_clear_pointer (&self->stages, dub_stages_free);
  g_clear_pointer (&self->engines, g_variant_unref);
  self->stages = make_stages (engines, error);
  if (self->stages == NULL)
    return NULL;
  self->engines = g_variant_ref (engines);
  return self->stages->speaker;
}

static GBytes *
write_wave (const DubFit *fit)
{
  g_autoptr (DubPcm) sound = dub_pcm_convert (fit->speech, RATE, 1);

  return dub_wav_write (sound);
}

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                       why != NULL ? why : _("The built-in studio has no voice for this."));
  return FALSE;
}

static gboolean
say (DubSpeaker *speaker, const DubRehearsalWish *wish, DubFit *fit, GError **error)
{
  const DubVoiceWish voice = { .pitch_hz = wish->pitch_hz };
  double slot = wish->slot_ms > 0 ? wish->slot_ms : DUB_REHEARSAL_MAX_MS;

  return dub_speaker_begin (speaker, dub_language_from_code (wish->language), &voice, error) &&
         dub_fit_say (speaker, wish->text, slot, MAX (slot, wish->room_ms), fit, error);
}

/**
 * dub_voice_box_say:
 * @self: a voice box
 * @wish: what is to be heard
 * @engines: who speaks
 * @error: return location; of %DUB_STUDIO_ERROR
 *
 * Returns: (transfer full) (nullable): how it sounds
 */
DubRehearsal *
dub_voice_box_say (DubVoiceBox *self, const DubRehearsalWish *wish, GVariant *engines, GError **error)
{
  DubSpeaker *speaker = find_speaker (self, engines, error);
  const DubLanguage *language = dub_language_from_code (wish->language);
  g_autoptr (DubRehearsal) rehearsal = dub_rehearsal_new ();
  g_autofree char *why = NULL;
  g_auto (DubFit) fit = { 0 };
  DubVoiceQuality quality;

  if (speaker == NULL || (language == NULL && !refuse (NULL, error)))
    return NULL;
  quality = dub_speaker_serves (speaker, language, wish->text, &why);
  if (quality == DUB_VOICE_NONE && !refuse (why, error))
    return NULL;
  if (!say (speaker, wish, &fit, error))
    return NULL;

  rehearsal->wav = write_wave (&fit);
  rehearsal->natural_ms = fit.natural_ms;
  rehearsal->spoken_ms = fit.spoken_ms;
  rehearsal->overrun_ms = fit.overrun_ms;
  rehearsal->unspoken = fit.unspoken;
  rehearsal->speed = fit.speed;
  rehearsal->stretch = fit.stretch;
  rehearsal->poor = quality == DUB_VOICE_POOR;
  rehearsal->why = rehearsal->poor ? g_steal_pointer (&why) : NULL;
  return g_steal_pointer (&rehearsal);
}
