/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads an http(s) address without credentials in it; what is not ASCII is escaped, all else left as it is. */
GUri *dub_address_parse               (const char          *text,
                                       GError             **error);
/* The same for a redirect, seen from @base; never from https to http. */
GUri *dub_address_follow              (GUri                *base,
                                       const char          *location,
                                       GError             **error);
/* (transfer full) the addresses in a pasted text, one a line or separated by white space: trimmed, http(s) only; each
 * thing that is none is told by a sentence in @refused (element-type utf8). */
GPtrArray  *dub_address_parse_text   (const char  *text,
                                      GPtrArray  **refused);

G_END_DECLS
