/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-translator.h"

G_DEFINE_INTERFACE (DubTranslator, dub_translator, G_TYPE_OBJECT)

static void
dub_translator_default_init (DubTranslatorInterface *iface)
{
}

/**
 * dub_translator_serves:
 * @self: a translator
 * @from: the code of a language
 * @to: another one
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE or %DUB_STUDIO_ERROR_MISSING, with a sentence that says why not
 *
 * Returns: whether it translates from one into the other
 */
gboolean
dub_translator_serves (DubTranslator *self, const char *from, const DubLanguage *to, GError **error)
{
  g_return_val_if_fail (DUB_IS_TRANSLATOR (self), FALSE);

  return DUB_TRANSLATOR_GET_IFACE (self)->serves (self, from, to, error);
}

/**
 * dub_translator_translate:
 * @self: a translator
 * @script: with at least one segment
 * @from: the code of the language of @script
 * @to: another one
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): as many segments, at the same times
 */
DubScript *
dub_translator_translate (DubTranslator     *self,
                          DubScript         *script,
                          const char        *from,
                          const DubLanguage *to,
                          DubProgress       *progress,
                          GError           **error)
{
  g_return_val_if_fail (DUB_IS_TRANSLATOR (self), NULL);

  return DUB_TRANSLATOR_GET_IFACE (self)->translate (self, script, from, to, progress, error);
}
