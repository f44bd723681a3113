/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "dub-fake-service.h"
#include "dub-notices.h"
#include "dub-test-support.h"

/* The program itself, as a person runs it, on a data directory of its own. */
typedef struct
{
  char *dir;
  char *data;
  char *output;
  const char *locale;
  char *printed; /* of the last run */
  char *said;
  int status;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->locale = "C.UTF-8";
  fixture->data = g_build_filename (fixture->dir, "data", NULL);
  fixture->output = g_build_filename (fixture->dir, "out", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_free (fixture->data);
  g_free (fixture->output);
  g_free (fixture->printed);
  g_free (fixture->said);
  dub_test_remove_dir (fixture->dir);
}

static GSubprocess *
start (Fixture    *fixture,
       const char *first,
       va_list     more)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  const char *word;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, fixture->dir);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_setenv (launcher, "LC_ALL", fixture->locale, TRUE);
  g_ptr_array_add (argv, (char *) g_getenv ("DUBROOM_TEST_PROGRAM"));
  for (word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (argv, (char *) word);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

/* Runs it to its end; what it printed is kept. */
static int
run (Fixture    *fixture,
     const char *first,
     ...)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  va_list more;

  va_start (more, first);
  process = start (fixture, first, more);
  va_end (more);
  g_clear_pointer (&fixture->printed, g_free);
  g_clear_pointer (&fixture->said, g_free);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_subprocess_communicate_utf8_finish (process, result, &fixture->printed, &fixture->said, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
  g_test_message ("exit %d\n%s%s", fixture->status, fixture->printed, fixture->said);
  return fixture->status;
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What was printed is one JSON object. */
static JsonObject *
parse_printed (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (fixture->printed, &error);

  g_assert_no_error (error);
  g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
  return json_object_ref (json_node_get_object (node));
}

static void
test_version_and_help (Fixture       *fixture,
                       gconstpointer  data)
{
  g_assert_cmpint (run (fixture, "--version", NULL), ==, 0);
  g_assert_true (g_str_has_prefix (fixture->printed, "dubroom "));
  g_assert_cmpint (run (fixture, "--help", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->printed, "dubroom dub"));
  g_assert_cmpint (run (fixture, "dub", "--help", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->printed, "--i-agree"));
}

static void
test_no_display (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_cmpint (run (fixture, "--data-dir", fixture->data, NULL), ==, 3);
  g_assert_nonnull (strstr (fixture->said, "dubroom dub"));
  g_assert_false (exists (fixture->data));
}

/* The texts to the letter, and nothing else happens. */
static void
test_without_agreement (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (DubFakeService) server = dub_fake_service_new ();
  g_autofree char *address = g_strdup (dub_fake_service_get_base_url (server));

  address = g_realloc (address, strlen (address) + 32);
  strcpy (strstr (address, "/open_api"), "/preview/coat.mp4");
  g_assert_cmpint (run (fixture, "dub", address, "--to", "es", "--output", fixture->output, "--data-dir", fixture->data, NULL),
                   ==, 2);
  g_assert_nonnull (strstr (fixture->printed, dub_notice_get_text (DUB_NOTICE_UPLOAD)));
  g_assert_nonnull (strstr (fixture->printed, dub_notice_get_text (DUB_NOTICE_CONSENT)));
  g_assert_nonnull (strstr (fixture->printed, dub_notice_get_text (DUB_NOTICE_DOWNLOAD)));
  g_assert_nonnull (strstr (fixture->said, "--i-agree"));
  g_assert_cmpuint (dub_fake_service_get_requests (server)->len, ==, 0);
  g_assert_false (exists (fixture->data));
  g_assert_false (exists (fixture->output));
}

static void
test_usage (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *too_long = g_strnfill (51, 'x');

#define REFUSED(...) \
  g_assert_cmpint (run (fixture, "dub", "--data-dir", fixture->data, "--i-agree", __VA_ARGS__, NULL), ==, 2); \
  g_assert_cmpuint (strlen (fixture->said), >, 10)
  REFUSED ("a.mp4", "--output", "out");
  REFUSED ("a.mp4", "--to", "tlh", "--output", "out");
  REFUSED ("--to", "es", "--output", "out");
  REFUSED ("a.mp4", "--to", "es", "--output", "out", "--name", too_long);
  REFUSED ("a.mp4", "--to", "es,fr", "--output", "out", "--script", "a.srt");
  REFUSED ("a.mp4", "--to", "es", "--output", "out", "--script", "fr=a.srt");
  REFUSED ("a.mp4", "b.mp4", "--to", "es", "--output", "out", "--script", "a.srt");
  REFUSED ("a.mp4", "--to", "es", "--output", "out", "--no-such-option");
  REFUSED ("a.mp4", "--to", "es", "--output", "out", "--subtitle-file", "doc");
  g_assert_false (exists (fixture->data));
  REFUSED ("a.mp4", "--to", "es", "--output", "out", "--account", "nobody");
}

static void
test_cannot_start (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *file = g_build_filename (fixture->dir, "file", NULL);
  g_autofree char *studio = g_strdup (g_getenv ("DUBROOM_STUDIO"));

  if (video == NULL)
    return;
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--output", fixture->output, "--data-dir", file, "--i-agree", NULL),
                   ==, 3);
  g_setenv ("DUBROOM_STUDIO", "/nonexistent/dubroom-studio", TRUE);
  g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                        "--i-agree", NULL),
                   ==, 3);
  g_assert_nonnull (strstr (fixture->said, "studio"));
  g_assert_nonnull (strstr (fixture->said, "queue"));
  g_setenv ("DUBROOM_STUDIO", studio, TRUE);
}

