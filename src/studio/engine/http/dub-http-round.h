/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-http-peer.h"
#include "dub-http-request.h"

G_BEGIN_DECLS

/* Told how many of the answers are there. */
typedef void (*DubHttpProgressFunc) (guint    n_done,
                                     gpointer user_data);

/* (transfer full) (nullable): the body of the answer. Blocks. */
GBytes    *dub_http_call     (DubHttpPeer        *peer,
                              DubHttpRequest     *request,
                              GError            **error);
/* (transfer full) (element-type GBytes) (nullable): all answers, in the order of @requests (of DubHttpRequest), which are
 * sent a few at a time; or the error of the first one that fails. Blocks. */
GPtrArray *dub_http_call_all (DubHttpPeer        *peer,
                              GPtrArray          *requests,
                              DubHttpProgressFunc func,
                              gpointer            user_data,
                              GError            **error);

G_END_DECLS
