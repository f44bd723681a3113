/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubHttpWanted:
 * @DUB_HTTP_WANTED_JSON: `application/json`
 * @DUB_HTTP_WANTED_SOUND: `audio/…`, or bytes without a type
 *
 * What kind of answer is taken.
 */
typedef enum
{
  DUB_HTTP_WANTED_JSON,
  DUB_HTTP_WANTED_SOUND,
} DubHttpWanted;

/**
 * DubHttpRequest:
 * @path: below the address of the engine ("v1/audio/speech")
 * @content_type: (nullable): of @body
 * @body: (nullable): what is sent by POST; NULL: a GET
 * @max_bytes: more is not read of an answer
 * @status: of the last answer; 0 while there is none
 *
 * What an engine is asked.
 */
typedef struct
{
  char         *path;
  char         *content_type;
  GBytes       *body;
  DubHttpWanted wanted;
  gsize         max_bytes;
  guint         status;
} DubHttpRequest;

/* (transfer full). @content_type and @body (transfer full) are NULL for a GET. */
DubHttpRequest *dub_http_request_new  (const char    *path,
                                       const char    *content_type,
                                       GBytes        *body,
                                       DubHttpWanted  wanted,
                                       gsize          max_bytes);
void            dub_http_request_free (DubHttpRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubHttpRequest, dub_http_request_free)

G_END_DECLS