static char *
write_script (Fixture    *fixture,
              const char *text)
{
  char *path = g_build_filename (fixture->dir, "script.srt", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
test_script_past_the_end (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *script = write_script (fixture, "1\n00:00:01,000 --> 00:00:02,000\nHola.\n\n"
                                                   "2\n00:10:00,000 --> 00:10:01,000\nAdiós.\n");
  g_autofree char *studio = g_build_filename (fixture->data, "studio", "studio.db", NULL);

  if (video == NULL)
    return;
  g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--script", script, "--output", fixture->output, "--data-dir",
                        fixture->data, "--i-agree", NULL),
                   ==, 2);
  g_assert_nonnull (strstr (fixture->said, "2"));
  g_assert_false (exists (fixture->output));
  g_assert_false (exists (studio));
}

static void
test_nothing_good (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_cmpint (run (fixture, "dub", "nowhere.mp4", fixture->dir, "--to", "es", "--output", fixture->output, "--data-dir",
                        fixture->data, "--i-agree", "--json", NULL),
                   ==, 1);
  g_assert_nonnull (strstr (fixture->said, "nowhere.mp4"));
  {
    g_autoptr (JsonNode) node = json_from_string (fixture->printed, NULL);
    JsonObject *root = json_node_get_object (node);

    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "refused")), ==, 2);
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "dubs")), ==, 0);
  }
}

/* What the studio cannot do is said at once, and is no dub that fails later. */
static void
test_needs_script (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");

  if (video == NULL)
    return;
  g_assert_cmpint (run (fixture, "dub", video, "--to", "de", "--output", fixture->output, "--data-dir", fixture->data,
                        "--i-agree", NULL),
                   ==, 1);
  g_assert_nonnull (strstr (fixture->said, "is not dubbed into German: the built-in studio does not translate into it."));
}

