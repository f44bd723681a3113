/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-rehearsal.h"

#include <math.h>
#include <string.h>

/* What a WAV file has before its samples. */
#define WAV_HEAD 44

G_DEFINE_BOXED_TYPE (DubRehearsal, dub_rehearsal, dub_rehearsal_copy, dub_rehearsal_free)

/**
 * dub_rehearsal_wish_new:
 *
 * Returns: (transfer full): a wish without values
 */
DubRehearsalWish *
dub_rehearsal_wish_new (void)
{
  return g_new0 (DubRehearsalWish, 1);
}

/**
 * dub_rehearsal_wish_copy:
 * @self: a wish
 *
 * Returns: (transfer full): the same
 */
DubRehearsalWish *
dub_rehearsal_wish_copy (const DubRehearsalWish *self)
{
  DubRehearsalWish *copy = g_new0 (DubRehearsalWish, 1);

  *copy = *self;
  copy->text = g_strdup (self->text);
  copy->language = g_strdup (self->language);
  return copy;
}

/**
 * dub_rehearsal_wish_free:
 * @self: (nullable) (transfer full): a wish
 *
 * Frees a wish with its strings.
 */
void
dub_rehearsal_wish_free (DubRehearsalWish *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->language);
  g_free (self);
}

/**
 * dub_rehearsal_new:
 *
 * Returns: (transfer full): a rehearsal without sound
 */
DubRehearsal *
dub_rehearsal_new (void)
{
  return g_new0 (DubRehearsal, 1);
}

/**
 * dub_rehearsal_copy:
 * @self: a rehearsal
 *
 * Returns: (transfer full): the same; the sound is shared
 */
DubRehearsal *
dub_rehearsal_copy (const DubRehearsal *self)
{
  DubRehearsal *copy = g_new0 (DubRehearsal, 1);

  *copy = *self;
  copy->wav = self->wav != NULL ? g_bytes_ref (self->wav) : NULL;
  copy->why = g_strdup (self->why);
  return copy;
}

/**
 * dub_rehearsal_free:
 * @self: (nullable) (transfer full): a rehearsal
 *
 * Frees a rehearsal and drops its sound.
 */
void
dub_rehearsal_free (DubRehearsal *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->wav, g_bytes_unref);
  g_free (self->why);
  g_free (self);
}

/**
 * dub_rehearsal_wish_to_variant:
 * @self: a wish
 *
 * Returns: (transfer full): the same, of type %DUB_REHEARSAL_WISH_VARIANT_TYPE
 */
GVariant *
dub_rehearsal_wish_to_variant (const DubRehearsalWish *self)
{
  return g_variant_ref_sink (g_variant_new (DUB_REHEARSAL_WISH_VARIANT_TYPE, self->text, self->language, self->slot_ms,
                                            self->room_ms, self->pitch_hz));
}

static gboolean
is_of_form (GVariant   *variant,
            const char *type)
{
  return g_variant_is_of_type (variant, G_VARIANT_TYPE (type)) && g_variant_is_normal_form (variant);
}

static gboolean
is_within (double value,
           double most)
{
  return isfinite (value) && value >= 0 && value <= most;
}

/**
 * dub_rehearsal_wish_from_variant:
 * @variant: what came
 *
 * Returns: (transfer full) (nullable): the wish, within its limits, or %NULL where @variant is none
 */
DubRehearsalWish *
dub_rehearsal_wish_from_variant (GVariant *variant)
{
  g_autoptr (DubRehearsalWish) self = dub_rehearsal_wish_new ();

  if (!is_of_form (variant, DUB_REHEARSAL_WISH_VARIANT_TYPE))
    return NULL;
  g_variant_get (variant, DUB_REHEARSAL_WISH_VARIANT_TYPE, &self->text, &self->language, &self->slot_ms, &self->room_ms,
                 &self->pitch_hz);
  if (g_utf8_strlen (self->text, -1) > DUB_REHEARSAL_MAX_CHARS || !is_within (self->slot_ms, DUB_REHEARSAL_MAX_MS)
      || !is_within (self->room_ms, DUB_REHEARSAL_MAX_MS) || !is_within (self->pitch_hz, DUB_REHEARSAL_MAX_PITCH))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * dub_rehearsal_to_variant:
 * @self: a rehearsal with its sound
 *
 * Returns: (transfer full): the same, of type %DUB_REHEARSAL_VARIANT_TYPE
 */
GVariant *
dub_rehearsal_to_variant (const DubRehearsal *self)
{
  return g_variant_ref_sink (g_variant_new ("(@aydddudds)",
                                            g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, self->wav, TRUE),
                                            self->natural_ms, self->spoken_ms, self->overrun_ms, self->unspoken, self->speed,
                                            self->stretch, self->why != NULL ? self->why : ""));
}

static gboolean
is_wave (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= WAV_HEAD && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WAVE", 4) == 0;
}

/**
 * dub_rehearsal_from_variant:
 * @variant: what came
 *
 * Returns: (transfer full) (nullable): the rehearsal, or %NULL where @variant is none
 */
DubRehearsal *
dub_rehearsal_from_variant (GVariant *variant)
{
  g_autoptr (DubRehearsal) self = dub_rehearsal_new ();
  g_autoptr (GVariant) wav = NULL;

  if (!is_of_form (variant, DUB_REHEARSAL_VARIANT_TYPE))
    return NULL;
  g_variant_get (variant, "(@aydddudds)", &wav, &self->natural_ms, &self->spoken_ms, &self->overrun_ms, &self->unspoken,
                 &self->speed, &self->stretch, &self->why);
  self->wav = g_variant_get_data_as_bytes (wav);
  self->poor = *self->why != '\0';
  if (!self->poor)
    g_clear_pointer (&self->why, g_free);
  return dub_rehearsal_is_sound (self) ? g_steal_pointer (&self) : NULL;
}

/**
 * dub_rehearsal_is_sound:
 * @self: a rehearsal from outside
 *
 * Returns: whether it can be: a WAV file, and amounts within their limits
 */
gboolean
dub_rehearsal_is_sound (const DubRehearsal *self)
{
  return self->wav != NULL && is_wave (self->wav) && is_within (self->natural_ms, DUB_REHEARSAL_MAX_MS)
         && is_within (self->spoken_ms, DUB_REHEARSAL_MAX_MS) && is_within (self->overrun_ms, DUB_REHEARSAL_MAX_MS)
         && self->unspoken <= DUB_REHEARSAL_MAX_CHARS && is_within (self->speed, 100) && is_within (self->stretch, 100);
}
