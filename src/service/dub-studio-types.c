/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-types.h"

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