/* A real dub by the real studio: what is bad is told of, what is good is saved, and nothing is overwritten. */
static void
test_dub (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *broken = video != NULL ? dub_test_media ("broken/b_text_named_example.mp4") : NULL;
  g_autofree char *script = write_script (fixture, "1\n00:00:00,500 --> 00:00:02,500\nHola a todos.\n");
  g_autofree char *taken = g_build_filename (fixture->output, "Coat.mp4", NULL);
  g_autofree char *expected = g_build_filename (fixture->output, "Coat (2).mp4", NULL);
  g_autofree char *here = g_build_filename (fixture->dir, "Here.mp4", NULL);
  g_autofree char *words = g_build_filename (fixture->dir, "Here.srt", NULL);
  g_autofree char *both = g_strconcat (here, "\n", words, NULL);
  g_autofree char *head = NULL;
  gsize length = 0;

  if (broken == NULL)
    return;
  g_assert_cmpint (g_mkdir_with_parents (fixture->output, 0700), ==, 0);
  g_assert_true (g_file_set_contents (taken, "mine", -1, NULL));
  g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--script", script, "--name", "Coat", "--output", fixture->output,
                        "--data-dir", fixture->data, "--i-agree", NULL),
                   ==, 0);
  g_strchomp (fixture->printed);
  g_assert_cmpstr (fixture->printed, ==, expected);
  g_assert_true (g_file_get_contents (expected, &head, &length, NULL));
  g_assert_cmpuint (length, >, 10000);
  g_assert_cmpint (memcmp (head + 4, "ftyp", 4), ==, 0);
  g_clear_pointer (&head, g_free);
  g_assert_true (g_file_get_contents (taken, &head, NULL, NULL));
  g_assert_cmpstr (head, ==, "mine");

  /* Saved where the command is given, when it says nothing of it. */
  g_assert_cmpint (run (fixture, "dub", video, "--to", "it", "--script", script, "--name", "Here", "--data-dir", fixture->data,
                        "--subtitle-file", "srt", "--i-agree", NULL),
                   ==, 0);
  g_strchomp (fixture->printed);
  g_assert_cmpstr (fixture->printed, ==, both);
  g_assert_true (exists (here));
  g_clear_pointer (&head, g_free);
  g_assert_true (g_file_get_contents (words, &head, NULL, NULL));
  g_assert_nonnull (strstr (head, "Hola a todos."));
  g_assert_nonnull (strstr (head, " --> "));

  /* Two more, one of which is no video. */
  g_assert_cmpint (run (fixture, "dub", broken, video, "--to", "it", "--data-dir", fixture->data, "--i-agree", "--json", NULL),
                   ==, 1);
  {
    g_autoptr (JsonNode) node = json_from_string (fixture->printed, NULL);
    JsonArray *dubs = json_object_get_array_member (json_node_get_object (node), "dubs");
    JsonArray *refused = json_object_get_array_member (json_node_get_object (node), "refused");

    g_assert_cmpuint (json_array_get_length (dubs), ==, 1);
    g_assert_cmpuint (json_array_get_length (refused), ==, 1);
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (dubs, 0), "language"), ==, "it");
  }
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      process)
{
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    return;
  if (strstr (line, "is sent") != NULL)
    g_subprocess_send_signal (process, SIGINT);
  g_object_set_data (G_OBJECT (source), "stays",
                     GINT_TO_POINTER (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (source), "stays")) ||
                                      (strstr (line, "queue") != NULL && strstr (line, "library of Dubroom") != NULL)));
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line, process);
}

static GSubprocess *
start_with (Fixture    *fixture,
            const char *first,
            ...)
{
  GSubprocess *process;
  va_list more;

  va_start (more, first);
  process = start (fixture, first, more);
  va_end (more);
  return process;
}

static void
test_interrupted (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_en_jfk_portrait.mp4");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) said = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  if (video == NULL)
    return;
  process = start_with (fixture, "dub", video, "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                        "--i-agree", NULL);
  said = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  g_data_input_stream_read_line_async (said, G_PRIORITY_DEFAULT, NULL, on_line, process);
  g_subprocess_wait_async (process, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_subprocess_wait_finish (process, result, NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (said), "stays")));
}

static void
on_line_of_paused (GObject      *source,
                   GAsyncResult *result,
                   gpointer      process)
{
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    return;
  g_assert_null (strstr (line, "is sent to"));
  if (strstr (line, "Sending is paused") != NULL)
    {
      g_object_set_data (G_OBJECT (source), "paused", GINT_TO_POINTER (TRUE));
      g_subprocess_send_signal (process, SIGINT);
    }
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line_of_paused, process);
}

