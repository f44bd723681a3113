/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* Adds @n_tasks tasks, four for each video, in one call; the videos are @directory/video-0000.mp4 and so on, each with a
 * consent of its own. @first numbers the first video. (transfer full): the tasks, waiting. */
GPtrArray *store_fill_add  (DubStore     *store,
                            const char   *directory,
                            guint         first,
                            guint         n_tasks);
/* All tasks go to @to in one transaction. */
void       store_fill_step (DubStore     *store,
                            GPtrArray    *tasks,
                            DubTaskState  to);

G_END_DECLS
