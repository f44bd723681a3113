/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-skills.h"

/**
 * dub_studio_translates:
 * @language: what shall be dubbed into
 *
 * What can be known of the built-in studio without asking it. A test of the studio holds it against its engine.
 *
 * Returns: whether the built-in studio translates into @language
 */
gboolean
dub_studio_translates (const DubLanguage *language)
{
  static const char *const codes[] = { "es", "fr", "it", "pt", NULL };

  g_return_val_if_fail (language != NULL, FALSE);
  return g_strv_contains (codes, dub_language_get_code (language));
}
