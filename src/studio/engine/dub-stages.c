/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-stages.h"

#include <glib/gi18n-lib.h>

#include "dub-apertium-translator.h"
#include "dub-espeak-speaker.h"
#include "dub-sphinx-transcriber.h"

/**
 * dub_stages_free:
 * @self: (nullable) (transfer full): engines
 */
void
dub_stages_free (DubStages *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->transcriber);
  g_clear_object (&self->translator);
  g_clear_object (&self->speaker);
  g_free (self);
}

/**
 * dub_stages_new:
 * @engines: what was chosen
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * Returns: (transfer full) (nullable): the engines
 */
DubStages *
dub_stages_new (const DubJobEngines *engines, GError **error)
{
  g_autoptr (DubStages) self = g_new0 (DubStages, 1);

  for (guint i = 0; i < DUB_N_STAGES; i++)
    if (engines->settings->stages[i]->kind != DUB_ENGINE_BUILT_IN)
      {
        g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                             _("This edition of the built-in studio knows no engines on other computers."));
        return NULL;
      }
  self->transcriber = dub_sphinx_transcriber_new ();
  self->translator = dub_apertium_translator_new ();
  self->speaker = dub_espeak_speaker_new ();
  return g_steal_pointer (&self);
}
