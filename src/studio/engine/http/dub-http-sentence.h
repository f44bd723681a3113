/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a person is told of an engine that did not do what it was asked; @name: of its server. Errors are of
 * DUB_STUDIO_ERROR. */

/* The connection failed; @failure is of GIO. */
void dub_http_sentence_for_connection (const char   *name,
                                       const GError *failure,
                                       GError      **error);
void dub_http_sentence_for_time       (const char   *name,
                                       guint         timeout_s,
                                       GError      **error);
/* The server answered with something else than success; @words (nullable): its own, cleaned. */
void dub_http_sentence_for_status     (const char   *name,
                                       guint         status,
                                       const char   *words,
                                       GError      **error);
void dub_http_sentence_for_redirect   (const char   *name,
                                       GError      **error);
void dub_http_sentence_for_size       (const char   *name,
                                       gsize         max_bytes,
                                       GError      **error);
/* @content_type (nullable): what came, anything. @words (nullable): the server's own, cleaned. */
void dub_http_sentence_for_type       (const char   *name,
                                       const char   *content_type,
                                       const char   *words,
                                       GError      **error);

G_END_DECLS
