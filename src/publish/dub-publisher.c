/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-publisher.h"

G_DEFINE_QUARK (dub-publish-error-quark, dub_publish_error)

G_DEFINE_INTERFACE (DubPublisher, dub_publisher, G_TYPE_OBJECT)

static void
dub_publisher_default_init (DubPublisherInterface *iface)
{
}

/**
 * dub_publisher_publish_async:
 * @self: a publisher
 * @uri: where the video is (file, http, https)
 * @identity: what the person agreed to, of dub_file_identity_finish() or of [struct@Address]
 * @cancellable: (nullable): stops it
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Makes the video reachable for the service. May be called again for the same video after a stop at any point.
 */
void
dub_publisher_publish_async (DubPublisher        *self,
                             const char          *uri,
                             const char          *identity,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DUB_IS_PUBLISHER (self));
  g_return_if_fail (uri != NULL);
  g_return_if_fail (identity != NULL);

  DUB_PUBLISHER_GET_IFACE (self)->publish_async (self, uri, identity, cancellable, callback, user_data);
}

/**
 * dub_publisher_publish_finish:
 * @self: a publisher
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the address that the service can reach; or %NULL with %DUB_PUBLISH_ERROR or
 *   %G_IO_ERROR_CANCELLED; after %DUB_PUBLISH_ERROR_NO_ANSWER it may be called again later
 */
char *
dub_publisher_publish_finish (DubPublisher  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (DUB_IS_PUBLISHER (self), NULL);

  return DUB_PUBLISHER_GET_IFACE (self)->publish_finish (self, result, error);
}
