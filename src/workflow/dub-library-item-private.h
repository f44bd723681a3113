/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-library-item.h"
#include "dub-service-types.h"
#include "dub-task.h"

G_BEGIN_DECLS

/* The link of a service's dub is valid for 30 days (service documentation, section 2). */
#define DUB_LINK_LIFETIME_S (30 * 24 * 60 * 60)

/* @task: the task that made it, or NULL. @lifetime_s: 0 for a link that never expires. @preview_uri: checked by
 * whoever calls, or NULL. */
DubLibraryItem *dub_library_item_new           (const char           *account_id,
                                                const DubRemoteVideo *video,
                                                DubTask              *task,
                                                const char           *preview_uri,
                                                gint64                lifetime_s);
/* Of what the store holds, where the list of the account cannot be read; the scripts may be NULL. */
DubLibraryItem *dub_library_item_new_from_task (DubTask              *task,
                                                DubScript            *original,
                                                DubScript            *translated,
                                                DubScript            *subtitles,
                                                gint64                lifetime_s);
/* The original's transcript of an earlier round: (nullable) */
void            dub_library_item_set_original_script (DubLibraryItem *self,
                                                      DubScript      *script);

G_END_DECLS
