/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A server that answers with bytes, for what no decent HTTP server would do. Each connection has a thread of its
 * own, on which @serve reads requests and writes whatever it likes; when it returns the connection is closed.
 */
typedef struct _DubRawServer DubRawServer;
typedef void (*DubRawServe) (DubRawServer *server,
                             GIOStream    *stream);

DubRawServer *dub_raw_server_new           (DubRawServe     serve);
/* Waits until no connection is served any more. */
void          dub_raw_server_free          (DubRawServer   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRawServer, dub_raw_server_free)
/* "http://127.0.0.1:PORT/" */
const char   *dub_raw_server_get_url       (DubRawServer   *self);

/* For @serve. A whole request, head and body, as text; NULL where the connection was closed. (transfer full) */
char         *dub_raw_server_read_request  (DubRawServer   *self,
                                            GIOStream      *stream);
/* FALSE when the client is gone. */
gboolean      dub_raw_server_write         (DubRawServer   *self,
                                            GIOStream      *stream,
                                            const void     *data,
                                            gsize           length);
gboolean      dub_raw_server_write_text    (DubRawServer   *self,
                                            GIOStream      *stream,
                                            const char     *text);

/* What came of it. */
guint         dub_raw_server_count_connections (DubRawServer   *self);
/* Whole requests of this method. */
guint         dub_raw_server_count_requests    (DubRawServer   *self,
                                                const char     *method);
guint64       dub_raw_server_get_written       (DubRawServer   *self);
/* Everything that was read, for searching in it. (transfer full) */
char         *dub_raw_server_dup_received      (DubRawServer   *self);

G_END_DECLS
