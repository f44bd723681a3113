/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values as people read them; all (transfer full), for labels and the terminal alike. */
char *dub_format_duration (gint64  ms);        /* "0:53", "1:02:09" */
char *dub_format_position (double  ms);        /* "0:25.58" */
char *dub_format_size     (guint64 bytes);     /* "38 MB" */
/* A forecast as local time: "09:40–10:05", with the day in front where it is not today. Unix seconds. */
char *dub_format_range    (gint64  from,
                           gint64  to,
                           gint64  now);
/* The same, for labels: no line ends within it. */
char *dub_format_unbroken_range (gint64 from,
                                 gint64 to,
                                 gint64 now);
/* "09:05" today, "Yesterday 09:05", "Tue 09:05", "12 Nov 2026". Unix seconds. */
char *dub_format_moment   (gint64  moment,
                           gint64  now);

/* In midnights of local time. Unix seconds. */
int   dub_format_days_between (gint64 from,
                               gint64 to);

G_END_DECLS
