/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-slots.h"

G_DEFINE_INTERFACE (DubSlots, dub_slots, G_TYPE_OBJECT)

static void
dub_slots_default_init (DubSlotsInterface *iface)
{
}

/**
 * dub_slots_take_async:
 * @self: the slots of an account
 * @endpoint: what is to be called
 * @from: the earliest time (monotonic microseconds)
 * @interval: how far slots are apart (microseconds)
 * @callback: called when one is taken, which is then no other's
 * @user_data: for @callback
 */
void
dub_slots_take_async (DubSlots            *self,
                      DubEndpoint          endpoint,
                      gint64               from,
                      gint64               interval,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (DUB_IS_SLOTS (self));
  DUB_SLOTS_GET_IFACE (self)->take_async (self, endpoint, from, interval, callback, user_data);
}

/**
 * dub_slots_take_finish:
 * @self: the slots of an account
 * @result: the result
 * @error: whatever keeps the processes from knowing of each other
 *
 * Returns: when the slot is (monotonic microseconds), or -1
 */
gint64
dub_slots_take_finish (DubSlots      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (DUB_IS_SLOTS (self), -1);
  return DUB_SLOTS_GET_IFACE (self)->take_finish (self, result, error);
}

/**
 * dub_slots_rest:
 * @self: the slots of an account
 * @endpoint: what was refused for too many requests
 * @until: monotonic microseconds
 *
 * Lets all processes rest.
 */
void
dub_slots_rest (DubSlots    *self,
                DubEndpoint  endpoint,
                gint64       until)
{
  g_return_if_fail (DUB_IS_SLOTS (self));
  DUB_SLOTS_GET_IFACE (self)->rest (self, endpoint, until);
}

/**
 * dub_endpoint_to_string:
 *
 * Returns: (transfer none): the stable word for @endpoint, as in its path
 */
const char *
dub_endpoint_to_string (DubEndpoint endpoint)
{
  static const char *const words[DUB_N_ENDPOINTS] = {
    [DUB_ENDPOINT_TASK_CREATE] = "task/create",
    [DUB_ENDPOINT_TASK_LIST] = "task/list",
    [DUB_ENDPOINT_VIDEO_LIST] = "video/list",
    [DUB_ENDPOINT_USER_INFO] = "user/info",
    [DUB_ENDPOINT_STUDIO_CANCEL] = "studio/task/cancel",
    [DUB_ENDPOINT_STUDIO_REHEARSE] = "studio/rehearse",
    [DUB_ENDPOINT_STUDIO_TEST_ENGINE] = "studio/engine/test",
  };

  g_return_val_if_fail (endpoint < DUB_N_ENDPOINTS, "");
  return words[endpoint];
}
