/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands in the place of a secret. */
#define DUB_REDACTED "…"

/* @text without what may be secret in it, as far as it can be told by its form. (transfer full) */
char *dub_redact          (const char        *text,
                           const char *const *secrets);
/* An address without what stands before its "@". (transfer full) */
char *dub_redact_userinfo (const char        *text);

G_END_DECLS