static void
pause_queue (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->data, "dubroom.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "INSERT INTO settings (key, value) VALUES ('queue-paused', 'yes')", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Whoever waits is told what for. */
static void
test_paused (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_en_jfk_portrait.mp4");
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) said = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  if (video == NULL)
    return;
  /* Makes the file: of nothing good, nothing is made. */
  first = start_with (fixture, "dub", "/nonexistent.mp4", "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                      "--i-agree", NULL);
  g_assert_true (g_subprocess_wait (first, NULL, NULL));
  pause_queue (fixture);

  process = start_with (fixture, "dub", video, "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                        "--i-agree", NULL);
  said = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  g_data_input_stream_read_line_async (said, G_PRIORITY_DEFAULT, NULL, on_line_of_paused, process);
  g_subprocess_wait_async (process, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_subprocess_wait_finish (process, result, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (said), "paused")));
}

static void
on_first_file (GFileMonitor      *monitor,
               GFile             *file,
               GFile             *other,
               GFileMonitorEvent  event,
               gpointer           process)
{
  g_subprocess_send_signal (process, SIGKILL);
}

/* A crash in the middle leaves no file under the dub's name that is not the dub. */
static void
test_killed_while_saving (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *script = write_script (fixture, "1\n00:00:00,500 --> 00:00:02,500\nHola a todos.\n");
  g_autofree char *saved = g_build_filename (fixture->output, "Coat.mp4", NULL);
  g_autoptr (GFile) output = g_file_new_for_path (fixture->output);
  g_autoptr (GFileMonitor) monitor = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  GStatBuf info;

  if (video == NULL)
    return;
  g_assert_cmpint (g_mkdir_with_parents (fixture->output, 0700), ==, 0);
  monitor = g_file_monitor_directory (output, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  g_assert_nonnull (monitor);
  process = start_with (fixture, "dub", video, "--to", "es", "--script", script, "--name", "Coat", "--output", fixture->output,
                        "--data-dir", fixture->data, "--i-agree", NULL);
  g_signal_connect (monitor, "changed", G_CALLBACK (on_first_file), process);
  g_subprocess_wait_async (process, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_subprocess_wait_finish (process, result, NULL);
  g_signal_handlers_disconnect_by_data (monitor, process);
  if (g_stat (saved, &info) == 0)
    g_assert_cmpint (info.st_size, >, 10000);
}

static void
on_line_of_removed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    return;
  if (strstr (line, "is sent") != NULL)
    g_rmdir (fixture->output);
  if (strstr (line, "could not be saved") != NULL)
    g_set_str (&fixture->said, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line_of_removed, fixture);
}

static void
test_output_removed_meanwhile (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *script = write_script (fixture, "1\n00:00:00,500 --> 00:00:02,500\nHola a todos.\n");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) said = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  if (video == NULL)
    return;
  process = start_with (fixture, "dub", video, "--to", "es", "--script", script, "--output", fixture->output, "--data-dir",
                        fixture->data, "--i-agree", NULL);
  said = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  g_data_input_stream_read_line_async (said, G_PRIORITY_DEFAULT, NULL, on_line_of_removed, fixture);
  g_subprocess_wait_async (process, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_subprocess_wait_finish (process, result, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (fixture->said);
  g_assert_nonnull (strstr (fixture->said, "not there any more"));
}

/* Whatever is wrong, a program that asked for JSON gets it, with the sentence. */
static void
test_json_of_mistakes (Fixture       *fixture,
                       gconstpointer  data)
{
#define MISTAKE(...) \
  G_STMT_START \
    { \
      g_autoptr (JsonObject) root = NULL; \
      g_assert_cmpint (run (fixture, "dub", "--data-dir", fixture->data, "--json", __VA_ARGS__, NULL), ==, 2); \
      root = parse_printed (fixture); \
      g_assert_nonnull (strstr (fixture->said, json_object_get_string_member (root, "message"))); \
    } \
  G_STMT_END
  MISTAKE ("a.mp4", "--to", "es", "--output", "out");
  MISTAKE ("a.mp4", "--to", "tlh", "--output", "out", "--i-agree");
  MISTAKE ("a.mp4", "--no-such-option");
  MISTAKE ("", "--to", "es", "--output", "out", "--i-agree");
  MISTAKE ("a.mp4", "--to", "es", "--output", "", "--i-agree");
  MISTAKE ("a.mp4", "--to", "es", "--output", "out", "--script", "", "--i-agree");
  MISTAKE ("a.mp4", "--to", "es", "--output", "out", "--name", "\xff", "--i-agree");
  g_assert_false (exists (fixture->data));
}

static void
test_leading_dash (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (JsonObject) root = NULL;
  JsonArray *refused;

  g_assert_cmpint (run (fixture, "dub", "--to", "es", "--output", fixture->output, "--data-dir", fixture->data, "--i-agree",
                        "--json", "--", "-coat.mp4", NULL),
                   ==, 1);
  root = parse_printed (fixture);
  refused = json_object_get_array_member (root, "refused");
  g_assert_cmpuint (json_array_get_length (refused), ==, 1);
  g_assert_true (g_str_has_suffix (json_object_get_string_member (json_array_get_object_element (refused, 0), "video"),
                                   "/-coat.mp4"));
}

static void
test_password (Fixture       *fixture,
               gconstpointer  data)
{
  g_assert_cmpint (run (fixture, "dub", "http://me:geheim@127.0.0.1:1/a.mp4", "--to", "es", "--output", fixture->output,
                        "--data-dir", fixture->data, "--i-agree", "--json", NULL),
                   ==, 1);
  g_assert_nonnull (strstr (fixture->said, "password"));
  g_assert_null (strstr (fixture->said, "geheim"));
  g_assert_null (strstr (fixture->printed, "geheim"));
}

/* Before the work, not after it. */
static void
test_output (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *file = g_build_filename (fixture->dir, "file", NULL);
  g_autofree char *studio = g_build_filename (fixture->data, "studio", "studio.db", NULL);

  if (video == NULL)
    return;
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--output", file, "--data-dir", fixture->data, "--i-agree", NULL), ==,
                   2);
  g_assert_nonnull (strstr (fixture->said, "Nothing was sent"));
  g_assert_cmpint (g_mkdir_with_parents (fixture->output, 0500), ==, 0);
  /* To root everything is open. */
  if (g_access (fixture->output, W_OK) != 0)
    {
      g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                            "--i-agree", NULL),
                       ==, 2);
      g_assert_nonnull (strstr (fixture->said, "Nothing was sent"));
    }
  g_assert_false (exists (studio));
}

