/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-rehearse.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * dub_rehearse_to_frame:
 * @wish: what is to be heard
 * @engines: who speaks
 *
 * Returns: (transfer full): the bytes that go to the working process
 */
GBytes *
dub_rehearse_to_frame (const DubRehearsalWish *wish,
                       const DubJobEngines    *engines)
{
  g_autoptr (GVariant) said = dub_rehearsal_wish_to_variant (wish);
  g_autoptr (GVariant) request = NULL;
  gsize size;
  guint8 *frame;

  request = g_variant_ref_sink (g_variant_new ("(@" DUB_REHEARSAL_WISH_VARIANT_TYPE "@" DUB_JOB_ENGINES_VARIANT_TYPE ")", said,
                                               dub_job_engines_to_variant (engines)));
  size = g_variant_get_size (request);
  frame = g_malloc (4 + size);
  *(guint32 *) (gpointer) frame = GUINT32_TO_LE ((guint32) size);
  memcpy (frame + 4, g_variant_get_data (request), size);
  return g_bytes_new_take (frame, 4 + size);
}

/**
 * dub_rehearse_from_frame:
 * @bytes: what came after the length
 * @engines: (out) (transfer full): who speaks, of normal form
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): what is to be heard
 */
DubRehearsalWish *
dub_rehearse_from_frame (GBytes    *bytes,
                         GVariant **engines,
                         GError   **error)
{
  g_autoptr (GVariant) request = NULL;
  g_autoptr (GVariant) said = NULL;
  DubRehearsalWish *wish = NULL;

  request = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_REHEARSE_VARIANT_TYPE), bytes, FALSE));
  if (g_variant_is_normal_form (request))
    {
      said = g_variant_get_child_value (request, 0);
      wish = dub_rehearsal_wish_from_variant (said);
    }
  if (wish != NULL)
    *engines = g_variant_get_child_value (request, 1);
  else
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                         _("The two halves of the built-in studio do not understand each other: install Dubroom again."));
  return wish;
}
