/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-rate-limiter.h"
#include "dub-service-types.h"

G_BEGIN_DECLS

#define DUB_SERVICE_BASE_URL "https://business-api.tiktok.com/open_api/v1.3/"

#define DUB_TYPE_SERVICE_CLIENT (dub_service_client_get_type ())
G_DECLARE_FINAL_TYPE (DubServiceClient, dub_service_client, DUB, SERVICE_CLIENT, GObject)

/*
 * The calls of one account (service documentation, "Create tasks", "Task results", "Dubbed videos"; user info). https
 * only, except for loopback; no redirect is followed; a body is capped (property max-body, default 32 MiB); a call
 * ends by its deadline (property deadline-ms, default 60 000), and where the built-in studio is asked (property
 * is-studio), the sentence of that speaks of it. The token goes into the Access-Token header and nowhere else.
 *
 * The lists wait for their slot of the limiter by themselves. A create is sent at once: whoever calls it acquires
 * the slot first, so that what has to be stored before the act can be stored between the two. All of them tell the
 * limiter of "too many requests" and of success.
 */
DubServiceClient *dub_service_client_new                (const char           *base_url,
                                                         DubRateLimiter       *limiter);
/* @token is trimmed; one that cannot be a header value is refused with DUB_SERVICE_ERROR_NO_TOKEN. */
gboolean          dub_service_client_set_token          (DubServiceClient     *self,
                                                         const char           *token,
                                                         GError              **error);
DubRateLimiter   *dub_service_client_get_limiter        (DubServiceClient     *self);
const char       *dub_service_client_get_base_url       (DubServiceClient     *self);

/* @items: (element-type DubCreateItem), 1 to 5, read before the call returns. An error's fault tells by
 * maybe_received whether the service may have the request. Cancelled before a byte was sent, it is
 * G_IO_ERROR_CANCELLED; cancelled later, DUB_SERVICE_ERROR_NETWORK with maybe_received. */
void              dub_service_client_create_async       (DubServiceClient     *self,
                                                         GPtrArray            *items,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GStrv             dub_service_client_create_finish      (DubServiceClient     *self,
                                                         GAsyncResult         *result,
                                                         char                **request_id,
                                                         GError              **error);
/* @task_ids: 1 to 5. Returns (transfer full) (element-type DubRemoteTask). */
void              dub_service_client_list_tasks_async   (DubServiceClient     *self,
                                                         const char *const    *task_ids,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GPtrArray        *dub_service_client_list_tasks_finish  (DubServiceClient     *self,
                                                         GAsyncResult         *result,
                                                         char                **request_id,
                                                         GError              **error);
/* Returns (transfer full) (element-type DubRemoteVideo). */
void              dub_service_client_list_videos_async  (DubServiceClient     *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GPtrArray        *dub_service_client_list_videos_finish (DubServiceClient     *self,
                                                         GAsyncResult         *result,
                                                         char                **request_id,
                                                         GError              **error);
/* GET user/info/: whether the token is good. Returns the account's display name, or "". */
void              dub_service_client_check_async        (DubServiceClient     *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
char             *dub_service_client_check_finish       (DubServiceClient     *self,
                                                         GAsyncResult         *result,
                                                         char                **request_id,
                                                         GError              **error);

G_END_DECLS
