/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): @text as it can be shown: one line, at most @max_chars characters, without control characters. */
char *dub_http_words_clean      (const char *text,
                                 guint       max_chars);
/* (transfer full): @text as it can be spoken or drawn: one line; what shapes letters stays. */
char *dub_http_words_line       (const char *text);
/* (transfer full) (nullable): what the body of an answer says went wrong, in the server's own words, cleaned. */
char *dub_http_words_from_error (GBytes     *body);

G_END_DECLS
