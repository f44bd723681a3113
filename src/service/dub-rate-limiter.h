/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-slots.h"

G_BEGIN_DECLS

#define DUB_TYPE_RATE_LIMITER (dub_rate_limiter_get_type ())
G_DECLARE_FINAL_TYPE (DubRateLimiter, dub_rate_limiter, DUB, RATE_LIMITER, GObject)

/* One for each account. Slots of an endpoint are @interval_ms apart (1000 for the service, 0 for none), handed
 * out first come first served, by the monotonic clock. */
DubRateLimiter *dub_rate_limiter_new            (guint                interval_ms);
/* Other processes use the account, too: their slots and rests are kept as well. */
void            dub_rate_limiter_share          (DubRateLimiter      *self,
                                                 DubSlots            *slots);
void            dub_rate_limiter_acquire_async  (DubRateLimiter      *self,
                                                 DubEndpoint          endpoint,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean        dub_rate_limiter_acquire_finish (DubRateLimiter      *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
/* After "too many requests": the endpoint rests for @retry_after_s, or (0) for 2, 4, 8 … 60 s with jitter. While it
 * rests already, only a longer @retry_after_s changes anything: two calls for one refusal are one. */
void            dub_rate_limiter_back_off       (DubRateLimiter      *self,
                                                 DubEndpoint          endpoint,
                                                 guint                retry_after_s);
/* The monotonic time (microseconds) of the endpoint's next slot; in the past where one is free. */
gint64          dub_rate_limiter_get_next       (DubRateLimiter      *self,
                                                 DubEndpoint          endpoint);
void            dub_rate_limiter_succeeded      (DubRateLimiter      *self,
                                                 DubEndpoint          endpoint);

G_END_DECLS
