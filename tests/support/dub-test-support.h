/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a test waits for something that must come; only a hang reaches it. */
#define DUB_TEST_PATIENCE_S 120

/* A directory of the test's own, removed with all in it by dub_test_remove_dir(). */
char         *dub_test_make_dir      (void);
void          dub_test_remove_dir    (char *dir);

/* A GAsyncReadyCallback whose user_data is the address of a GAsyncResult pointer, NULL at first. */
void          dub_test_keep_result   (GObject      *source,
                                      GAsyncResult *result,
                                      gpointer      slot);
/* Runs the main context until @slot is filled, empties it and returns it (transfer full). */
GAsyncResult *dub_test_await         (GAsyncResult **slot);

typedef gboolean (*DubTestCondition) (gpointer user_data);
/* Runs the main context until @condition holds; fails the test when it never does. */
void          dub_test_wait_for      (DubTestCondition condition,
                                      gpointer         user_data,
                                      const char      *what);

/* The path of a file of the media collection (transfer full), or NULL, the test then being skipped with a message:
 * the collection has mixed licences and is not part of the project. */
char         *dub_test_media         (const char *relative);

G_END_DECLS
