/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fake-service.h"
#include "dub-service-client.h"
#include "dub-service-error.h"
#include "dub-test-support.h"

G_BEGIN_DECLS

/* A client without a limit, with the token of the fake service, and what calls need. */
typedef struct
{
  DubFakeService   *service;
  DubRateLimiter   *limiter;
  DubServiceClient *client;
} DubServiceFixture;

void       dub_service_fixture_set_up    (DubServiceFixture *self,
                                          gconstpointer      data);
void       dub_service_fixture_tear_down (DubServiceFixture *self,
                                          gconstpointer      data);
/* A client of another server, with the same token. */
DubServiceClient *dub_service_fixture_client (const char    *base_url);

/* Items "Video 1" … in Spanish, without a script. (transfer full) */
GPtrArray *dub_service_fixture_items     (guint              n);

/* Calls, waited for. */
GStrv      dub_service_fixture_create    (DubServiceClient  *client,
                                          guint              n_items,
                                          GError           **error);
GPtrArray *dub_service_fixture_list      (DubServiceClient  *client,
                                          const char        *task_id,
                                          GError           **error);
GPtrArray *dub_service_fixture_videos    (DubServiceClient  *client,
                                          GError           **error);
char      *dub_service_fixture_check     (DubServiceClient  *client,
                                          GError           **error);

/* A create that fails in this way; its fault, which lives until the next call. */
const DubServiceFault *dub_service_fixture_create_fails (DubServiceClient *client,
                                                         DubServiceError   code);

G_END_DECLS
