/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The videos of a create are looked at by processes of their own: see fake-worker.h. */

#include <signal.h>

#include "dub-service-error.h"
#include "dub-studio-create.h"
#include "dub-studio-task.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "fake-worker.h"
#include "server-fixture.h"

#define LONG_MS (60 * 1000)

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->dir = dub_test_make_dir ();
  fixture->video = dub_test_make_video (fixture->dir, "ok.webm", 2);
}

/* @names: of videos, with blanks between them. */
static GBytes *
make_body (Fixture    *fixture,
           const char *names)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  g_autoptr (GString) body = g_string_new ("{\"aigc_video_type\": \"DUBBING\", \"dubbing_video_info\": [");

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, words[i], NULL);
      g_autofree char *video =
        g_file_test (path, G_FILE_TEST_EXISTS) ? dub_test_uri (path) : fixture_name_video (fixture, words[i]);
      g_autofree char *item = fixture_make_item (video, "");

      g_string_append_printf (body, "%s%s", i > 0 ? "," : "", item);
    }
  g_string_append (body, "]}");
  return g_string_free_to_bytes (g_steal_pointer (&body));
}

static GPtrArray *
create (Fixture      *fixture,
        const char   *names,
        guint         within_ms,
        GCancellable *cancellable,
        GError      **error)
{
  g_autoptr (DubJobRunner) runner = dub_job_runner_new (fixture_get_program (), 60);
  g_autoptr (GBytes) body = make_body (fixture, names);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_studio_create_async (body, NULL, runner, within_ms, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_studio_create_finish (result, error);
}

static void
check_passed (Fixture    *fixture,
              const char *names,
              guint       within_ms,
              guint       n_tasks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = create (fixture, names, within_ms, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, n_tasks);
}

static void
test_good (Fixture      *fixture,
           gconstpointer unused)
{
  check_passed (fixture, "ok.webm", LONG_MS, 1);
  check_passed (fixture, "ok.webm ok.webm ok.webm", LONG_MS, 3);
}

/* None is through before all are begun. */
static void
test_side_by_side (Fixture      *fixture,
                   gconstpointer unused)
{
  G_STATIC_ASSERT (FAKE_WORKER_TOGETHER == 5);
  check_passed (fixture, "look-together1 look-together2 look-together3 look-together4 look-together5", LONG_MS, 5);
}

/* Whoever asks is answered in time; what the looks say later is of no account. */
static void
test_in_time (Fixture      *fixture,
              gconstpointer unused)
{
  check_passed (fixture, "look-hang ok.webm", 50, 2);
}

static void
test_nothing_known (Fixture      *fixture,
                    gconstpointer unused)
{
  check_passed (fixture, "look-crash look-garbage look-odd", LONG_MS, 3);
}

/* The first bad one in the order of the request is named, whichever is through first. */
static void
test_refused (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *text = g_build_filename (fixture->dir, "text.mp4", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (text, "not a video\n", -1, NULL));
  g_assert_null (create (fixture, "ok.webm look-crash text.mp4 ok.webm text.mp4", LONG_MS, NULL, &error));
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
  g_assert_cmpstr (error->message, ==,
                   "dubbing_video_info[2].video_url: “text.mp4” contains text, not a video. Pick a video file, such as "
                   "an MP4.");
}

static gboolean
on_time_to_cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_timeout_add (20, on_time_to_cancel, cancellable);
  g_assert_null (create (fixture, "look-hang", LONG_MS, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (create (fixture, "ok.webm", LONG_MS, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) g_test_add ("/studio/create/" path, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  ADD ("good", test_good);
  ADD ("side-by-side", test_side_by_side);
  ADD ("in-time", test_in_time);
  ADD ("nothing-known", test_nothing_known);
  ADD ("refused", test_refused);
  ADD ("cancelled", test_cancelled);
  return g_test_run ();
}
