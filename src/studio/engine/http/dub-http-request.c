/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-request.h"

/**
 * dub_http_request_new:
 * @path: below the address of the engine
 * @content_type: (nullable): of @body
 * @body: (nullable) (transfer full): what is sent
 * @wanted: the kind of answer
 * @max_bytes: of the answer
 *
 * Returns: (transfer full): a request
 */
DubHttpRequest *
dub_http_request_new (const char *path, const char *content_type, GBytes *body, DubHttpWanted wanted, gsize max_bytes)
{
  DubHttpRequest *self = g_new0 (DubHttpRequest, 1);

  self->path = g_strdup (path);
  self->content_type = g_strdup (content_type);
  self->body = body;
  self->wanted = wanted;
  self->max_bytes = max_bytes;
  return self;
}

/**
 * dub_http_request_free:
 * @self: (nullable) (transfer full): a request
 */
void
dub_http_request_free (DubHttpRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
