/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs a pipeline, written as for gst-launch, to its end; the test fails when it cannot. */
void  dub_test_run_pipeline (const char *description,
                             ...) G_GNUC_PRINTF (1, 2);
/* A WebM in @dir: a ball on 160 × 120, 30 pictures a second, and a tone. (transfer full): its address. */
char *dub_test_make_video   (const char *dir,
                             const char *name,
                             int         seconds);
/* The same for a file that is already there. (transfer full) */
char *dub_test_uri          (const char *path);

G_END_DECLS
