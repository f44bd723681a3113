/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-media-info.h"
#include "dub-service-types.h"

G_BEGIN_DECLS

/* The limits of the service documentation, section "Create tasks". Where the two functions for requests fail, the
 * error is DUB_SERVICE_ERROR_PARAMETERS and its sentence begins with the path of the field. */

/* What can be told without looking at the video. @items: (element-type DubCreateItem) */
gboolean dub_studio_check_items        (GPtrArray           *items,
                                        GError             **error);
/* What can be told once the video of item @index was looked at. */
gboolean dub_studio_check_item_media   (const DubCreateItem *item,
                                        guint                index,
                                        const DubMediaInfo  *info,
                                        GError             **error);
/* The same of a video that was fetched: DUB_STUDIO_ERROR_UNSUITABLE with a sentence for a person. */
gboolean dub_studio_check_video        (const DubMediaInfo  *info,
                                        DubScript           *script,
                                        GError             **error);
/* "dubbing_video_info[2].video_url: " + @what, as an error. */
void     dub_studio_refuse_field       (GError             **error,
                                        guint                index,
                                        const char          *field,
                                        const char          *what);
gboolean dub_studio_is_local           (const char          *video_url);
/* DUBBING-YYYYMMDDHHMMSS-xyz, UTC. (transfer full) */
char    *dub_studio_make_name          (void);

G_END_DECLS
