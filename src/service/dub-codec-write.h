/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Writing JSON: members, envelopes, the text. */

void         dub_codec_write_string (JsonBuilder       *builder,
                                     const char        *name,
                                     const char        *value);
/* (transfer full): what @builder, which is used up, has built */
char        *dub_codec_to_text      (JsonBuilder       *builder);
/* (transfer full): the studio's envelope, to be filled and closed */
JsonBuilder *dub_codec_open_answer  (gint64             code,
                                     const char        *message,
                                     const char        *request_id);
char        *dub_codec_close_answer (JsonBuilder       *builder);
/* (transfer full): ["…","…"] */
char        *dub_codec_strings      (const char *const *strings);

G_END_DECLS
