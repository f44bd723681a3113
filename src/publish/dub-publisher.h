/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_PUBLISH_ERROR (dub_publish_error_quark ())
GQuark dub_publish_error_quark (void);

/**
 * DubPublishError:
 * @DUB_PUBLISH_ERROR_NO_PLACE: a local file, and no place is set up where the service could reach it
 * @DUB_PUBLISH_ERROR_ADDRESS: not an address of a video (malformed, not http(s), credentials in it)
 * @DUB_PUBLISH_ERROR_NOT_VIDEO: the address answers with text, or says that it is no video
 * @DUB_PUBLISH_ERROR_UNREACHABLE: the address refuses, or the file cannot be read
 * @DUB_PUBLISH_ERROR_CHANGED: the video is not the one that was agreed to
 * @DUB_PUBLISH_ERROR_NO_ANSWER: the address cannot be reached now, or its server has a fault: it may pass by itself
 */
typedef enum
{
  DUB_PUBLISH_ERROR_NO_PLACE,
  DUB_PUBLISH_ERROR_ADDRESS,
  DUB_PUBLISH_ERROR_NOT_VIDEO,
  DUB_PUBLISH_ERROR_UNREACHABLE,
  DUB_PUBLISH_ERROR_CHANGED,
  DUB_PUBLISH_ERROR_NO_ANSWER,
} DubPublishError;

#define DUB_TYPE_PUBLISHER (dub_publisher_get_type ())
G_DECLARE_INTERFACE (DubPublisher, dub_publisher, DUB, PUBLISHER, GObject)

/* Turns the video at @uri into an address that the service (or the studio) can reach. @identity is what the person
 * agreed to: a video that has changed since is refused (CHANGED). Returns (transfer full) the address. */
struct _DubPublisherInterface
{
  GTypeInterface parent_iface;

  void  (*publish_async)  (DubPublisher *self, const char *uri, const char *identity, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  char *(*publish_finish) (DubPublisher *self, GAsyncResult *result, GError **error);
};

void  dub_publisher_publish_async  (DubPublisher        *self,
                                    const char          *uri,
                                    const char          *identity,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
char *dub_publisher_publish_finish (DubPublisher        *self,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
