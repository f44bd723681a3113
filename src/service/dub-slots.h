/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DUB_ENDPOINT_TASK_CREATE,
  DUB_ENDPOINT_TASK_LIST,
  DUB_ENDPOINT_VIDEO_LIST,
  DUB_ENDPOINT_USER_INFO,
  /* Of the built-in studio alone. */
  DUB_ENDPOINT_STUDIO_CANCEL,
  DUB_ENDPOINT_STUDIO_REHEARSE,
  DUB_ENDPOINT_STUDIO_TEST_ENGINE,
} DubEndpoint;

#define DUB_N_ENDPOINTS 7

#define DUB_TYPE_SLOTS (dub_slots_get_type ())
G_DECLARE_INTERFACE (DubSlots, dub_slots, DUB, SLOTS, GObject)

/**
 * DubSlotsInterface:
 * @take_async: takes the next free slot of an endpoint from @from on, the one after it being @interval later
 * @take_finish: when that slot is, or -1 with an error
 * @rest: there is no slot before @until
 *
 * The slots of one account, where other processes use them too. Times are those of the monotonic clock, in microseconds.
 */
struct _DubSlotsInterface
{
  GTypeInterface parent_iface;

  void   (*take_async)  (DubSlots *self, DubEndpoint endpoint, gint64 from, gint64 interval, GAsyncReadyCallback callback, gpointer user_data);
  gint64 (*take_finish) (DubSlots *self, GAsyncResult *result, GError **error);
  void   (*rest)        (DubSlots *self, DubEndpoint endpoint, gint64 until);
};

void        dub_slots_take_async      (DubSlots            *self,
                                       DubEndpoint          endpoint,
                                       gint64               from,
                                       gint64               interval,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gint64      dub_slots_take_finish     (DubSlots            *self,
                                       GAsyncResult        *result,
                                       GError             **error);
void        dub_slots_rest            (DubSlots            *self,
                                       DubEndpoint          endpoint,
                                       gint64               until);
/* (transfer none) a stable word */
const char *dub_endpoint_to_string    (DubEndpoint          endpoint);

G_END_DECLS
