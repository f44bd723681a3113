/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server-fixture.h"

const char *
fixture_get_program (void)
{
  return g_getenv ("DUBROOM_FAKE_STUDIO");
}

void
fixture_set_up (Fixture      *fixture,
                gconstpointer option)
{
  fixture->dir = dub_test_make_dir ();
  fixture->data = g_build_filename (fixture->dir, "data", NULL);
  fixture->video = dub_test_make_video (fixture->dir, "ok.webm", 2);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, option, NULL);
}

void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer option)
{
  if (fixture->studio != NULL)
    dub_test_studio_stop (fixture->studio);
  g_free (fixture->video);
  g_free (fixture->data);
  dub_test_remove_dir (fixture->dir);
}

char *
fixture_name_video (Fixture    *fixture,
                    const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) from = g_file_new_for_uri (fixture->video);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return dub_test_uri (path);
}

char *
fixture_make_item (const char *video,
                   const char *more)
{
  return g_strdup_printf ("{\"video_url\": \"%s\", \"target_languages\": [\"es\"]%s}", video, more);
}
