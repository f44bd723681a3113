/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-sphinx-transcriber.h"

#include <glib/gi18n-lib.h>

#include "dub-job.h"

/* In the place of dub-sphinx-transcriber.c where Dubroom is built without a recogniser. */
struct _DubSphinxTranscriber
{
  GObject parent_instance;
};

static void transcriber_init (DubTranscriberInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubSphinxTranscriber, dub_sphinx_transcriber, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_TRANSCRIBER, transcriber_init))

static gboolean
serves (DubTranscriber *transcriber, const char *language, GError **error)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                       _("This edition of the built-in studio cannot recognise speech. Give a script of your own (SRT, VTT "
                         "or CSV) for each language, then dub again."));
  return FALSE;
}

static DubTranscript *
transcribe (DubTranscriber *transcriber, const DubPcm *sound, DubProgress *progress, GError **error)
{
  serves (transcriber, NULL, error);
  return NULL;
}

static void
transcriber_init (DubTranscriberInterface *iface)
{
  iface->serves = serves;
  iface->transcribe = transcribe;
}

static void
dub_sphinx_transcriber_class_init (DubSphinxTranscriberClass *klass)
{
}

static void
dub_sphinx_transcriber_init (DubSphinxTranscriber *self)
{
}

/**
 * dub_sphinx_transcriber_new:
 *
 * Returns: (transfer full): the transcriber
 */
DubTranscriber *
dub_sphinx_transcriber_new (void)
{
  return DUB_TRANSCRIBER (g_object_new (DUB_TYPE_SPHINX_TRANSCRIBER, NULL));
}
