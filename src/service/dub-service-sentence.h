/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-service-fault.h"

G_BEGIN_DECLS

/* The words of an error for people: what happened, what the service says, what is safe, what to do.
 * @creating: the request asked for new dubs, so the sentence also says whether one may be under way.
 * @what: what happened, or NULL for the words of @code. @detail: technical, for the support, or NULL.
 * (transfer full) */
char *dub_service_sentence       (DubServiceError        code,
                                  const DubServiceFault *fault,
                                  gboolean               creating,
                                  const char            *what,
                                  const char            *detail);
/* Text from outside on one line, without control characters, at most @max_chars characters. (transfer full) */
char *dub_service_sentence_clean (const char            *text,
                                  guint                  max_chars);

G_END_DECLS
