/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-http-round.h"
#include "dub-language.h"
#include "dub-progress.h"
#include "dub-script.h"

G_BEGIN_DECLS

/* What the translators over HTTP have in common. */

/* (transfer full): @texts (element-type utf8), as many as @source has segments, at its times. */
DubScript *dub_http_translation_script    (DubScript         *source,
                                           GPtrArray         *texts);
/* FALSE: the engine does not translate from one into the other. */
gboolean   dub_http_translation_refuse    (DubHttpPeer       *peer,
                                           const char        *from,
                                           const DubLanguage *to,
                                           GError           **error);
/* Of one's own language nothing is to be translated. */
gboolean   dub_http_translation_check     (const char        *from,
                                           const DubLanguage *to,
                                           GError           **error);
/* dub_http_call_all() that tells @progress. */
GPtrArray *dub_http_translation_call      (DubHttpPeer       *peer,
                                           GPtrArray         *requests,
                                           DubProgress       *progress,
                                           GError           **error);

G_END_DECLS
