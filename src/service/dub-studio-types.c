/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-types.h"

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
 * dub_engine_test_new:
 *
 * Returns: (transfer full): a test of what is built in
 */
DubEngineTest *
dub_engine_test_new (void)
{
  DubEngineTest *self = g_new0 (DubEngineTest, 1);

  self->choice = dub_engine_choice_new ();
  return self;
}

/**
 * dub_engine_test_free:
 * @self: (nullable) (transfer full): a test
 *
 * Frees a test with its engine.
 */
void
dub_engine_test_free (DubEngineTest *self)
{
  if (self == NULL)
    return;
  dub_engine_choice_free (self->choice);
  g_free (self->language);
  g_free (self);
}

/**
 * dub_engine_verdict_new:
 *
 * Returns: (transfer full): a verdict without values
 */
DubEngineVerdict *
dub_engine_verdict_new (void)
{
  return g_new0 (DubEngineVerdict, 1);
}

/**
 * dub_engine_verdict_free:
 * @self: (nullable) (transfer full): a verdict
 *
 * Frees a verdict with its strings.
 */
void
dub_engine_verdict_free (DubEngineVerdict *self)
{
  if (self == NULL)
    return;
  g_free (self->message);
  g_strfreev (self->languages);
  g_free (self);
}
