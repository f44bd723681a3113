/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-studio-queue.h"

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_SERVER (dub_studio_server_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioServer, dub_studio_server, DUB, STUDIO_SERVER, GObject)

#define DUB_STUDIO_BASE_PATH "/open_api/v1.3/"

/* Answers the service's calls on the loopback interface. @qps: requests a second for each endpoint; 0: no limit. */
DubStudioServer *dub_studio_server_new       (const DubStudioTools *tools,
                                              DubStudioQueue   *queue,
                                              guint             qps);
/* Takes a free port and makes a token. */
gboolean         dub_studio_server_listen    (DubStudioServer  *self,
                                              GError          **error);
guint            dub_studio_server_get_port  (DubStudioServer  *self);
const char      *dub_studio_server_get_token (DubStudioServer  *self);
void             dub_studio_server_close     (DubStudioServer  *self);

G_END_DECLS
