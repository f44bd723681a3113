/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-http-peer.h"
#include "dub-http-request.h"

G_BEGIN_DECLS

/* How often a request is sent at most. */
#define DUB_HTTP_MAX_ATTEMPTS 3

/*
 * One request and its whole answer, within the engine's time limit. No redirect is followed, and the body is capped. It is
 * sent again, after a rest, where the server was not reached or says that it is busy (429, 502, 503, 504): transcribing,
 * speaking and translating leave nothing behind. It is not sent again when an answer broke off or took too long: the
 * engine may have done all the work already, and may charge for it.
 */
void    dub_http_exchange_async  (DubHttpPeer         *peer,
                                  DubHttpRequest      *request,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
/* (transfer full) (nullable): the body of an answer of the wanted kind. */
GBytes *dub_http_exchange_finish (GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS
