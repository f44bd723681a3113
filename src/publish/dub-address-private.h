/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "dub-address-check.h"

G_BEGIN_DECLS

#define DUB_ADDRESS_MAX_REDIRECTS 5
#define DUB_ADDRESS_DEADLINE_MS (15 * 1000)

/* Reads an http(s) address without credentials in it; what is not ASCII is escaped, all else left as it is. */
GUri *dub_address_parse               (const char          *text,
                                       GError             **error);
/* The same for a redirect, seen from @base; never from https to http. */
GUri *dub_address_follow              (GUri                *base,
                                       const char          *location,
                                       GError             **error);
/* dub_address_check_async() with a deadline of the caller's, for tests. */
void  dub_address_check_within_async  (const char          *url,
                                       guint                deadline_ms,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);

G_END_DECLS
