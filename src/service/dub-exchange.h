/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * One request and its whole answer: no redirect is followed, nothing is sent twice, the body is capped and the
 * deadline holds for all of it.
 */
typedef struct
{
  guint   status;
  guint   retry_after; /* seconds, 0 where the answer does not ask for a rest */
  GBytes *body;
} DubAnswer;

void       dub_answer_free     (DubAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubAnswer, dub_answer_free)

void       dub_exchange_async     (SoupSession         *session,
                                   SoupMessage         *message,
                                   gsize                max_body,
                                   guint                deadline_ms,
                                   gboolean             is_studio,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
/* Errors: #DubServiceError with its fault, or G_IO_ERROR_CANCELLED where nothing was sent. */
DubAnswer *dub_exchange_finish    (SoupSession         *session,
                                   GAsyncResult        *result,
                                   GError             **error);

G_END_DECLS
