/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-log.h"
#include "dub-rate-limiter.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One call of the API, from its slot to its decoded answer. */
typedef struct _DubServiceCall DubServiceCall;

typedef gpointer (*DubServiceDecode) (GBytes  *body,
                                      char   **request_id,
                                      GError **error);

/* It owns itself until the callback was called. @source: of the result. */
DubServiceCall *dub_service_call_new         (gpointer             source,
                                              DubEndpoint          endpoint,
                                              DubServiceDecode     decode,
                                              GDestroyNotify       free_value,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
/* Of a create: how many tasks the answer must have; else how many are asked for. */
void            dub_service_call_set_n_items (DubServiceCall      *self,
                                              guint                n_items);
/* Where it is noted; NULL: nowhere. */
void            dub_service_call_set_log     (DubServiceCall      *self,
                                              DubLog              *log);
/* @message and @error (transfer full): where there is no message, @error says why. A create is sent at once, a
 * question when @limiter allows it. */
void            dub_service_call_start       (DubServiceCall      *self,
                                              SoupSession         *session,
                                              DubRateLimiter      *limiter,
                                              SoupMessage         *message,
                                              gsize                max_body,
                                              guint                deadline_ms,
                                              gboolean             is_studio,
                                              GError              *error);
gpointer        dub_service_call_finish      (gpointer             source,
                                              GAsyncResult        *result,
                                              DubEndpoint          endpoint,
                                              char               **request_id,
                                              GError             **error);

G_END_DECLS
