/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-transcriber.h"

G_DEFINE_INTERFACE (DubTranscriber, dub_transcriber, G_TYPE_OBJECT)

static void
dub_transcriber_default_init (DubTranscriberInterface *iface)
{
}

/**
 * dub_transcript_new:
 * @language: the code of a language
 * @script: (transfer full): what is said
 *
 * Returns: (transfer full): a transcript
 */
DubTranscript *
dub_transcript_new (const char *language, DubScript *script)
{
  DubTranscript *self = g_new0 (DubTranscript, 1);

  self->language = g_strdup (language);
  self->script = script;
  return self;
}

/**
 * dub_transcript_free:
 * @self: (nullable) (transfer full): a transcript
 */
void
dub_transcript_free (DubTranscript *self)
{
  if (self == NULL)
    return;

  g_free (self->language);
  g_clear_object (&self->script);
  g_free (self);
}

/**
 * dub_transcriber_serves:
 * @self: a transcriber
 * @language: (nullable): the code of a language; %NULL asks whether it can be used at all
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE or %DUB_STUDIO_ERROR_MISSING, with a sentence that says why not
 *
 * Returns: whether it understands @language
 */
gboolean
dub_transcriber_serves (DubTranscriber *self, const char *language, GError **error)
{
  g_return_val_if_fail (DUB_IS_TRANSCRIBER (self), FALSE);

  return DUB_TRANSCRIBER_GET_IFACE (self)->serves (self, language, error);
}

/**
 * dub_transcriber_transcribe:
 * @self: a transcriber
 * @sound: at any rate
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): what is said, with at least one segment
 */
DubTranscript *
dub_transcriber_transcribe (DubTranscriber *self, const DubPcm *sound, DubProgress *progress, GError **error)
{
  g_return_val_if_fail (DUB_IS_TRANSCRIBER (self), NULL);

  return DUB_TRANSCRIBER_GET_IFACE (self)->transcribe (self, sound, progress, error);
}
