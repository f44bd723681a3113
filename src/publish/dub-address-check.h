/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DubAddress:
 * @url: the address that answered, after redirects
 * @content_type: of the answer, in lower case; NULL where not told
 * @size: in bytes; 0 where not told
 * @identity: "url:" + SHA-256 of the address as given, ETag, Last-Modified and length, so that other bytes behind the same
 *   address are another video (as far as the server tells)
 */
typedef struct
{
  char   *url;
  char   *content_type;
  guint64 size;
  char   *identity;
} DubAddress;

void        dub_address_free         (DubAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubAddress, dub_address_free)

/* Asks for one byte of it (GET, Range: bytes=0-0; 15 s) and looks at the headers: a text type is refused, as the service
 * does. Redirects are followed (5 at most). No token, no cookies. */
void        dub_address_check_async  (const char          *url,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
DubAddress *dub_address_check_finish (GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
