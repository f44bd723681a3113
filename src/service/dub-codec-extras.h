/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include "dub-service-types.h"

G_BEGIN_DECLS

/* What the built-in studio tells beyond the service: how far a task is, remarks on segments, the lines of its subtitles.
 * The service has none of it. Reading it never fails: what is missing, or cannot be meant, is as if it were not there. */

void        dub_codec_write_progress (JsonBuilder         *builder,
                                      const DubRemoteTask *task);
void        dub_codec_read_progress  (JsonObject          *item,
                                      DubRemoteTask       *task);
void        dub_codec_write_remarks  (JsonBuilder         *builder,
                                      const DubRemarks    *remarks);
/* (transfer full) (nullable): those on a segment with this text. */
DubRemarks *dub_codec_read_remarks   (JsonObject          *segment,
                                      const char          *text);
/* (transfer full) (nullable) */
DubScript  *dub_codec_read_lines     (JsonObject          *info,
                                      const char          *name);

/* The member as a finite number of JSON, or @otherwise. */
double      dub_codec_number         (JsonObject          *object,
                                      const char          *name,
                                      double               otherwise);
/* (nullable) (transfer none): the member as a string of JSON. */
const char *dub_codec_string         (JsonObject          *object,
                                      const char          *name);

G_END_DECLS
