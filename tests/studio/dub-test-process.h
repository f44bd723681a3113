/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Waits until the fake worker has written the id of its process beside @video (path), and returns it. */
int  dub_test_await_pid (const char *video);
gboolean dub_test_process_runs (int pid);
/* Waits until no such process runs. */
void dub_test_await_end (int         pid);

G_END_DECLS
