/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-test-support.h"

#include <errno.h>
#include <glib/gstdio.h>

char *
dub_test_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("dubroom-test-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

static void remove_recursively (const char *path);

static void
remove_content (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_recursively (child);
    }
}

/* A process that ends may still write, and take away, something of its own: that is over soon. */
static void
remove_recursively (const char *path)
{
  gint64 end = g_get_monotonic_time () + DUB_TEST_PATIENCE_S * G_USEC_PER_SEC;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_assert_true (g_unlink (path) == 0 || errno == ENOENT);
      return;
    }
  do
    remove_content (path);
  while (g_rmdir (path) != 0 && errno == ENOTEMPTY && g_get_monotonic_time () < end);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

void
dub_test_remove_dir (char *dir)
{
  remove_recursively (dir);
  g_free (dir);
}

void
dub_test_keep_result (GObject      *source,
                      GAsyncResult *result,
                      gpointer      slot)
{
  GAsyncResult **kept = slot;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

static gboolean
has_result (gpointer slot)
{
  return *(GAsyncResult **) slot != NULL;
}

GAsyncResult *
dub_test_await (GAsyncResult **slot)
{
  dub_test_wait_for (has_result, slot, "an asynchronous call to finish");
  return g_steal_pointer (slot);
}

static gboolean
on_patience_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
dub_test_wait_for (DubTestCondition condition,
                   gpointer         user_data,
                   const char      *what)
{
  gboolean over = FALSE;
  guint patience = g_timeout_add_seconds (DUB_TEST_PATIENCE_S, on_patience_over, &over);

  while (!condition (user_data))
    {
      g_main_context_iteration (NULL, TRUE);
      if (over)
        g_error ("waited %d s in vain for %s", DUB_TEST_PATIENCE_S, what);
    }
  g_source_remove (patience);
}

char *
dub_test_media (const char *relative)
{
  const char *root = g_getenv ("DUBROOM_TEST_MEDIA");
  g_autofree char *path = NULL;

  path = root != NULL ? g_build_filename (root, relative, NULL) : NULL;
  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  g_test_skip_printf ("the media collection has no %s here", relative);
  return NULL;
}
