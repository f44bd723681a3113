/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-service-client.h"
#include "dub-studio-types.h"

G_BEGIN_DECLS

/* What can be asked of the built-in studio alone (the service has none of it). @client: one of the studio. */

/* The task becomes FAILED, and nothing of it is left. One that is finished, or not known, is DUB_SERVICE_ERROR_PARAMETERS. */
void              dub_studio_client_cancel_async       (DubServiceClient        *client,
                                                        const char              *task_id,
                                                        GCancellable            *cancellable,
                                                        GAsyncReadyCallback      callback,
                                                        gpointer                 user_data);
gboolean          dub_studio_client_cancel_finish      (DubServiceClient        *client,
                                                        GAsyncResult            *result,
                                                        GError                 **error);
void              dub_studio_client_rehearse_async     (DubServiceClient        *client,
                                                        const DubRehearsalWish  *wish,
                                                        GCancellable            *cancellable,
                                                        GAsyncReadyCallback      callback,
                                                        gpointer                 user_data);
DubRehearsal     *dub_studio_client_rehearse_finish    (DubServiceClient        *client,
                                                        GAsyncResult            *result,
                                                        GError                 **error);
/* The key is not sent: the studio takes it from the keyring, where it must be before. */
void              dub_studio_client_test_engine_async  (DubServiceClient        *client,
                                                        const DubEngineTest     *test,
                                                        GCancellable            *cancellable,
                                                        GAsyncReadyCallback      callback,
                                                        gpointer                 user_data);
DubEngineVerdict *dub_studio_client_test_engine_finish (DubServiceClient        *client,
                                                        GAsyncResult            *result,
                                                        GError                 **error);

G_END_DECLS
