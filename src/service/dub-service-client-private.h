/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-service-call.h"
#include "dub-service-client.h"

G_BEGIN_DECLS

/* Sends @call as a POST with a JSON body, when the limiter allows it. @body: (transfer full). */
void dub_service_client_post (DubServiceClient *self,
                              DubServiceCall   *call,
                              const char       *path,
                              char             *body);

G_END_DECLS
