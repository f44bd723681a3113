/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-reading.h"

#include <glib/gi18n-lib.h>

#include "dub-job.h"

/* In the place of dub-reading.c where Dubroom is built without a Japanese dictionary. */
DubReading *
dub_reading_new (const char *text, GError **error)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                       _("This edition of the built-in studio cannot read Japanese aloud. Choose another language, or use "
                         "the dubbing service."));
  return NULL;
}

void
dub_reading_free (DubReading *self)
{
  g_assert (self == NULL);
}
