/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"
#include "dub-progress.h"
#include "dub-script.h"

G_BEGIN_DECLS

#define DUB_TYPE_TRANSLATOR (dub_translator_get_type ())
G_DECLARE_INTERFACE (DubTranslator, dub_translator, DUB, TRANSLATOR, GObject)

/* The stage that translates. All calls block; one thread. Errors are of DUB_STUDIO_ERROR. */
struct _DubTranslatorInterface
{
  GTypeInterface parent;

  gboolean   (*serves)    (DubTranslator     *self,
                           const char        *from,
                           const DubLanguage *to,
                           GError           **error);
  DubScript *(*translate) (DubTranslator     *self,
                           DubScript         *script,
                           const char        *from,
                           const DubLanguage *to,
                           DubProgress       *progress,
                           GError           **error);
};

/* Whether it translates from @from (a code, as of a transcript) into @to; if not, the error says why. */
gboolean   dub_translator_serves    (DubTranslator     *self,
                                     const char        *from,
                                     const DubLanguage *to,
                                     GError           **error);
/* (transfer full) (nullable): segment by segment, with the same times; no segment is empty. */
DubScript *dub_translator_translate (DubTranslator     *self,
                                     DubScript         *script,
                                     const char        *from,
                                     const DubLanguage *to,
                                     DubProgress       *progress,
                                     GError           **error);

G_END_DECLS
