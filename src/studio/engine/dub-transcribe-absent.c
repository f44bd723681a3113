/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-transcribe.h"

#include <glib/gi18n-lib.h>

#include "dub-job.h"

/* In the place of dub-transcribe.c where Dubroom is built without a recogniser. */
DubScript *
dub_transcribe (const DubPcm *sound, DubProgress *progress, GError **error)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                       _("This edition of the built-in studio cannot recognise speech. Give a script of your own (SRT, VTT "
                         "or CSV) for each language, then dub again."));
  return NULL;
}