static void
test_lock_that_cannot_be_opened (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *lock = g_build_filename (fixture->data, "queue.lock", NULL);

  g_assert_cmpint (g_mkdir_with_parents (lock, 0700), ==, 0);
  g_assert_cmpint (run (fixture, "dub", "a.mp4", "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                        "--i-agree", NULL),
                   ==, 3);
  g_assert_nonnull (strstr (fixture->said, "queue.lock"));
}

/* Names are bytes: neither the locale nor what is not UTF-8 changes the path that is printed. */
static void
test_names_are_bytes (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *script = write_script (fixture, "1\n00:00:00,500 --> 00:00:02,500\nHola a todos.\n");
  g_autofree char *copy = g_build_filename (fixture->dir, "caf\xe9.mp4", NULL);
  g_autofree char *expected = g_build_filename (fixture->output, "Äpfel.mp4", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  if (video == NULL)
    return;
  g_assert_true (g_file_get_contents (video, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) size, NULL));
  fixture->locale = "C";
  g_assert_cmpint (run (fixture, "dub", copy, "--to", "es", "--script", script, "--name", "Äpfel", "--output", fixture->output,
                        "--data-dir", fixture->data, "--i-agree", NULL),
                   ==, 0);
  g_strchomp (fixture->printed);
  g_assert_cmpstr (fixture->printed, ==, expected);
}

/* What the studio cannot start with is said in its own words. */
static void
test_studio_with_damaged_data (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *directory = g_build_filename (fixture->data, "studio", NULL);
  g_autofree char *database = g_build_filename (directory, "studio.db", NULL);
  g_autofree char *noise = g_strnfill (20000, '?');

  if (video == NULL)
    return;
  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (database, noise, -1, NULL));
  g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                        "--i-agree", NULL),
                   ==, 3);
  g_assert_nonnull (strstr (fixture->said, "studio.db"));
}

static char *
write_studio (Fixture    *fixture,
              const char *text)
{
  char *path = g_build_filename (fixture->dir, "studio.sh", NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  return path;
}

/* A studio that starts and ends for ever: the command comes to an end all the same. */
static void
test_studio_that_always_stops (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *video = dub_test_media ("video/mux_fr_leopard_portrait.mp4");
  g_autofree char *studio = g_strdup (g_getenv ("DUBROOM_STUDIO"));
  g_autofree char *bad = write_studio (fixture, "#!/bin/sh\necho ready 1 token\n");

  if (video == NULL)
    return;
  g_setenv ("DUBROOM_STUDIO", bad, TRUE);
  g_assert_cmpint (run (fixture, "dub", video, "--to", "es", "--output", fixture->output, "--data-dir", fixture->data,
                        "--i-agree", "--json", NULL),
                   ==, 3);
  g_setenv ("DUBROOM_STUDIO", studio, TRUE);
  {
    g_autoptr (JsonObject) root = parse_printed (fixture);
    JsonArray *dubs = json_object_get_array_member (root, "dubs");

    g_assert_cmpuint (json_array_get_length (dubs), ==, 1);
    g_assert_null (json_object_get_string_member (json_array_get_object_element (dubs, 0), "path"));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/cli/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("version-and-help", test_version_and_help);
  ADD ("no-display", test_no_display);
  ADD ("without-agreement", test_without_agreement);
  ADD ("usage", test_usage);
  ADD ("cannot-start", test_cannot_start);
  ADD ("script-past-the-end", test_script_past_the_end);
  ADD ("nothing-good", test_nothing_good);
  ADD ("needs-script", test_needs_script);
  ADD ("dub", test_dub);
  ADD ("interrupted", test_interrupted);
  ADD ("paused", test_paused);
  ADD ("killed-while-saving", test_killed_while_saving);
  ADD ("output-removed-meanwhile", test_output_removed_meanwhile);
  ADD ("json-of-mistakes", test_json_of_mistakes);
  ADD ("leading-dash", test_leading_dash);
  ADD ("password", test_password);
  ADD ("output", test_output);
  ADD ("lock-that-cannot-be-opened", test_lock_that_cannot_be_opened);
  ADD ("names-are-bytes", test_names_are_bytes);
  ADD ("studio-with-damaged-data", test_studio_with_damaged_data);
  ADD ("studio-that-always-stops", test_studio_that_always_stops);
  return g_test_run ();
}
