/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-address-check.h"

G_BEGIN_DECLS

#define DUB_ADDRESS_MAX_REDIRECTS 5
#define DUB_ADDRESS_DEADLINE_MS (15 * 1000)

/* dub_address_check_async() with a deadline of the caller's, for tests. */
void  dub_address_check_within_async  (const char          *url,
                                       guint                deadline_ms,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);

G_END_DECLS
