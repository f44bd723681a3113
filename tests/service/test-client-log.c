/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-log.h"
#include "dub-service-fixture.h"

#include <string.h>

/* What the log has of the requests: enough for support, and nothing that is secret. */

#define SECRET "5ignature"

typedef struct
{
  DubServiceFixture base;
  char *dir;
  char *path;
  DubLog *log;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  dub_service_fixture_set_up (&fixture->base, data);
  fixture->dir = dub_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, "dubroom.log", NULL);
  fixture->log = dub_log_new (fixture->path);
  g_clear_object (&fixture->base.client);
  fixture->base.limiter = dub_rate_limiter_new (0);
  fixture->base.client = g_object_new (DUB_TYPE_SERVICE_CLIENT, "base-url", dub_fake_service_get_base_url (fixture->base.service),
                                       "limiter", fixture->base.limiter, "log", fixture->log, NULL);
  g_object_unref (fixture->base.limiter);
  dub_service_client_set_token (fixture->base.client, DUB_FAKE_TOKEN, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  dub_service_fixture_tear_down (&fixture->base, data);
  g_assert_finalize_object (fixture->log);
  g_free (fixture->path);
  dub_test_remove_dir (fixture->dir);
}

/* The lines, when all are written. */
static GStrv
end (Fixture *fixture)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  dub_log_close (fixture->log);
  g_file_get_contents (fixture->path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (text, DUB_FAKE_TOKEN));
  g_assert_null (strstr (text, SECRET));
  return g_strsplit (text, "\n", -1);
}

static void
assert_line (const char *line,
             const char *pattern)
{
  g_autofree char *whole = g_strconcat ("^\\S+Z \\d+ request ", pattern, "$", NULL);

  if (!g_regex_match_simple (whole, line, 0, 0))
    g_error ("“%s” is not “%s”", line, pattern);
}

static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = dub_service_fixture_create (fixture->base.client, 2, &error);
  g_autoptr (GPtrArray) tasks = dub_service_fixture_list (fixture->base.client, ids[0], &error);
  g_autoptr (GPtrArray) videos = dub_service_fixture_videos (fixture->base.client, &error);
  g_autofree char *name = dub_service_fixture_check (fixture->base.client, &error);
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  lines = end (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  assert_line (lines[0], "creative/aigc/video/task/create/ items=2 ms=\\d+ http=200 code=0 request_id=fake-request-1");
  assert_line (lines[1], "creative/aigc/video/task/list/ items=1 ms=\\d+ http=200 code=0 request_id=fake-request-2");
  assert_line (lines[2], "creative/aigc/video/list/ items=0 ms=\\d+ http=200 code=0 request_id=fake-request-3");
  assert_line (lines[3], "user/info/ items=0 ms=\\d+ http=200 code=0 request_id=fake-request-4");
}

/* The service says again what it was sent. */
static void
test_refusal (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) lines = NULL;

  dub_fake_service_script_code (fixture->base.service, DUB_FAKE_TASK_CREATE, 1, 40002,
                                "https://h.example/a.mp4?odd=" SECRET " with " DUB_FAKE_TOKEN "\nis no video");
  ids = dub_service_fixture_create (fixture->base.client, 1, &error);
  g_assert_null (ids);
  lines = end (fixture);
  assert_line (lines[0], "creative/aigc/video/task/create/ items=1 ms=\\d+ http=200 code=40002 request_id=fake-request-1 error: .+");
  g_assert_nonnull (strstr (lines[0], "https://h.example/a.mp4?…"));
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
}

static void
test_no_answer (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) lines = NULL;

  dub_fake_service_script_answer (fixture->base.service, DUB_FAKE_TASK_CREATE, 1, 502, "text/html", "<html>" DUB_FAKE_TOKEN);
  ids = dub_service_fixture_create (fixture->base.client, 1, &error);
  g_assert_null (ids);
  g_clear_error (&error);
  dub_fake_service_set_offline (fixture->base.service, TRUE);
  ids = dub_service_fixture_create (fixture->base.client, 1, &error);
  g_assert_null (ids);
  lines = end (fixture);
  assert_line (lines[0], "creative/aigc/video/task/create/ items=1 ms=\\d+ http=502 code=0 request_id=- maybe-received error: .+");
  assert_line (lines[1], "creative/aigc/video/task/create/ items=1 ms=\\d+ http=0 code=0 request_id=-.* error: .+");
}

/* Of the studio, which is asked all the time, what is made and what fails. */
static void
test_studio (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) unread = NULL;
  g_auto (GStrv) lines = NULL;

  g_object_set (fixture->base.client, "is-studio", TRUE, NULL);
  dub_fake_service_script_code (fixture->base.service, DUB_FAKE_TASK_LIST, 2, 50000, "It broke.");
  ids = dub_service_fixture_create (fixture->base.client, 1, &error);
  tasks = dub_service_fixture_list (fixture->base.client, ids[0], &error);
  g_assert_no_error (error);
  unread = dub_service_fixture_list (fixture->base.client, ids[0], &error);
  g_assert_null (unread);
  lines = end (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  assert_line (lines[0], "studio creative/aigc/video/task/create/ items=1 ms=\\d+ http=200 code=0 request_id=fake-request-1");
  assert_line (lines[1], "studio creative/aigc/video/task/list/ items=1 ms=\\d+ http=200 code=50000 request_id=fake-request-\\d+ .*error: .+");
}

/* What is written after the token was replaced has neither the old nor the new one; without a client it is forgotten. */
static void
test_tokens (Fixture       *fixture,
             gconstpointer  data)
{
  g_auto (GStrv) lines = NULL;

  g_assert_true (dub_service_client_set_token (fixture->base.client, "the-second-one", NULL));
  dub_log_write (fixture->log, "now the-second-one");
  g_clear_object (&fixture->base.client);
  dub_log_write (fixture->log, "then the-second-one");
  fixture->base.client = dub_service_fixture_client (dub_fake_service_get_base_url (fixture->base.service));
  lines = end (fixture);
  g_assert_true (g_str_has_suffix (lines[0], " now …"));
  g_assert_true (g_str_has_suffix (lines[1], " then the-second-one"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/service/client-log/answers", test_answers);
  ADD ("/service/client-log/refusal", test_refusal);
  ADD ("/service/client-log/no-answer", test_no_answer);
  ADD ("/service/client-log/studio", test_studio);
  ADD ("/service/client-log/tokens", test_tokens);
  return g_test_run ();
}
